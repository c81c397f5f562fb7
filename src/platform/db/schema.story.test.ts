import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { Kysely, PostgresDialect } from 'kysely'
import { describe, expect, test } from 'vitest'
import { sharedSite } from '../../../tests/support/shared-site'
import { copyPostgres, testBaseUrl } from '../../../tests/support/site'
import { createAuth } from '../../identity/authentication/auth'
import { usualHashing } from '../../identity/authentication/passwords'
import { sql } from './sql'

const site = sharedSite()

describe('every', () => {
  test('table says what it is', async () => {
    const silent = await site.db.rows(sql`
      select c.relname as table from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> 'migrations'
        and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '\\w.*\\.$'`)
    expect(silent).toEqual([])
  })

  test('column says what it holds', async () => {
    const silent = await site.db.rows(sql`
      select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> 'migrations'
        and a.attnum > 0 and not a.attisdropped and coalesce(col_description(c.oid, a.attnum), '') !~ '\\w.*\\.$'`)
    expect(silent).toEqual([])
  })

  test('moment is one in time, whatever the time zone', async () => {
    const local = await site.db.rows(sql`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type in ('timestamp without time zone', 'time without time zone')`)
    expect(local).toEqual([])
  })
})

test('Better Auth finds every table and column that it expects', async () => {
  const auth = createAuth(site.db, site.keys, { baseUrl: testBaseUrl, provider: undefined }, usualHashing)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: site.db.pool as never }) })
  // A cast: the type of the options is narrower than what `getMigrations` takes.
  const options = { ...auth.options, database: { db, type: 'postgres' } } as Parameters<typeof getMigrations>[0]
  const { toBeCreated, toBeAdded } = await getMigrations(options)
  expect(toBeCreated.map(({ table }) => table)).toEqual([])
  expect(toBeAdded.map(({ table, fields }) => `${table}: ${Object.keys(fields)}`)).toEqual([])
})

// PGlite has no pg_dump, but its schema comes from the same migrations.
if (process.env.TEST_DATABASE === 'postgres') {
  test('migrations/schema.sql is what the migrations make; UPDATE_SCHEMA=1 rewrites it', async () => {
    const committed = 'migrations/schema.sql'
    const dumped = dump(await copyPostgres())
    if (process.env.UPDATE_SCHEMA) writeFileSync(committed, dumped)
    expect(readFileSync(committed, 'utf8')).toBe(dumped)
  })
}

/**
 * The schema alone, without what differs between PostgreSQL installations: settings, versions and pg_dump's own
 * remarks.
 */
function dump(url: string): string {
  const text = execFileSync(join(programs(), 'pg_dump'), ['--schema-only', '--no-owner', '--no-privileges', url], {
    encoding: 'utf8',
  })
    // PostgreSQL's own, which not every version has.
    .replace(/^COMMENT ON (SCHEMA|EXTENSION) .*;\n/gm, '')
  const schema = text
    .split('\n')
    .filter((line) => !/^(--|\\|SET |SELECT pg_catalog\.set_config)/.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return `-- The whole schema after all migrations, by pg_dump. A test compares it; UPDATE_SCHEMA=1 rewrites it.\n\n${schema}\n`
}

function programs(): string {
  const root = '/usr/lib/postgresql'
  const version = existsSync(root) ? readdirSync(root).sort().at(-1)! : ''
  return process.env.PG_BIN ?? join(root, version, 'bin')
}
