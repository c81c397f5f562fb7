import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessSteps, accessWalk, catalogueOf, loadEvents, type World } from '../../../tests/model/access-steps'
import { EventReplay, micros } from '../../../tests/model/entitlements'
import { repeat } from '../../../tests/support/cluster'
import { feedOf, untilIdle } from '../../../tests/support/feed'
import { howMany } from '../../../tests/support/how-many'
import { type Message, openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, testBaseUrl } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { sql } from '../../platform/db/sql'
import { getAccountEntitlements } from '../../roles/entitlements/schema'
import { importCatalogue } from '../../roles/services/schema'
import { createConnection, listConnections, switchConnection } from '../connection-settings/schema'
import { createServiceKey } from '../service-keys/schema'
import { createWebhook } from '../webhooks/schema'
import type { AccountChange } from './schema'

/** `HISTORIES=500 npx vitest run src/connections/change-feed/history` walks longer. */
const histories = howMany('HISTORIES', 4)

const site = sharedSite({ outboundAllow: [receiverAddress], schedule: [0.01] })
let receiver: Receiver
/** What the service that receives webhooks was told last of each account. */
const received = new Map<string, { version: number; held: AccountChange['held'] }>()
let operator: Person
const serviceKeys = ['maps', 'notes'] as const
const services = {} as Record<(typeof serviceKeys)[number], TokenHolder>

beforeAll(async () => {
  receiver = await openReceiver()
  receiver.answer = receive
  operator = await site.person('Olga', { operator: true })
  await operator.call(importCatalogue, catalogueOf(2 + 16))
  for (const key of serviceKeys)
    services[key] = new TokenHolder(site, (await operator.call(createServiceKey, { key, name: key })).secret)
})

afterAll(() => receiver.close())

/** Applies what is newer, as docs/integrating.md asks. Some messages are refused first, and some answers are lost. */
function receive(response: ServerResponse, { body: { data } }: Message): void {
  const place = receiver.messages.length
  if (place % 5 === 0) {
    response.writeHead(500).end()
    return
  }
  const { accountId, version, held } = data as AccountChange
  if ((received.get(accountId)?.version ?? 0) < version) received.set(accountId, { version, held })
  if (place % 7 === 0) response.destroy()
  else response.writeHead(204).end()
}

const connect = async (service: string) =>
  (await operator.call(createConnection, { service, kind: 'pull', name: service })).id
const turn = (connectionId: string, enabled: boolean) => operator.call(switchConnection, { connectionId, enabled })

type HeldRole = { key: string; until: string | null }
const roleOf = ({ key, until }: HeldRole) => ({ key, until: until && micros(until) })
const heldOf = (held: AccountChange['held']) =>
  held && { ...held, access: roleOf(held.access), quota: { ...roleOf(held.quota), limits: held.quota.limits } }

/** What the entitlements say of each account: what it may use on each service, as the feed is to say it. */
async function expected(accountIds: string[]) {
  const events = await loadEvents(site)
  const held: { service: string; accountId: string; what: ReturnType<typeof heldOf> }[] = []
  await repeat(accountIds.length, 8, async (place) => {
    const accountId = accountIds[place]!
    const { at, entitlements } = await operator.call(getAccountEntitlements, { accountId })
    const organizationId = new EventReplay(events, micros(at)).acceptedOf(accountId)?.id ?? null
    for (const service of serviceKeys) {
      const { access, quota } = entitlements.find((one) => one.service.key === service && one.usable) ?? {}
      if (!access || !quota) continue
      const what = { organizationId, access: roleOf(access), quota: { ...roleOf(quota), limits: quota.limits } }
      held.push({ service, accountId, what })
    }
  })
  return (service: string) =>
    new Map(held.flatMap((one) => (one.service === service ? [[one.accountId, one.what]] : [])))
}

const listed = async (connectionId: string) =>
  (await operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!

/** What the ledger of a connection says, in the same form. */
async function inLedger(connectionId: string) {
  const rows = await site.db.rows<{ accountId: string; held: NonNullable<AccountChange['held']> }>(sql`
    select account_id as "accountId", jsonb_build_object('organizationId', desired->'organization', 'access', desired->'access',
      'quota', desired->'quota') as held from propagations where connection_id = ${connectionId} and desired is not null`)
  return new Map(rows.map(({ accountId, held }) => [accountId, heldOf(held)]))
}

test(`${histories} random histories: once the workers rest, a feed and a service with a webhook say what the entitlements say`, async () => {
  let [compared, held] = [0, 0]
  await fc.assert(
    fc.asyncProperty(accessWalk, async (chosen) => {
      await operator.call(importCatalogue, catalogueOf(2 + 16))
      const people = await Promise.all(Array.from({ length: 4 }, () => site.person()))
      const world: World = { site, operator, people, organizations: [] }
      // The feed of `maps` is the one that was always on, while the newer one is off.
      const [always, paused, late] = [await connect('maps'), await connect('maps'), await connect('notes')]
      const hook = (
        await operator.call(createWebhook, { service: 'maps', name: 'Hub', url: `${receiver.url}?${uuid()}` })
      ).id
      received.clear()
      for (const connectionId of [always, paused, hook]) await turn(connectionId, true)
      for (const one of [0, 1]) await accessSteps.create!(world, one, 0)
      await accessSteps.grant!(world, 1, 0)
      await accessSteps.join!(world, 2, 0)

      const accounts = async () =>
        (await site.db.rows<{ id: string }>(sql`select id from accounts order by id`)).map(({ id }) => id)
      const agrees = async (on: { maps: string[]; notes: string[] }) => {
        // An end date that passes while this looks would be in one and not in the other.
        await accessSteps.pass!(world, 0, 0)
        await untilIdle(site.db, testBaseUrl)
        await until(async () => (await listed(hook)).pending === 0)
        const entitled = await expected(await accounts())
        const applied = [...received].filter(([, { held }]) => held !== null)
        expect(new Map(applied.map(([accountId, { held }]) => [accountId, heldOf(held)]))).toEqual(entitled('maps'))
        for (const service of serviceKeys) {
          const wanted = entitled(service)
          for (const connectionId of on[service]) expect(await inLedger(connectionId)).toEqual(wanted)
          if (on[service].length === 0) continue
          const told = [...(await feedOf(services[service], 3)).values()].filter((change) => change.held !== null)
          expect(new Map(told.map(({ accountId, held }) => [accountId, heldOf(held)]))).toEqual(wanted)
          compared++
          held += wanted.size
        }
      }
      const steps = async (from: number, to: number) => {
        for (const [name, one, other] of chosen.slice(from, to)) await accessSteps[name]!(world, one, other)
      }
      const [first, second] = [Math.floor(chosen.length / 3), Math.floor((2 * chosen.length) / 3)]
      await steps(0, first)
      await agrees({ maps: [always, paused], notes: [] })
      await turn(paused, false)
      await steps(first, second)
      await agrees({ maps: [always], notes: [] })
      for (const connectionId of [paused, late]) await turn(connectionId, true)
      await agrees({ maps: [always, paused], notes: [late] })
      await steps(second, chosen.length)
      await agrees({ maps: [always, paused], notes: [late] })
      for (const { withheld } of (await operator.call(listConnections, {})).connections) expect(withheld).toBe(0)
      for (const connectionId of [always, paused, late, hook]) await turn(connectionId, false)
    }),
    { numRuns: histories, endOnFailure: true },
  )
  console.log(`${histories} histories, ${compared} comparisons of a feed, ${held} times that something was held`)
})
