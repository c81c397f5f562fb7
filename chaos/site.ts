import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerAccount } from '../src/accounts/schema'
import { openDatabase } from '../src/db/open'
import { acceptOrganization, createOrganization } from '../src/organizations/schema'
import { getMe, signIn } from '../src/sessions/schema'
import { claimSetupLink } from '../src/site/schema'
import { Browser } from '../src/testing/browser'
import { bundle } from '../src/testing/bundle'
import { brokenInvariants } from '../src/testing/invariants'
import { type PostgresServer, startPostgres, statement } from '../src/testing/postgres'
import { type ServerProcess, startServer } from '../src/testing/server'
import { Person, testBaseUrl, testSecret } from '../src/testing/site'

export const kinds = ['embedded', 'postgres'] as const
export type Kind = (typeof kinds)[number]

/** A site that things happen to: a built server on a durable database, with an operator who runs an organization. */
export interface ChaosSite {
  kind: Kind
  server: ServerProcess
  /** Only of the kind `postgres`. */
  postgres: PostgresServer | undefined
  /** Starts the server again, after it was ended. */
  restart(): Promise<void>
  /** The operator, at the server that runs now. */
  admin(): Person
  organizationId: string
  /** The invariants that do not hold. The server has to be ended on the embedded database. */
  check(): Promise<string[]>
  close(): Promise<void>
}

/** The program, bundled once for this process. */
let program: Promise<string[]> | undefined
async function bundled(): Promise<string[]> {
  const { file, remove } = await bundle('src/main.ts')
  process.once('exit', remove)
  return [file, 'serve']
}

export async function openChaosSite(kind: Kind): Promise<ChaosSite> {
  program ??= bundled()
  const built = await program
  const postgres = kind === 'postgres' ? await startPostgres([]) : undefined
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-chaos-'))
  if (postgres) await statement(postgres.url('postgres'), 'create database chaos')
  const databaseUrl = postgres?.url('chaos')
  const settings = {
    DATABASE_URL: databaseUrl ?? '',
    DATA_DIR: dataDir,
    BASE_URL: testBaseUrl,
    GUILDHALL_SECRET: testSecret,
    LOG_LEVEL: 'silent',
  }
  const start = () => startServer(built, settings)
  const first = await start()
  const { cookie, id, organizationId } = await setUp(first)
  const site: ChaosSite = {
    kind,
    server: first,
    postgres,
    organizationId,
    async restart() {
      site.server = await start()
    },
    admin: () => new Person(site.server.url, cookie, { id, name: 'Olga', email: 'olga@example.org' }),
    async check() {
      const db = await openDatabase({ databaseUrl, dataDir })
      const broken = await brokenInvariants(db)
      await db.pool.end()
      return broken
    },
    async close() {
      await site.server.stop()
      await postgres?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return site
}

async function setUp({ url, output }: ServerProcess) {
  const browser = new Browser({ url })
  const form = { email: 'olga@example.org', password: 'correct horse battery staple' }
  await browser.call(registerAccount, { ...form, firstName: 'Olga', lastName: 'Cruz', country: 'PH' })
  await browser.call(signIn, form)
  await browser.call(claimSetupLink, { token: /\/setup#(\S+)/.exec(output())![1]! })
  const organization = { name: 'Chaos Watch', country: 'PH', description: 'Whatever may come.' }
  const { id: organizationId } = await browser.call(createOrganization, organization)
  await browser.call(acceptOrganization, { organizationId })
  const { account } = await browser.call(getMe, {})
  const cookie = browser.cookieHeader()
  return { cookie, id: account.id, organizationId }
}
