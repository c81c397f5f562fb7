import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInvitation } from '../../src/membership/invitations/schema'
import { loadNew, loadSeen } from '../../src/messaging/events/feed-store'
import { streamEvents } from '../../src/messaging/events/schema'
import { openPostgres } from '../../src/platform/db/postgres'
import { sql } from '../../src/platform/db/sql'
import { type Cluster, openCluster } from '../support/cluster'
import { copyPostgres } from '../support/site'
import { until } from '../support/until'

let cluster: Cluster
beforeAll(async () => {
  cluster = await openCluster()
})
afterAll(() => cluster.close())

test('an idle writing transaction of another database holds up no live stream, at any server', async () => {
  const { id: organizationId, admins } = await cluster.organization(1)
  const admin = admins[0]!.person
  const other = openPostgres(await copyPostgres())
  const idler = await other.pool.connect()
  await idler.query('begin')
  await idler.query('select pg_current_xact_id()')
  const controllers = cluster.urls.map(() => new AbortController())
  const heard = await Promise.all(
    cluster.urls.map(async (url, index) => {
      const response = await fetch(url + streamEvents.path, {
        headers: { cookie: admin.cookie },
        signal: controllers[index]!.signal,
      })
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      const stream = { text: '' }
      const read = async () => {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return
          stream.text += value
        }
      }
      void read().catch(() => {})
      return stream
    }),
  )
  for (let round = 1; round <= 3; round++) {
    await admin.call(createInvitation, { organizationId })
    for (const stream of heard) await until(async () => stream.text.split('invitation_created').length > round)
  }
  for (const controller of controllers) controller.abort()
  await idler.query('rollback')
  idler.release()
  await other.pool.end()
})

test('each event is read once, as soon as it can be seen, whatever order transactions begin and end in', async () => {
  const insert = `insert into events (kind, details) values ('catalogue_changed', jsonb_build_object('n', $1::int))`
  let { seen } = await loadSeen(cluster.db)
  const look = async () => {
    const found = await loadNew(cluster.db, seen)
    seen = found.seen
    const positions = found.events.map(({ position }) => position)
    const rows = await cluster.db.rows<{ n: number }>(
      sql`select (details->>'n')::int as n from events where position = any(${positions}::bigint[]) and kind = 'catalogue_changed' order by 1`,
    )
    return rows.map(({ n }) => n)
  }
  const early = await cluster.db.pool.connect()
  await early.query('begin')
  await early.query(insert, [1])
  const late = await cluster.db.pool.connect()
  await late.query(insert, [2])
  expect(await look()).toEqual([2])
  await late.query('begin')
  await late.query(insert, [3])
  expect(await look()).toEqual([])
  await early.query('commit')
  expect(await look()).toEqual([1])
  await early.query(insert, [4])
  await late.query('commit')
  expect(await look()).toEqual([3, 4])
  await early.query('begin')
  await early.query(insert, [5])
  await early.query('rollback')
  expect(await look()).toEqual([])
  early.release()
  late.release()
})

test('more events than are read at once are reported, too', async () => {
  const { seen } = await loadSeen(cluster.db)
  await cluster.db.rows(sql`
    insert into events (kind) select 'catalogue_changed' from generate_series(1, 2500)`)
  const first = await loadNew(cluster.db, seen)
  const second = await loadNew(cluster.db, seen, first.events.at(-1))
  const third = await loadNew(cluster.db, seen, second.events.at(-1))
  const all = [first, second, third].flatMap(({ events }) => events.map(({ position }) => position))
  expect([all.length, new Set(all).size]).toEqual([2500, 2500])
  expect((await loadNew(cluster.db, first.seen)).events).toEqual([])
})
