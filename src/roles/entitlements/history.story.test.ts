import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { accessSteps, accessWalk, catalogueOf, loadEvents, type World } from '../../../tests/model/access-steps'
import { EventReplay, type Held, type Holdings, micros, type ReplayedEvent } from '../../../tests/model/entitlements'
import { howMany } from '../../../tests/support/how-many'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { askAboutAccount } from '../../connections/questions/schema'
import { createServiceKey } from '../../connections/service-keys/schema'
import { importCatalogue } from '../services/schema'
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

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

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
    fc.asyncProperty(accessWalk, async (chosen) => {
      const begin = (await loadEvents(site)).length
      const people = await Promise.all(Array.from({ length: 4 }, () => site.person()))
      const world: World = { site, operator, people, organizations: [] }
      await operator.call(importCatalogue, catalogueOf(2 + 16))
      for (const key of serviceKeys)
        services[key] ??= new TokenHolder(site, (await operator.call(createServiceKey, { key, name: key })).secret)
      for (const one of [0, 1]) await accessSteps.create!(world, one, 0)
      // So that in every history a person joins an organization that already holds roles.
      await accessSteps.grant!(world, 1, 0)
      await accessSteps.join!(world, 2, 0)

      const remembered: { person: Person; at: string; held: Holdings }[] = []
      for (const [name, one, other] of chosen) {
        const before = (await loadEvents(site)).length
        await accessSteps[name]!(world, one, other)
        const events = await loadEvents(site)
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
          // Here, too, roles may have ended since: each service is asked at a moment of its own.
          const answers = await told(person.id)
          const later = micros((await person.call(getMyEntitlements, {})).at)
          const ends = events.flatMap(({ details }) => (details.expiresAt ? [micros(details.expiresAt)] : []))
          const moments = [micros(at), ...ends.filter((end) => end > micros(at) && end <= later), later]
          const possible = moments.map((moment) => {
            const then = new EventReplay(events, moment)
            return toldOf(then.holdingsOf(person.id), then.acceptedOf(person.id))
          })
          for (const [index, answer] of answers.entries())
            expect(possible.map((all) => all[index])).toContainEqual(answer)
        }
      }

      const events = await loadEvents(site)
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
