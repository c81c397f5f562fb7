import { expect, test } from 'vitest'
import { away } from './away'
import { badClients } from './bad-clients'
import { badNetwork } from './bad-network'
import { badConnections, probed } from './connections'
import { failures } from './failures'
import { type ChaosSite, kinds, openChaosSite } from './site'
import { type Answer, missing } from './writing'

// Short forms of `npm run chaos`: broken client and database connections.

/** Expects only these statuses, some successful writes, no lost acknowledged write, and every invariant to hold. */
async function expectSound(site: ChaosSite, answers: Answer[], right: number[]): Promise<void> {
  expect(answers.filter(({ status }) => !right.includes(status))).toEqual([])
  expect(answers.some(({ status }) => status === 201)).toBe(true)
  expect(await missing(site, answers)).toEqual([])
  await site.server.stop()
  expect(await site.check()).toEqual([])
  await site.close()
}

test('while PostgreSQL is away, every request says so, and afterwards all is as before', async () => {
  const site = await openChaosSite('postgres')
  const seen = await away(site, 2)
  expect(seen).toMatchObject({ others: 0, lost: 0 })
  expect(seen.refused).toBeGreaterThan(0)
  expect(seen.connections).toBeLessThanOrEqual(5)
  await site.close()
})

test('connections to PostgreSQL that are cut, slow and silent lose nothing', async () => {
  const site = await openChaosSite('postgres', { network: true })
  await expectSound(site, await badNetwork(site, 3), [201, 503])
})

test.each(kinds)('clients that hang up or stop in the middle block no one else: %s', async (kind) => {
  const site = await openChaosSite(kind)
  await expectSound(site, await badClients(site, 2), [201])
})

test('hostile connections leak no resources, and the server stays up', async () => {
  const site = await openChaosSite('postgres', { settings: probed })
  const { up, signOuts, left } = await badConnections(site, 6, 60)
  expect(up).toBe(true)
  expect(signOuts).toBeGreaterThanOrEqual(60)
  expect(left.after.Timeout).toBeLessThanOrEqual(left.before.Timeout)
  expect(left.after.TCPWRAP).toBeLessThanOrEqual(left.before.TCPWRAP)
  await site.close()
})

test('a fifth of the transactions failing for a moment is no failure', async () => {
  const site = await openChaosSite('postgres')
  await expectSound(site, await failures(site, 3), [201, 409])
})
