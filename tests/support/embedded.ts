import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import { Database, type Pool } from '../../src/platform/db/database'
import { startParams } from '../../src/platform/db/embedded/durable'
import { databaseOn } from '../../src/platform/db/embedded/embedded'
import { sql } from '../../src/platform/db/sql'

/** An in-memory embedded database, loaded from this dump. */
export async function embeddedFrom(dump: string): Promise<Database> {
  const loadDataDir = new Blob([new Uint8Array(readFileSync(dump))])
  return databaseOn(await PGlite.create({ loadDataDir, startParams }))
}

/** A migrated database, empty except for the rows that every start writes. */
interface Empty {
  db: Database
  /** Fingerprint of its initial tables and statistics. */
  shape: string
}

/** Databases of this process to reuse. Loading one takes most of a second, and it plans each statement again. */
const emptied: Empty[] = []

/** Size in bytes above which scanning dead rows takes longer than loading another database. */
const tooBig = 60_000_000

/** A migrated embedded database without rows. */
export async function embeddedCopy(): Promise<Database> {
  const used = emptied.pop() ?? (await load())
  return new Database(onceMore(used), 'embedded')
}

async function load(): Promise<Empty> {
  const db = await embeddedFrom(inject('embeddedDump'))
  return { db, shape: (await look(db)).shape }
}

/** A pool whose `end` empties the database for the next test, unless a test changed its shape. */
function onceMore({ db, shape }: Empty): Pool {
  let ended = false
  return {
    async connect() {
      if (ended) throw new Error('this database is closed')
      return db.pool.connect()
    },
    async end() {
      if (ended) return
      ended = true
      const found = await look(db)
      if (found.shape !== shape || found.bytes > tooBig) return db.pool.end()
      await db.rows(sql`
        do $$
        declare name regclass;
        begin
          set local session_replication_role = replica; -- Neither triggers nor foreign keys.
          for name in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace 
            and relname not in ('migrations', 'limits', 'notification_rules', 'change_signal_rules') loop
            execute format('delete from %s', name);
          end loop;
        end $$`)
      emptied.push({ db, shape })
    },
  }
}

const look = (db: Database) =>
  db.only<{ shape: string; bytes: number }>(sql`
    select concat_ws(' ', (select max(oid) from pg_class), (select count(*) from pg_class), (select count(*) from pg_statistic)) as shape,
      (select sum(pg_relation_size(oid)) from pg_class where relkind in ('r', 'i'))::float8 as bytes`)
