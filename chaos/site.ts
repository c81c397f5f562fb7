import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerAccount } from '../src/identity/accounts/schema'
import { signIn } from '../src/identity/authentication/schema'
import { claimSetupLink } from '../src/identity/site/schema'
import { getMe } from '../src/membership/me/schema'
import { acceptOrganization, createOrganization } from '../src/membership/organizations/schema'
import { Browser } from '../tests/support/browser'
import { brokenInvariantsAt } from '../tests/support/invariants'
import { type PostgresServer, startPostgres, statement } from '../tests/support/postgres'
import { program } from '../tests/support/program'
import { type ServerProcess, startServer } from '../tests/support/server'
import { Person, testBaseUrl, testSecret } from '../tests/support/site'
import { type Network, openNetwork } from './proxy'

export const kinds = ['embedded', 'postgres'] as const
export type Kind = (typeof kinds)[number]

/** The subject of a scenario: a built server on a durable database, with an operator who runs an organization. */
export interface ChaosSite {
  kind: Kind
  server: ServerProcess
  /** Only for the kind `postgres`. */
  postgres: PostgresServer | undefined
  /** Starts the server again after it ended. */
  restart(): Promise<void>
  /** Restarts the processes that have ended on their own. */
  recover(): Promise<void>
  /** The operator, calling the current server. */
  admin(): Person
  organizationId: string
  /** For the kind `postgres`: its direct address, bypassing the proxy. */
  databaseUrl: string | undefined
  /** The proxy between the server and PostgreSQL, if one was requested. */
  network: Network | undefined
  /** The server's number of connections to PostgreSQL. */
  connections(): Promise<number>
  /** The invariants that do not hold. On the embedded database, stop the server first. */
  check(): Promise<string[]>
  close(): Promise<void>
}

export const settingsFor = (databaseUrl: string | undefined, dataDir: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl ?? '',
  DATA_DIR: dataDir,
  BASE_URL: testBaseUrl,
  GUILDHALL_SECRET: testSecret,
  LOG_LEVEL: 'silent',
})

/** `network` puts a proxy between the server and PostgreSQL, `parent` holds the database, `settings` adds variables. */
export async function openChaosSite(
  kind: Kind,
  {
    network: withNetwork = false,
    parent = tmpdir(),
    settings = {},
  }: { network?: boolean; parent?: string; settings?: Record<string, string> } = {},
): Promise<ChaosSite> {
  const postgres = kind === 'postgres' ? await startPostgres([], { parent }) : undefined
  const dataDir = mkdtempSync(join(parent, 'guildhall-chaos-'))
  if (postgres) await statement(postgres.url('postgres'), 'create database chaos')
  const databaseUrl = postgres?.url('chaos')
  const network = databaseUrl && withNetwork ? await openNetwork(Number(new URL(databaseUrl).port)) : undefined
  const seen = network && databaseUrl ? databaseUrl.replace(/:\d+\//, `:${network.port}/`) : databaseUrl
  const start = async () => startServer(await program(), { ...settingsFor(seen, dataDir), ...settings })
  const first = await start()
  const { cookie, id, organizationId } = await setUp(first)
  const site: ChaosSite = {
    kind,
    server: first,
    postgres,
    organizationId,
    databaseUrl,
    network,
    async connections() {
      const text = `select from pg_stat_activity where application_name = 'guildhall'`
      return (await statement(databaseUrl!, text)).length
    },
    async recover() {
      if (postgres?.hasEnded()) await postgres.resume()
      if (site.server.hasEnded()) await site.restart()
    },
    async restart() {
      site.server = await start()
    },
    admin: () => new Person(site.server.url, cookie, { id, name: 'Olga', email: 'olga@example.org' }),
    check: () => brokenInvariantsAt({ databaseUrl, dataDir }),
    async close() {
      await site.server.stop()
      network?.close()
      await postgres?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return site
}

/** Creates the first operator and their organization. */
export async function setUp({ url, output }: Pick<ServerProcess, 'url' | 'output'>) {
  const browser = new Browser({ url })
  const form = { email: 'olga@example.org', password: 'correct horse battery staple' }
  await browser.call(registerAccount, { ...form, firstName: 'Olga', lastName: 'Cruz', country: 'PH' })
  await browser.call(signIn, form)
  await browser.call(claimSetupLink, { token: /\/setup#(\S+)/.exec(output())![1]! })
  const organization = { name: 'Chaos Watch', country: 'PH', description: 'Whatever may come.' }
  const { id: organizationId } = await browser.call(createOrganization, organization)
  await browser.call(acceptOrganization, { organizationId, stateVersion: 1 })
  const { account } = await browser.call(getMe, {})
  const cookie = browser.cookieHeader()
  return { cookie, id: account.id, organizationId }
}
