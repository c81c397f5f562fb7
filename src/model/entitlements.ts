import type { EventKind } from '../events/schema'
import type { RoleKind } from '../services/schema'

/**
 * What everybody holds, computed in the most naive way from nothing but the events: each replayed in its order, with no
 * thought of how the product stores or asks. Moments are microseconds.
 */
export interface ToldEvent {
  kind: EventKind
  at: number
  actor: string | null
  subject: string | null
  organization: string | null
  // biome-ignore lint/suspicious/noExplicitAny: what the kinds of events have of their own
  details: any
}

interface ToldRole {
  id: string
  key: string
  kind: RoleKind
  name: string
  limits: unknown[]
  default: boolean
  requestable: boolean
  retired: boolean
}

interface ToldAssignment {
  id: string
  organization: string
  service: string
  kind: RoleKind
  role: string
  since: number
  until: number | null
}

/** A role that somebody holds, without what is only shown of it. */
export interface Held {
  role: ToldRole
  from: 'default' | string
  until: number | null
}
export type Holdings = Record<string, { access: Held | null; quota: Held | null }>

export function micros(moment: string): number {
  const [, seconds, fraction = '', offset] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(moment)!
  return Date.parse(seconds! + offset!) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

export class Told {
  private readonly services = new Map<string, string>()
  private readonly roles = new Map<string, ToldRole & { service: string }>()
  private readonly members = new Map<string, string>()
  private readonly accepted = new Set<string>()
  private assignments: ToldAssignment[] = []

  /** Everything told until this moment, itself included. */
  constructor(
    events: ToldEvent[],
    private readonly moment: number,
  ) {
    for (const event of events) if (event.at <= moment) this.replay(event)
  }

  private replay({ kind, at, actor, subject, organization, details }: ToldEvent): void {
    if (kind === 'catalogue_changed') {
      for (const { id, key } of details.services) this.services.set(key, id)
      for (const { service, description, position, ...role } of details.roles)
        this.roles.set(role.id, { ...role, service })
    }
    const joins: EventKind[] = ['organization_created', 'invitation_accepted', 'acceptance_approved']
    if (joins.includes(kind) || (kind === 'admin_appointed' && details.joined))
      this.members.set(subject!, organization!)
    if (kind === 'organization_resubmitted' && details.from === 'rejected') this.members.set(actor!, organization!)
    if (kind === 'member_left' || kind === 'member_removed') this.members.delete(subject!)
    if (kind === 'handed_over') this.members.delete(actor!)
    if (kind === 'organization_rejected' || kind === 'organization_dissolved') {
      for (const [person, where] of this.members) if (where === organization) this.members.delete(person)
      this.assignments = this.assignments.filter((one) => one.organization !== organization)
    }
    if (kind === 'organization_accepted' || kind === 'organization_reinstated') this.accepted.add(organization!)
    if (kind === 'organization_suspended' || kind === 'organization_dissolved') this.accepted.delete(organization!)
    if (kind === 'role_accepted' || kind === 'role_granted') {
      const { assignmentId, serviceId, roleId, expiresAt } = details
      const isSame = (one: ToldAssignment) =>
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
      })
    }
    if (kind === 'role_revoked') this.assignments = this.assignments.filter(({ id }) => id !== details.assignmentId)
  }

  /** By the service's key; services of which nothing is held are left out. */
  holdingsOf(person: string): Holdings {
    const organization = this.members.get(person)
    const holdings: Holdings = {}
    for (const [key, serviceId] of this.services) {
      const of = (kind: RoleKind): Held | null => {
        const assignment = this.assignments.find(
          (one) =>
            one.organization === organization &&
            this.accepted.has(one.organization) &&
            one.service === serviceId &&
            one.kind === kind &&
            (one.until === null || one.until > this.moment),
        )
        const isDefault = [...this.roles.values()].find(
          (role) => role.service === key && role.kind === kind && role.default,
        )
        const found = assignment ? this.roles.get(assignment.role)! : isDefault
        if (!found) return null
        const { service, ...role } = found
        return { role, from: assignment?.organization ?? 'default', until: assignment?.until ?? null }
      }
      const [access, quota] = [of('access'), of('quota')]
      if (access || quota) holdings[key] = { access, quota }
    }
    return holdings
  }

  /** The members of an organization. */
  membersOf(organization: string): string[] {
    return [...this.members].flatMap(([person, where]) => (where === organization ? [person] : []))
  }
}
