import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { untilIdle } from '../../../tests/support/feed'
import { sharedSite } from '../../../tests/support/shared-site'
import { testBaseUrl } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { listChanges } from '../../connections/change-feed/schema'
import { createConnection, switchConnection } from '../../connections/connection-settings/schema'
import { resync } from '../../connections/ledger/enqueueing'
import { createServiceKey } from '../../connections/service-keys/schema'
import { statementsOf } from '../../platform/db/migrate'
import { type Sql, sql } from '../../platform/db/sql'
import { withKeys } from './limit-keys'
import { importCatalogue, type Limit } from './schema'

// Migration 0023 gives keys to the numbers that were there before numbers had keys.

const site = sharedSite()
let connectionId: string
let hub: TokenHolder

const names = [
  'S3 requests',
  'S3 Requests',
  's3-requests 2',
  'S3  requests',
  'Bandwidth (per connection)',
  'Straße',
  'Façade é',
  'ｆｕｌｌ width ① ﬁ K İ ẞ ſ',
  '请求',
  'संख्या',
  '👩‍🚀',
  '—',
  'a'.repeat(80),
  `${'a'.repeat(62)} b`,
  'a'.repeat(80),
]
const numbered = (all: string[]) => all.map((name, value) => ({ name, value, unit: 'TB/month' }))
const limitsOf = async () =>
  (
    await site.db.rows<{ limits: Limit[] }>(
      sql`select limits from role_versions where limits <> '[]' order by role_id, version`,
    )
  ).map(({ limits }) => limits)

beforeAll(async () => {
  const operator = await site.person('Olga', { operator: true })
  const catalogue = (limits: ReturnType<typeof numbered>) => ({
    services: [
      {
        key: 'maps',
        name: 'Maps',
        roles: [
          { key: 'reader', kind: 'access' as const, name: 'Reader', default: true },
          { key: 'small', kind: 'quota' as const, name: 'Small', default: true, limits },
          { key: 'none', kind: 'quota' as const, name: 'None' },
        ],
      },
    ],
  })
  await operator.call(importCatalogue, catalogue(numbered(names.slice(0, 3))))
  await operator.call(importCatalogue, catalogue(numbered(names)))
  hub = new TokenHolder(site, (await operator.call(createServiceKey, { key: 'maps', name: 'Hub' })).secret)
  ;({ id: connectionId } = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Hub' }))
  await operator.call(switchConnection, { connectionId, enabled: true })
  await untilIdle(site.db, testBaseUrl)
})

const withoutKeys = (limits: Sql) => sql`(
  select jsonb_agg(l.value - 'key' order by l.ordinality) from jsonb_array_elements(${limits}) with ordinality l)`

test('the migration makes the keys that the program makes, and sends connected services nothing again', async () => {
  const { cursor, items } = await hub.call(listChanges, {})
  expect(items[0]!.held!.quota.limits).toHaveLength(names.length)
  // As an earlier version left it.
  await site.db.rows(sql`update role_versions set limits = ${withoutKeys(sql`limits`)} where limits <> '[]'`)
  for (const column of [sql`desired`, sql`applied`])
    await site.db.rows(sql`
      update propagations set ${column} = jsonb_set(${column}, '{quota,limits}', ${withoutKeys(sql`${column} #> '{quota,limits}'`)})
      where ${column} is not null`)
  const before = await limitsOf()
  expect(before).toEqual([numbered(names.slice(0, 3)), numbered(names)])

  const connection = await site.db.connect()
  for (const statement of statementsOf(readFileSync('migrations/0023_keys_of_numbers.sql', 'utf8')))
    await connection.query(statement)
  connection.release()
  expect(await limitsOf()).toEqual(before.map((limits) => withKeys(limits, [])))
  expect(await resync(site.db, testBaseUrl, connectionId)).toEqual({ changed: 0, withheld: 0 })
  expect(await hub.call(listChanges, { after: cursor })).toMatchObject({ items: [] })
  expect(
    await site.db.only(sql`select count(*)::int as n from propagations where desired is distinct from applied`),
  ).toEqual({ n: 0 })
})
