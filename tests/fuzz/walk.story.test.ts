import { expect, test } from 'vitest'
import { sql } from '../../src/platform/db/sql'
import { howMany } from '../support/how-many'
import { sharedSite } from '../support/shared-site'
import { checksOf } from './answers'
import { nextAsk } from './plans'
import { operationsOf } from './requests'
import { Dice, World } from './world'

/** `WALK=100000 WALK_SEED=7 npx vitest run --project postgres tests/fuzz/walk` walks further, or repeats a walk. */
const count = howMany('WALK', 2000)
const seed = Number(process.env.WALK_SEED ?? Date.now() % 2 ** 31)
/** After this many requests all people are replaced. */
const round = 1000
/** The minimum number of callers. */
const crowd = 14

const site = sharedSite({ trustedProxies: ['loopback'] })

test(`${count} requests that make sense, mostly: at least every third changes something, each is answered as the document says, and everything holds`, async () => {
  const document = (await (await fetch(`${site.url}/api/openapi.json`)).json()) as Parameters<typeof operationsOf>[0]
  const checks = checksOf(operationsOf(document))
  const lastEvent = async () =>
    (await site.db.only<{ last: number }>(sql`select coalesce(max(position), 0)::float8 as last from events`)).last
  const changes: Record<string, number> = {}
  const statuses: Record<string, number> = {}
  let world = new World(site, new Dice(seed), 0)
  let last = await lastEvent()
  for (let done = 0; done < count; done++) {
    if (done % round === 0) {
      world = new World(site, new Dice(seed + done), done / round)
      for (const operator of [true, true]) await world.add(operator)
      await world.look()
      last = await lastEvent()
    }
    while (world.facts.people.filter(({ signedIn, disabled }) => signedIn && !disabled).length < crowd) {
      await world.add()
      await world.look()
      last = await lastEvent()
    }
    const { endpoint, caller, input, kept } = nextAsk(world)
    const { status, body } = await caller.try(endpoint, input as never)
    const check = checks.get(`${endpoint.id} ${status}`)
    const asked = `request ${done} of WALK_SEED=${seed}: ${endpoint.id} ${JSON.stringify(input).slice(0, 1000)} answered ${status} ${JSON.stringify(body)}`
    expect(status, asked).toBeLessThan(500)
    expect(check, `${asked}, which the document does not know`).toBeDefined()
    expect(check!(body) || check!.errors, asked).toBe(true)
    statuses[status] = (statuses[status] ?? 0) + 1
    const before = last
    last = await lastEvent()
    if (last > before) {
      // A refusal must not change anything.
      expect(status, asked).toBeLessThan(300)
      changes[endpoint.id] = (changes[endpoint.id] ?? 0) + 1
    }
    if (status < 300) await kept(body as never)
    if (status < 300 && endpoint.method !== 'GET') await world.look()
    if (done % 100 === 99) expect(await site.check(), `after request ${done} of WALK_SEED=${seed}`).toEqual([])
  }
  const changed = Object.values(changes).reduce((sum, one) => sum + one, 0)
  console.log(`${count} requests with WALK_SEED=${seed}, of which ${changed} changed something:`, statuses, changes)
  expect(changed).toBeGreaterThan(count / 3)
})
