import { rmSync } from 'node:fs'
import { build } from 'esbuild'
import pg from 'pg'
import { checkInvariants } from '../src/cli/check'
import { migrate, readMigrations } from '../src/db/migrate'
import { openPostgres } from '../src/db/postgres'
import { deriveKeys } from '../src/keys'
import { cookieFor } from '../src/testing/cookie'
import { startPostgres, statement } from '../src/testing/postgres'
import { startServer } from '../src/testing/server'

const baseUrl = 'http://guildhall.test'
const secret = 'Vk3nTq8xLw5mRc7hZb2pYf9dJg4sAe6u'
const keys = deriveKeys(secret)

/** The cookie of a session with this token. */
export const cookieOfSession = (token: string): string => cookieFor(token, keys, baseUrl)

/** One server process on one database. */
export interface Stand {
  url: string
  /** For seeding and for looking at the database; no limit of time. */
  client: pg.Client
  serverProcess: number
  /** The database processes that work for the server. */
  backends(): Promise<number[]>
  /** What `guildhall check` would print, in one line. */
  check(): Promise<string>
}

export interface Hall {
  /** Creates and migrates a database, has it seeded, and starts a server on it. */
  open(name: string, seed: (client: pg.Client) => Promise<void>): Promise<Stand>
  close(): Promise<void>
}

/** PostgreSQL as Debian sets it up, durable: only its folder is temporary. */
export async function openHall(): Promise<Hall> {
  // Seeding would otherwise wait for checkpoints.
  const postgres = await startPostgres(['-c', 'max_wal_size=8GB'])
  // In dist, because the bundle looks for the migrations beside its folder. Its own name, so that none is overwritten.
  const bundle = `dist/bench-${process.pid}.js`
  await build({
    entryPoints: ['src/main.ts'],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  const closing: (() => Promise<void>)[] = []
  return {
    async open(name, seed) {
      await statement(postgres.url('postgres'), `create database ${name}`)
      const url = postgres.url(name)
      const db = openPostgres(`${url}?statement_timeout=600000`, [])
      closing.push(() => db.pool.end())
      await migrate(db, readMigrations('migrations'))
      const client = new pg.Client(url)
      await client.connect()
      closing.push(() => client.end())
      await seed(client)
      const server = await startServer([bundle, 'serve'], {
        DATABASE_URL: url,
        BASE_URL: baseUrl,
        GUILDHALL_SECRET: secret,
      })
      closing.push(server.stop)
      return {
        url: server.url,
        client,
        serverProcess: server.pid,
        async backends() {
          const { rows } = await client.query(
            'select pid from pg_stat_activity where datname = $1 and application_name = $2 and pid <> pg_backend_pid()',
            [name, 'guildhall'],
          )
          return rows.map(({ pid }) => pid as number)
        },
        async check() {
          const broken = (await checkInvariants(db)).filter(({ ids }) => ids.length > 0)
          return broken.length === 0
            ? 'every invariant holds'
            : broken.map(({ claim, ids }) => `BROKEN ${claim}: ${ids.join(', ')}`).join('\n')
        },
      }
    },
    async close() {
      for (const close of closing.reverse()) await close()
      await postgres.stop()
      rmSync(bundle, { force: true })
    },
  }
}
