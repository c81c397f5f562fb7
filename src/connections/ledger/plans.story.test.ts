import { beforeAll, expect, test } from 'vitest'
import { untilIdle } from '../../../tests/support/feed'
import { sharedSite } from '../../../tests/support/shared-site'
import { testBaseUrl } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { watchedPool } from '../../../tests/support/watched-pool'
import { Database } from '../../platform/db/database'
import { type Statement, sql } from '../../platform/db/sql'
import { importCatalogue } from '../../roles/services/schema'
import { createConnection, switchConnection } from '../connection-settings/schema'
import { findDue, findWork } from './store'

// Every process looks for work twice a second, so looking must not read what is not due. Enough people to tell.

const people = 10_000
const site = sharedSite({}, { unchecked: true })

beforeAll(async () => {
  const operator = await site.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader', default: true },
    { key: 'small', kind: 'quota' as const, name: 'Small', default: true },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  await site.db.rows(sql`
    insert into accounts (id, email, first_name, last_name, country, email_verified)
    select gen_random_uuid(), 'person' || n || '@example.org', 'Person', 'Cruz', 'PH', true from generate_series(1, ${people}::int) n`)
  const { id } = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Feed' })
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  await untilIdle(site.db, testBaseUrl)
})

test('when everyone has come into the ledger, the planner knows it', async () => {
  await until(async () => {
    const { known } = await site.db.only<{ known: boolean }>(
      sql`select exists (select from pg_stats where tablename = 'propagations') as known`,
    )
    return known
  })
})

test.each([
  ['services that ask themselves', 'pull'],
  ['services with webhooks', 'webhook'],
])('looking for work reads nothing that is due later: %s', async (_, kind) => {
  await site.db.rows(sql`update connections set kind = ${kind}`)
  await site.db.rows(
    sql`update propagations set next_attempt_at = now() + interval '1 year' + version * interval '1 second'`,
  )
  await site.db.rows(sql`vacuum analyze propagations`)
  expect(await pagesRead((db) => findWork(db, testBaseUrl))).toBeLessThan(30)
  if (kind === 'pull') expect(await pagesRead((db) => findDue(db, testBaseUrl))).toBeLessThan(30)
})

/** How many pages the statement reads. */
async function pagesRead(run: (db: Database) => Promise<unknown>): Promise<number> {
  let seen: Statement | undefined
  const query = <Answer>(_: string, run: () => Answer, statement: string | Statement) => {
    if (typeof statement !== 'string') seen = statement
    return run()
  }
  await run(new Database(watchedPool(site.db.pool, { query }), site.db.kind))
  const { text, values } = seen!
  const connection = await site.db.pool.connect()
  await connection.query(`prepare explained as ${text}`)
  const given = values.map((value) => (Array.isArray(value) ? `'{${value}}'` : `'${value}'`)).join(', ')
  const { rows } = await connection.query(`explain (analyze, buffers, format json) execute explained (${given})`)
  await connection.query('deallocate explained')
  connection.release()
  const { Plan: plan } = (rows as { 'QUERY PLAN': { Plan: Record<string, number> }[] }[])[0]!['QUERY PLAN'][0]!
  return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
}
