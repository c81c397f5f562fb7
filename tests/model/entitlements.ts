import type { EventKind } from '../../src/messaging/events/schema'
import type { RoleKind } from '../../src/roles/services/schema'

/**
 * Every person's entitlements, computed naively from the events alone: replays them in order, independently of the
 * product's tables and queries. Times are in microseconds.
 */
export interface ReplayedEvent {
  kind: EventKind
  at: number
  actor: string | null
  subject: string | null
  organization: string | null
  // biome-ignore lint/suspicious/noExplicitAny: details differ by kind of event
  details: any
}

interface ReplayedRole {
  id: string
  key: string
  kind: RoleKind
  name: string
  description: string
  limits: unknown[]
  default: boolean
  requestable: boolean
  retired: boolean
}

/** The role with its service, and the time since when it has been a default without interruption. */
type KeptRole = ReplayedRole & { service: string; defaultSince: number }

interface ReplayedService {
  id: string
  key: string
  name: string
  description: string
  url: string | null
}

type Origin = Pick<Extract<Why, { from: 'organization' }>, 'requestedBy' | 'requestedAt' | 'grantedBy' | 'reason'>

interface ReplayedAssignment extends Origin {
  id: string
  organization: string
  service: string
  kind: RoleKind
  role: string
  since: number
  until: number | null
}

/** Identifies people only by ID. */
type Why =
  | { from: 'default' }
  | {
      from: 'organization'
      organization: { id: string; name: string }
      requestedBy: string | null
      requestedAt: number | null
      grantedBy: string
      reason: string | null
    }

/** A role that a person holds, with everything that the API returns about it. */
export interface Held {
  role: ReplayedRole
  since: number
  until: number | null
  why: Why
}
export type Holdings = Record<string, { service: ReplayedService; access: Held | null; quota: Held | null }>

export function micros(moment: string): number {
  const [, seconds, fraction = '', offset] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(moment)!
  return Date.parse(seconds! + offset!) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

export class EventReplay {
  private readonly services = new Map<string, ReplayedService>()
  private readonly roles = new Map<string, KeptRole>()
  private readonly registered = new Map<string, number>()
  private readonly members = new Map<string, { organization: string; since: number }>()
  private readonly organizations = new Map<string, string>()
  private readonly requests = new Map<string, { by: string; at: number }>()
  private readonly accepted = new Set<string>()
  private assignments: ReplayedAssignment[] = []

  /** Replays all events up to and including `moment`. */
  constructor(
    events: ReplayedEvent[],
    private readonly moment: number,
  ) {
    for (const event of events) if (event.at <= moment) this.replay(event)
  }

  private replay({ kind, at, actor, subject, organization, details }: ReplayedEvent): void {
    if (kind === 'catalogue_changed') {
      for (const { id, key, name, description, url } of details.services)
        this.services.set(key, { id, key, name, description, url })
      for (const { position, ...role } of details.roles) {
        const before = this.roles.get(role.id)
        this.roles.set(role.id, { ...role, defaultSince: before?.default ? before.defaultSince : at })
      }
    }
    if (kind === 'account_registered') this.registered.set(subject!, at)
    if (kind === 'organization_created') this.organizations.set(organization!, details.name)
    if (kind === 'role_requested') this.requests.set(details.requestId, { by: actor!, at })
    const join = (person: string) => this.members.set(person, { organization: organization!, since: at })
    const joins: EventKind[] = ['organization_created', 'invitation_accepted', 'acceptance_approved']
    if (joins.includes(kind) || (kind === 'admin_appointed' && details.joined)) join(subject!)
    if (kind === 'organization_resubmitted' && details.from === 'rejected') join(actor!)
    if (kind === 'member_left' || kind === 'member_removed') this.members.delete(subject!)
    if (kind === 'handed_over') this.members.delete(actor!)
    if (kind === 'organization_rejected' || kind === 'organization_dissolved') {
      for (const [person, where] of this.members) if (where.organization === organization) this.members.delete(person)
      this.assignments = this.assignments.filter((one) => one.organization !== organization)
    }
    if (kind === 'organization_accepted' || kind === 'organization_reinstated') this.accepted.add(organization!)
    if (kind === 'organization_suspended' || kind === 'organization_dissolved') this.accepted.delete(organization!)
    if (kind === 'role_accepted' || kind === 'role_granted') {
      const { assignmentId, serviceId, roleId, expiresAt } = details
      const request = this.requests.get(details.requestId)
      const isSame = (one: ReplayedAssignment) =>
        one.organization === organization && one.service === serviceId && one.kind === details.kind
      this.assignments = this.assignments.filter((one) => !isSame(one))
      this.assignments.push({
        id: assignmentId,
        organization: organization!,
        service: serviceId,
        kind: details.kind,
        role: roleId,
        since: at,
        until: expiresAt ? micros(expiresAt) : null,
        requestedBy: request?.by ?? null,
        requestedAt: request?.at ?? null,
        grantedBy: actor!,
        reason: details.reason ?? null,
      })
    }
    if (kind === 'role_revoked') this.assignments = this.assignments.filter(({ id }) => id !== details.assignmentId)
  }

  /** Holdings by service key, without services of which the person holds nothing. */
  holdingsOf(person: string): Holdings {
    const registered = this.registered.get(person)
    if (registered === undefined) return {}
    const member = this.members.get(person)
    const holdings: Holdings = {}
    for (const [key, service] of this.services) {
      const of = (kind: RoleKind): Held | null => {
        const assignment = this.assignments.find(
          (one) =>
            one.organization === member?.organization &&
            this.accepted.has(one.organization) &&
            one.service === service.id &&
            one.kind === kind &&
            (one.until === null || one.until > this.moment),
        )
        const isDefault = [...this.roles.values()].find(
          (role) => role.service === key && role.kind === kind && role.default,
        )
        const found = assignment ? this.roles.get(assignment.role)! : isDefault
        if (!found) return null
        const { service: _, defaultSince, ...role } = found
        if (!assignment)
          return { role, since: Math.max(defaultSince, registered), until: null, why: { from: 'default' } }
        const { organization: id, since, until, requestedBy, requestedAt, grantedBy, reason } = assignment
        const organization = { id, name: this.organizations.get(id)! }
        const why = { from: 'organization' as const, organization, requestedBy, requestedAt, grantedBy, reason }
        return { role, since: Math.max(since, member!.since), until, why }
      }
      const [access, quota] = [of('access'), of('quota')]
      if (access || quota) holdings[key] = { service, access, quota }
    }
    return holdings
  }

  /** The person's organization while it is accepted. */
  acceptedOf(person: string): { id: string; name: string } | null {
    const id = this.members.get(person)?.organization
    return id && this.accepted.has(id) ? { id, name: this.organizations.get(id)! } : null
  }

  /** The members of an organization. */
  membersOf(organization: string): string[] {
    return [...this.members].flatMap(([person, where]) => (where.organization === organization ? [person] : []))
  }

  /** The names that an event about this role contains. */
  namesOf(roleId: string): { service: object; role: object } {
    const { service, key, name } = this.roles.get(roleId)!
    return { service: { key: service, name: this.services.get(service)!.name }, role: { key, name } }
  }
}
