import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { embeddedFrom } from '../../../tests/support/embedded'
import { brokenInvariants } from '../../../tests/support/invariants'
import { statement } from '../../../tests/support/postgres'
import type { Database } from './database'
import { DatabaseTooOld, migrate, readMigrations, statementsOf } from './migrate'
import { openPostgres } from './postgres'
import { sql } from './sql'

const migrations = readMigrations('migrations')
const names = migrations.map(({ name }) => name)
const opened: Database[] = []
/** An empty database, and the same database as another server process opens it. */
let db: Database
let again: Database

beforeEach(async () => {
  if (process.env.TEST_DATABASE === 'postgres') {
    const name = `empty_${randomUUID().replaceAll('-', '')}`
    await statement(`${inject('postgres')}postgres`, `create database ${name}`)
    db = openPostgres(inject('postgres') + name)
    again = openPostgres(inject('postgres') + name)
    opened.push(db, again)
  } else {
    // The embedded database belongs to one process, so there the two are callers in the same process.
    db = await embeddedFrom(inject('emptyDump'))
    again = db
    opened.push(db)
  }
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.pool.end()
})

const applied = async () =>
  (await db.rows<{ name: string }>(sql`select name from migrations order by name`)).map(({ name }) => name)
const tables = async () =>
  (
    await db.rows<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    )
  ).map(({ name }) => name)

/** Loads a dump that pg_dump wrote with `--inserts`. */
async function restore(file: string): Promise<void> {
  const connection = await db.connect()
  try {
    for (const statement of statementsOf(readFileSync(file, 'utf8'))) await connection.query(statement)
    await connection.query('reset all')
  } finally {
    connection.release()
  }
}

/** How many rows some tables have. */
const counts = () =>
  db.only(sql`
    select (select count(*)::int from accounts) as accounts, (select count(*)::int from memberships) as memberships,
      (select count(*)::int from invitations) as invitations, (select count(*)::int from role_assignments) as assignments,
      (select count(*)::int from events) as events, (select count(*)::int from notifications) as notifications`)

describe('migrating', () => {
  test('an empty database applies everything, once', async () => {
    expect(await migrate(db, migrations)).toEqual(names)
    expect(await migrate(db, migrations)).toEqual([])
    expect(await applied()).toEqual(names)
    expect(await brokenInvariants(db)).toEqual([])
  })

  test('from several processes at once applies everything once, and all of them wait until it is done', async () => {
    const sides = await Promise.all([db, again, db, again].map((side) => migrate(side, migrations)))
    expect(sides.filter(({ length }) => length > 0)).toEqual([names])
    expect(await applied()).toEqual(names)
  })

  test('an older database applies what is missing', async () => {
    expect(await migrate(db, migrations.slice(0, 1))).toEqual(names.slice(0, 1))
    expect(await migrate(db, migrations)).toEqual(names.slice(1))
  })

  test('one that fails leaves nothing, not even of those before it', async () => {
    const wrong = { name: '9999_wrong.sql', text: 'create table half_done (id int);\nselect nonsense;\n' }
    await expect(migrate(db, [...migrations, wrong])).rejects.toThrow('nonsense')
    expect(await tables()).toEqual([])
    expect(await migrate(db, migrations)).toEqual(names)
  })

  test('refuses a database in which an applied one was changed, by a byte too', async () => {
    await migrate(db, migrations)
    const changed = migrations.map(({ name, text }, index) => ({ name, text: index === 0 ? `${text} ` : text }))
    const refused = `Migration ${names[0]} was changed after it was applied. Applied migrations are frozen.`
    await expect(migrate(db, changed)).rejects.toThrow(refused)
    expect(await migrate(db, migrations)).toEqual([])
  })

  test('a database of version 0.1.0 applies what came later, once, and keeps its rows', async () => {
    await restore('tests/support/baseline-0.1.0.sql')
    const [before, known] = [await counts(), await applied()]
    const later = { name: '9999_later.sql', text: "alter table sessions add column device text not null default '';\n" }
    const all = [...migrations, later]
    expect(await migrate(db, all)).toEqual(all.map(({ name }) => name).filter((name) => !known.includes(name)))
    expect(await migrate(db, all)).toEqual([])
    expect(await counts()).toEqual(before)
    expect(await brokenInvariants(db)).toEqual([])
  })

  test('refuses a database of before 0.1.0, says what to do, and changes nothing', async () => {
    const old = [
      { name: '0001_accounts.sql', text: 'create table accounts (id uuid primary key);\n' },
      { name: '0002_events.sql', text: 'create table events (id uuid primary key);\n' },
    ]
    await migrate(db, old)
    const refused = migrate(db, migrations)
    await expect(refused).rejects.toBeInstanceOf(DatabaseTooOld)
    await expect(refused).rejects.toThrow(
      'This database was created by a version before 0.1.0 and cannot be upgraded. It was not changed. Point DATABASE_URL or DATA_DIR at an empty database',
    )
    expect(await applied()).toEqual(old.map(({ name }) => name))
    expect(await tables()).toEqual(['accounts', 'events', 'migrations'])
  })

  test('refuses a database that a newer version has migrated', async () => {
    const newer = { name: '9999_newer.sql', text: 'create table newer (id int);\n' }
    await migrate(db, [...migrations, newer])
    await expect(migrate(db, migrations)).rejects.toThrow(
      'The database contains migration 9999_newer.sql, which this version doesn’t know. Run a newer version of Guildhall.',
    )
    expect(await tables()).toContain('newer')
  })
})
