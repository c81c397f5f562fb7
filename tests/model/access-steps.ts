import fc from 'fast-check'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { getMe } from '../../src/membership/me/schema'
import { leaveOrganization, listMemberships, removeMember } from '../../src/membership/memberships/schema'
import {
  acceptOrganization,
  createOrganization,
  dissolveOrganization,
  reinstateOrganization,
  suspendOrganization,
} from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { getMyEntitlements } from '../../src/roles/entitlements/schema'
import { grantRole, listRoleAssignments, revokeRole } from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, listPendingRequests, requestRoles } from '../../src/roles/role-requests/schema'
import { importCatalogue, listServices, type Service } from '../../src/roles/services/schema'
import { details } from '../support/organizations'
import { asSeen } from '../support/seen'
import type { Person, Site } from '../support/site'
import { micros, type ReplayedEvent } from './entitlements'

const reason = 'A history.'

/** All events of the site: the only input of the naive computation. */
export const loadEvents = async ({ db }: Pick<Site, 'db'>): Promise<ReplayedEvent[]> => {
  const events = await db.rows<Omit<ReplayedEvent, 'at'> & { at: string }>(sql`
    select kind, to_json(at)#>>'{}' as at, actor_id as actor, subject_id as subject, organization_id as organization, details
    from events order by position`)
  return events.map((event) => ({ ...event, at: micros(event.at) }))
}

/** What the steps of a history act on. */
export interface World {
  site: Site
  operator: Person
  people: Person[]
  organizations: { id: string; admin: Person }[]
}

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % items.length]
/** An end date: at once, much later, or none. */
const soon = (number: number) =>
  number % 3 === 0 ? new Date(Date.now() + 60).toISOString() : number % 3 === 1 ? '2999-01-01T00:00:00.000Z' : undefined

async function roles(operator: Person): Promise<(Service['roles'][number] & { serviceId: string })[]> {
  const { services } = await operator.call(listServices, {})
  return services.flatMap((service) => service.roles.map((role) => ({ ...role, serviceId: service.id })))
}

/** One of many catalogues: which of two services there are, with which of four roles, and what these are like. */
export function catalogueOf(number: number) {
  const bit = (place: number) => Math.floor(number / 2 ** place) % 2 === 1
  const quota = { kind: 'quota' as const, limits: [{ name: 'Maps', value: number % 5, unit: 'map' }] }
  const services = ['maps', 'notes'].map((key, index) => ({
    key,
    name: key,
    ...(bit(10) && { url: `https://${key}.example/${number % 3}` }),
    roles: [
      {
        key: 'reader',
        kind: 'access' as const,
        name: 'Reader',
        default: bit(index),
        description: bit(9) ? 'Edited.' : '',
      },
      { key: 'writer', kind: 'access' as const, name: bit(2) ? 'Writer' : 'Author', default: !bit(index) && bit(3) },
      { key: 'small', name: 'Small', ...quota, default: bit(4) },
      { key: 'large', name: 'Large', ...quota, default: !bit(4) && bit(5) },
    ].filter((_, place) => !(bit(6) && place === number % 4)),
  }))
  return { services: bit(7) && bit(8) ? services.slice(1) : services }
}

/** Every operation that can change a person's entitlements. Many are refused, and then change nothing. */
export const accessSteps: Record<string, (world: World, one: number, other: number) => Promise<unknown>> = {
  catalogue: ({ operator }, one) => operator.try(importCatalogue, catalogueOf(one)),
  async grant({ operator, organizations }, one, other) {
    const role = pick(await roles(operator), one)!
    const organizationId = pick(organizations, other)!.id
    const seen = { roleId: role.id, roleVersion: role.version }
    return asSeen(operator).try(grantRole, { organizationId, ...seen, reason, expiresAt: soon(one + other) })
  },
  async request({ organizations }, one, other) {
    const { id: organizationId, admin } = pick(organizations, other)!
    const { services } = await admin.call(listServices, {})
    const service = pick(services, one)
    if (!service) return undefined
    const [access, quota] = (['access', 'quota'] as const).map((kind, index) =>
      pick([...service.roles.filter((role) => role.kind === kind), undefined], one + other + index),
    )
    const wanted = { serviceId: service.id, accessRoleId: access?.id ?? null, quotaRoleId: quota?.id ?? null }
    return admin.try(requestRoles, { organizationId, ...wanted, description: 'A history.' })
  },
  async decide({ operator }, one) {
    const { items } = await operator.call(listPendingRequests, {})
    const parts = items.flatMap(({ id, parts }) =>
      parts.map(({ kind, state, role }) => ({ requestId: id, kind, state, roleVersion: role.version })),
    )
    const pending = parts.filter(({ state }) => state === 'pending').slice(0, 1 + (one % 3))
    if (pending.length === 0) return undefined
    const decisions = pending.map(({ state, ...part }, index) =>
      (one + index) % 4 === 0
        ? { ...part, accept: false, reason }
        : { ...part, accept: true, expiresAt: soon(one + index) },
    )
    return asSeen(operator).try(decideRoleRequests, { decisions })
  },
  async revoke({ operator, organizations }, one, other) {
    const organizationId = pick(organizations, other)!.id
    const { items } = await operator.call(listRoleAssignments, { organizationId })
    const assignment = pick(items, one)
    return assignment && operator.try(revokeRole, { organizationId, assignmentId: assignment.id, reason })
  },
  suspend: ({ operator, organizations }, one) =>
    asSeen(operator).try(suspendOrganization, { organizationId: pick(organizations, one)!.id, reason }),
  reinstate: ({ operator, organizations }, one) =>
    asSeen(operator).try(reinstateOrganization, { organizationId: pick(organizations, one)!.id, reason }),
  async join({ people, organizations }, one, other) {
    const { id: organizationId, admin } = pick(organizations, other)!
    const { code, body } = await admin.try(createInvitation, { organizationId })
    return code ? undefined : pick(people, one)!.try(acceptInvitation, { code: body.code })
  },
  async leave({ people }, one) {
    const person = pick(people, one)!
    const { organization } = await person.call(getMe, {})
    return organization && person.try(leaveOrganization, { organizationId: organization.id })
  },
  async remove({ organizations }, one, other) {
    const { id: organizationId, admin } = pick(organizations, other)!
    const { code, body } = await admin.try(listMemberships, { organizationId })
    if (code) return undefined
    return admin.try(removeMember, { organizationId, membershipId: pick(body.items, one)!.id })
  },
  dissolve: ({ operator, organizations }, one, other) =>
    other % 3 === 0
      ? asSeen(operator).try(dissolveOrganization, { organizationId: pick(organizations, one)!.id, reason })
      : Promise.resolve(undefined),
  async create({ operator, people, organizations }, one) {
    const admin = pick(people, one)!
    const { code, body } = await admin.try(createOrganization, details())
    if (code) return
    organizations.push({ id: body.id, admin })
    await asSeen(operator).call(acceptOrganization, { organizationId: body.id })
  },
  /** Repeats the query until every end date that is near has passed. */
  async pass({ site, people }) {
    const ends = (await loadEvents(site))
      .flatMap(({ details }) => (details.expiresAt ? [micros(details.expiresAt)] : []))
      .filter((end) => end < micros('2900-01-01T00:00:00Z'))
    let at = 0
    while (at <= Math.max(0, ...ends)) at = micros((await people[0]!.call(getMyEntitlements, {})).at)
  },
}

const names = Object.keys(accessSteps)
/** Steps that give roles are more frequent than those that take them away. */
const often = [
  'grant',
  'grant',
  'request',
  'decide',
  'decide',
  'join',
  'join',
  'join',
  'catalogue',
  'reinstate',
  'revoke',
  'remove',
]
/** Steps, each with two numbers that choose what it acts on. */
export const accessWalk = fc.array(fc.tuple(fc.constantFrom(...names, ...often), fc.nat(1023), fc.nat(1023)), {
  minLength: 5,
  maxLength: 25,
  size: 'max',
})
