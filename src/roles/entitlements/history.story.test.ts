import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { EventReplay, type Held, type Holdings, micros, type ReplayedEvent } from '../../../tests/model/entitlements'
import { howMany } from '../../../tests/support/how-many'
import { details } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { askAboutAccount } from '../../connections/questions/schema'
import { createServiceKey } from '../../connections/service-keys/schema'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { getMe } from '../../membership/me/schema'
import { leaveOrganization, listMemberships, removeMember } from '../../membership/memberships/schema'
import {
  acceptOrganization,
  createOrganization,
  dissolveOrganization,
  reinstateOrganization,
  suspendOrganization,
} from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../role-assignments/schema'
import { decideRoleRequests, listPendingRequests, requestRoles } from '../role-requests/schema'
import { importCatalogue, listServices, type Service } from '../services/schema'
import { heldBy } from './held-by'
import {
  type Entitlement,
  getAccountEntitlements,
  getMyAccess,
  getMyEntitlements,
  type HeldRole,
  listMemberEntitlements,
} from './schema'

/** `HISTORIES=500 npx vitest run src/entitlements/history` walks longer. */
const histories = howMany('HISTORIES', 8)
const reason = 'A history.'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

/** All events of the site: the only input of the naive computation. */
const loadEvents = async (): Promise<ReplayedEvent[]> => {
  const events = await site.db.rows<Omit<ReplayedEvent, 'at'> & { at: string }>(sql`
    select kind, to_json(at)#>>'{}' as at, actor_id as actor, subject_id as subject, organization_id as organization, details
    from events order by position`)
  return events.map((event) => ({ ...event, at: micros(event.at) }))
}

/** A whole response, with moments as numbers and people as ids. */
function holdings(entitlements: Entitlement[]): Holdings {
  const held = (one: HeldRole | null): Held | null => {
    if (!one) return null
    const { since, until, why, ...role } = one
    return { role, since: micros(since), until: until && micros(until), why: whyOf(why) } as Held
  }
  for (const { usable, access, quota } of entitlements) expect(usable).toBe(Boolean(access && quota))
  return Object.fromEntries(
    entitlements.map(({ service, access, quota }) => [
      service.key,
      { service, access: held(access), quota: held(quota) },
    ]),
  )
}

function whyOf(why: HeldRole['why']): Held['why'] {
  if (why.from === 'default') return why
  const { requestedBy, requestedAt, grantedBy } = why
  return {
    ...why,
    requestedBy: requestedBy?.id ?? null,
    requestedAt: requestedAt && micros(requestedAt),
    grantedBy: grantedBy.id,
  } as Held['why']
}

/** Checks that every event about roles contains the names that they had at that time. */
function mustNameRoles(events: ReplayedEvent[], begin: number): void {
  for (const event of events.slice(begin)) {
    const parts = (event.details.parts ?? [event.details]) as { roleId?: string; service: object; role: object }[]
    for (const { roleId, service, role } of parts)
      if (roleId) expect({ service, role }).toEqual(new EventReplay(events, event.at).namesOf(roleId))
  }
}

interface World {
  people: Person[]
  organizations: { id: string; admin: Person }[]
  seen: Record<string, number>
}

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % items.length]
const soon = (number: number) => (number % 3 === 0 ? new Date(Date.now() + 60).toISOString() : undefined)

async function roles(): Promise<(Service['roles'][number] & { serviceId: string })[]> {
  const { services } = await operator.call(listServices, {})
  return services.flatMap((service) => service.roles.map((role) => ({ ...role, serviceId: service.id })))
}

/** One of many catalogues: which of two services there are, with which of four roles, and what these are like. */
function catalogueOf(number: number) {
  const bit = (place: number) => Math.floor(number / 2 ** place) % 2 === 1
  const quota = { kind: 'quota' as const, limits: [{ name: 'Maps', value: number % 5, unit: 'map' }] }
  const services = ['maps', 'notes'].map((key, index) => ({
    key,
    name: key,
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
const steps: Record<string, (world: World, one: number, other: number) => Promise<unknown>> = {
  catalogue: (_, one) => operator.try(importCatalogue, catalogueOf(one)),
  async grant({ organizations }, one, other) {
    const role = pick(await roles(), one)!
    const organizationId = pick(organizations, other)!.id
    return asSeen(operator).try(grantRole, { organizationId, roleId: role.id, reason, expiresAt: soon(one + other) })
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
  async decide(_, one) {
    const { items } = await operator.call(listPendingRequests, {})
    const parts = items.flatMap(({ id, parts }) => parts.map(({ kind, state }) => ({ requestId: id, kind, state })))
    const pending = parts.filter(({ state }) => state === 'pending').slice(0, 1 + (one % 3))
    if (pending.length === 0) return undefined
    const decisions = pending.map(({ requestId, kind }, index) =>
      (one + index) % 4 === 0
        ? { requestId, kind, accept: false, reason }
        : { requestId, kind, accept: true, expiresAt: soon(one + index) },
    )
    return asSeen(operator).try(decideRoleRequests, { decisions })
  },
  async revoke({ organizations }, one, other) {
    const organizationId = pick(organizations, other)!.id
    const { items } = await operator.call(listRoleAssignments, { organizationId })
    const assignment = pick(items, one)
    return assignment && operator.try(revokeRole, { organizationId, assignmentId: assignment.id, reason })
  },
  suspend: ({ organizations }, one) =>
    asSeen(operator).try(suspendOrganization, { organizationId: pick(organizations, one)!.id, reason }),
  reinstate: ({ organizations }, one) =>
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
  dissolve: ({ organizations }, one, other) =>
    other % 3 === 0
      ? asSeen(operator).try(dissolveOrganization, { organizationId: pick(organizations, one)!.id, reason })
      : Promise.resolve(undefined),
  async create({ people, organizations }, one) {
    const admin = pick(people, one)!
    const { code, body } = await admin.try(createOrganization, details())
    if (code) return
    organizations.push({ id: body.id, admin })
    await asSeen(operator).call(acceptOrganization, { organizationId: body.id })
  },
  /** Repeats the query until every end date so far has passed. */
  async pass({ people }) {
    const ends = (await loadEvents()).flatMap(({ details }) => (details.expiresAt ? [micros(details.expiresAt)] : []))
    let at = 0
    while (at <= Math.max(0, ...ends)) at = micros((await people[0]!.call(getMyEntitlements, {})).at)
  },
}

const names = Object.keys(steps)
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
const walk = fc.array(fc.tuple(fc.constantFrom(...names, ...often), fc.nat(1023), fc.nat(1023)), {
  minLength: 5,
  maxLength: 25,
  size: 'max',
})

/** An entitlement in the format of `getMyAccess`. */
const inShort = ({ service, usable, access, quota }: Entitlement) => {
  const named = (role: { key: string; name: string } | null) => role && { key: role.key, name: role.name }
  return { key: service.key, name: service.name, usable, access: named(access), quota: named(quota) }
}

const serviceKeys = ['maps', 'notes']
/** The services as they ask about people, by key. */
const services: Record<string, TokenHolder> = {}

/** What the services are told about a person, in the form of `toldOf`. */
const told = async (accountId: string, at?: string) =>
  Promise.all(
    serviceKeys.map(async (key) => {
      const { code, body } = await services[key]!.try(askAboutAccount, { accountId, ...(at && { at }) })
      if (code) expect(code).toBe('nothing_held')
      if (code) return undefined
      const { organization, usable, access, quota } = body
      return {
        organization,
        usable,
        access: toldRole(access),
        quota: quota && { ...toldRole(quota)!, limits: quota.limits },
      }
    }),
  )

const toldRole = (role: { key: string; name: string; until: string | null } | null) =>
  role && { ...role, until: role.until && micros(role.until) }

/** What services are to be told of these holdings. */
const toldOf = (held: Holdings, organization: { id: string; name: string } | null) =>
  serviceKeys.map((key) => {
    const on = held[key]
    if (!on) return undefined
    const role = (one: Held | null) => one && { key: one.role.key, name: one.role.name, until: one.until }
    return {
      organization,
      usable: Boolean(on.access && on.quota),
      access: role(on.access),
      quota: on.quota && { ...role(on.quota)!, limits: on.quota.role.limits },
    }
  })

test(`${histories} random histories: what is answered is what the events tell, at once and for every past moment`, async () => {
  const seen: Record<string, number> = {}
  let [answers, moments] = [0, 0]
  await fc.assert(
    fc.asyncProperty(walk, async (chosen) => {
      const begin = (await loadEvents()).length
      const people = await Promise.all(Array.from({ length: 4 }, () => site.person()))
      const world: World = { people, organizations: [], seen }
      await operator.call(importCatalogue, catalogueOf(2 + 16))
      for (const key of serviceKeys)
        services[key] ??= new TokenHolder(site, (await operator.call(createServiceKey, { key, name: key })).secret)
      for (const one of [0, 1]) await steps.create!(world, one, 0)
      // So that in every history a person joins an organization that already holds roles.
      await steps.grant!(world, 1, 0)
      await steps.join!(world, 2, 0)

      const remembered: { person: Person; at: string; held: Holdings }[] = []
      for (const [name, one, other] of chosen) {
        const before = (await loadEvents()).length
        await steps[name]!(world, one, other)
        const events = await loadEvents()
        if (events.length > before || name === 'pass') seen[name] = (seen[name] ?? 0) + 1
        for (const person of people) {
          const { at, entitlements } = await person.call(getMyEntitlements, {})
          const held = holdings(entitlements)
          expect(held).toEqual(new EventReplay(events, micros(at)).holdingsOf(person.id))
          const { services } = await person.call(getMyAccess, {})
          // A role may have ended between the two.
          const after = await person.call(getMyEntitlements, {})
          expect([entitlements, after.entitlements].map((all) => all.map(inShort))).toContainEqual(services)
          remembered.push({ person, at, held })
          // Here, too, a role may have ended since.
          const later = (await person.call(getMyEntitlements, {})).at
          const inBetween = [at, later].map((moment) => new EventReplay(events, micros(moment)))
          expect(
            inBetween.map((then) => toldOf(then.holdingsOf(person.id), then.acceptedOf(person.id))),
          ).toContainEqual(await told(person.id))
        }
      }

      const events = await loadEvents()
      mustNameRoles(events, begin)
      const then = async (accountId: string, at: string) =>
        holdings((await operator.call(getAccountEntitlements, { accountId, at })).entitlements)
      for (const { person, at, held } of remembered) expect(await then(person.id, at)).toEqual(held)
      for (const { at } of events.slice(begin)) {
        const seconds = new Date(at / 1000).toISOString().slice(0, 19)
        const moment = `${seconds}.${String(at % 1_000_000).padStart(6, '0')}Z`
        const past = new EventReplay(events, at)
        for (const person of people) {
          expect(await then(person.id, moment)).toEqual(past.holdingsOf(person.id))
          expect(await told(person.id, moment)).toEqual(toldOf(past.holdingsOf(person.id), past.acceptedOf(person.id)))
        }
        for (const { id: organizationId } of world.organizations) {
          const { items, entitlements } = await operator.call(listMemberEntitlements, { organizationId, at: moment })
          expect(items.map(({ account }) => account.id).sort()).toEqual(past.membersOf(organizationId).sort())
          for (const member of items)
            expect(holdings(heldBy(member, entitlements))).toEqual(past.holdingsOf(member.account.id))
        }
        moments++
      }
      answers += remembered.length
    }),
    { numRuns: histories, endOnFailure: true },
  )
  console.log(`${histories} histories, ${answers} answers, ${moments} past moments:`, seen)
})
