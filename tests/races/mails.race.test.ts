import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/platform/db/sql'
import { type Cluster, openCluster } from '../support/cluster'
import { addressOf, type Catcher, openCatcher } from '../support/smtp'
import { until } from '../support/until'

let catcher: Catcher
let cluster: Cluster

beforeAll(async () => {
  catcher = await openCatcher()
  cluster = await openCluster({ smtp: catcher.url })
})
afterAll(async () => {
  expect(await cluster.check()).toEqual([])
  await cluster.close()
  await catcher.close()
})

const unsent = () => cluster.db.rows(sql`select id from mails where sent_at is null`)
const addresses = () => catcher.mails.map(addressOf).sort()

test('two processes share 300 mails, and each mail goes out once, also after the mail server was away', async () => {
  const insert = (from: number, to: number) =>
    cluster.db.rows(sql`
      insert into mails (id, address, template)
      select gen_random_uuid(), n || '@example.org', 'password_changed' from generate_series(${from}::int, ${to}::int) n`)
  await insert(1, 150)
  await until(async () => (await unsent()).length === 0)

  await catcher.goAway()
  await insert(151, 300)
  await until(async () => {
    const failed = await cluster.db.rows(
      sql`select id from mails where last_error is not null and claimed_until is null`,
    )
    return failed.length === 150
  })
  await catcher.comeBack()
  // An hour later.
  await cluster.db.rows(sql`update mails set next_attempt_at = now() where sent_at is null`)
  await until(async () => (await unsent()).length === 0)
  expect(addresses()).toEqual(Array.from({ length: 300 }, (_, n) => `${n + 1}@example.org`).sort())
})
