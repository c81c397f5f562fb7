import pg from 'pg'
import { bringUpToDate } from '../src/cli/up-to-date'
import { openPostgres } from '../src/platform/db/postgres'
import { deriveKeys } from '../src/platform/keys'
import { bundle } from '../tests/support/bundle'
import { cookieFor } from '../tests/support/cookie'
import { brokenInvariants } from '../tests/support/invariants'
import { startPostgres, statement } from '../tests/support/postgres'
import { type ServerProcess, startServer } from '../tests/support/server'
import { cpuOf, cpuOfTree } from './process'

/** Settings of every server. */
export const baseUrl = 'http://guildhall.test'
export const secret = 'Vk3nTq8xLw5mRc7hZb2pYf9dJg4sAe6u'
const keys = deriveKeys(secret)

/** The address of a PostgreSQL server, or the directory of an embedded database. */
export type DatabaseSetting = { DATABASE_URL: string } | { DATA_DIR: string }

/** Clears a database address that the environment already holds. */
export const settingsOn = (database: DatabaseSetting) => ({
  DATABASE_URL: '',
  ...database,
  BASE_URL: baseUrl,
  GUILDHALL_SECRET: secret,
})

/** The cookie of a Guildhall session with this token. */
export const cookieOfSession = (token: string): string => cookieFor(token, keys, baseUrl)

/** One server process on one database. */
export interface Server {
  url: string
  /** The server's process. */
  pid: number
  /** For seeding and inspecting the database, without a statement timeout. */
  client: pg.Client
}

/** CPU seconds so far. */
export interface Cpu {
  server: number
  /** Of the whole PostgreSQL server, so only one subject may be busy. */
  database: number
}

/** A PostgreSQL server, and the servers that run on its databases. */
export interface Environment {
  /** Creates a database. */
  database(name: string): Promise<{ client: pg.Client; url: string }>
  /** Bundles a program and starts it on a database. */
  start(entry: string, program: string[], database: DatabaseSetting): Promise<ServerProcess>
  /** Starts Guildhall on a migrated and seeded database. */
  open<Seeded>(name: string, seed: (client: pg.Client) => Promise<Seeded>): Promise<SeededServer & { seeded: Seeded }>
  cpu(server: Server): Cpu
  close(): Promise<void>
}

/** A Guildhall server. */
export interface SeededServer extends Server {
  /** The output of `guildhall check`, in one line. Throws if an invariant is broken. */
  check(): Promise<string>
}

/** PostgreSQL with Debian's defaults and these settings: durable, but in a temporary folder. It counts statements. */
export async function openEnvironment(different: string[] = []): Promise<Environment> {
  // Otherwise seeding would wait for checkpoints.
  const settings = ['max_wal_size=8GB', 'shared_preload_libraries=pg_stat_statements', ...different]
  const postgres = await startPostgres(settings.flatMap((setting) => ['-c', setting]))
  /** Cleanup steps, run in reverse order. */
  const closing: (() => Promise<void> | void)[] = [postgres.stop]
  const environment: Environment = {
    async database(name) {
      await statement(postgres.url('postgres'), `create database ${name}`)
      const url = postgres.url(name)
      const client = new pg.Client(url)
      await client.connect()
      closing.push(() => client.end())
      await client.query('create extension pg_stat_statements')
      return { client, url }
    },
    async start(entry, program, database) {
      const { file, remove } = await bundle(entry)
      closing.push(remove)
      const server = await startServer([file, ...program], settingsOn(database))
      closing.push(server.stop)
      return server
    },
    async open(name, seed) {
      const { client, url } = await environment.database(name)
      const db = openPostgres(url, 'wholeTables')
      closing.push(() => db.pool.end())
      await bringUpToDate(db)
      const seeded = await seed(client)
      const server = await environment.start('src/main.ts', ['serve'], { DATABASE_URL: url })
      return {
        url: server.url,
        pid: server.pid,
        client,
        seeded,
        async check() {
          const broken = await brokenInvariants(db)
          if (broken.length > 0) throw new Error(`BROKEN: ${broken.join('; ')}`)
          return 'every invariant holds'
        },
      }
    },
    cpu: ({ pid }) => ({ server: cpuOf(pid), database: cpuOfTree(postgres.pid) }),
    async close() {
      for (const close of closing.reverse()) await close()
    },
  }
  return environment
}
