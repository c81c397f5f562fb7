import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { t } from '../messages/t'
import type { Connection, Database } from './database'
import { type Sql, toStatement } from './sql'

/** An arbitrary number, the same in every version: processes that start together take turns on this advisory lock. */
const advisoryLock = 7_142_026

/** The first migration of versions before 0.1.0. From 0.1.0 on, migrations begin with others: the baseline. */
const beforeBaseline = '0001_accounts.sql'

export class DatabaseTooOld extends Error {
  constructor() {
    super(
      t(
        'This database was created by a version before 0.1.0 and cannot be upgraded. It was not changed. Point DATABASE_URL or DATA_DIR at an empty database, or run the version that created this one.',
      ),
    )
  }
}

export interface Migration {
  name: string
  text: string
}

export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(directory, name), 'utf8') }))
}

/**
 * Brings the schema up to date in one transaction. The first process migrates; the others wait and find the work done.
 * Returns the names of the applied migrations. Rejects a database that was migrated by a newer version or by one before
 * the baseline, or whose applied migrations differ from ours. Then runs `filling`: statements that update the tables
 * whose rows are defined by the program.
 */
export async function migrate(db: Database, migrations: Migration[], filling: Sql[] = []): Promise<string[]> {
  const connection = await db.connect()
  let failure: Error | undefined
  try {
    await connection.query('begin')
    // An index on a large table takes longer than a request may.
    await connection.query('set local statement_timeout = 0')
    await connection.query(`select pg_advisory_xact_lock(${advisoryLock})`)
    const applied = await applyMissing(connection, migrations)
    for (const statement of filling) await connection.query(toStatement(statement))
    await connection.query('commit')
    return applied
  } catch (error) {
    failure = error as Error
    await connection.query('rollback').catch(() => {})
    throw error
  } finally {
    connection.release(failure)
  }
}

async function applyMissing(connection: Connection, migrations: Migration[]): Promise<string[]> {
  await connection.query(`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const known = (await connection.query('select name, checksum from migrations order by name')).rows as {
    name: string
    checksum: string
  }[]
  const ours = new Map(migrations.map((migration) => [migration.name, checksumOf(migration)]))
  if (known.some(({ name }) => name === beforeBaseline)) throw new DatabaseTooOld()
  for (const { name, checksum } of known) {
    if (!ours.has(name))
      throw new Error(
        t(
          'The database contains migration {name}, which this version doesn’t know. Run a newer version of Guildhall.',
          { name },
        ),
      )
    if (ours.get(name) !== checksum)
      throw new Error(t('Migration {name} was changed after it was applied. Applied migrations are frozen.', { name }))
  }
  const applied = new Set(known.map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !applied.has(name))
  for (const migration of missing) {
    for (const statement of statementsOf(migration.text)) await connection.query(statement)
    await connection.query('insert into migrations (name, checksum) values ($1, $2)', [
      migration.name,
      checksumOf(migration),
    ])
  }
  return missing.map((migration) => migration.name)
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.text).digest('hex')
}

/**
 * Splits a file at the semicolons that end a line, outside of `$$ … $$` bodies: PGlite takes one statement at a time.
 */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let current = ''
  let inBody = false
  for (const line of text.split('\n')) {
    if (!inBody && (line.startsWith('--') || (line.trim() === '' && current === ''))) continue
    current += `${line}\n`
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody
    if (!inBody && line.trimEnd().endsWith(';')) {
      statements.push(current)
      current = ''
    }
  }
  if (current.trim()) throw new Error('a migration ends in the middle of a statement')
  return statements
}
