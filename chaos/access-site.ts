import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringUpToDate } from '../src/cli/up-to-date'
import { createConnection, switchConnection } from '../src/connections/connection-settings/schema'
import { type Pace, usualPace } from '../src/connections/ledger/delivery-rules'
import { createServiceKey } from '../src/connections/service-keys/schema'
import { createWebhook } from '../src/connections/webhooks/schema'
import { acceptOrganization, createOrganization } from '../src/membership/organizations/schema'
import type { Database } from '../src/platform/db/database'
import { openDatabase } from '../src/platform/db/open'
import { sql } from '../src/platform/db/sql'
import { deriveKeys } from '../src/platform/keys'
import { importCatalogue, listServices, type Service } from '../src/roles/services/schema'
import { leastCost, nodeHashingAt, quickHashing } from '../tests/support/hashing'
import { details } from '../tests/support/organizations'
import { startPostgres, statement } from '../tests/support/postgres'
import { programFrom } from '../tests/support/program'
import { receiverAddress } from '../tests/support/receiver'
import { asSeen } from '../tests/support/seen'
import { type ServerProcess, startServer } from '../tests/support/server'
import { insertPerson, type Person, password, testSecret } from '../tests/support/site'
import { Hub } from './hub'
import { type Kind, settingsFor } from './site'

/** How many there are of each, and how the ledger of the servers differs from the usual one. */
export interface AccessSize {
  servers: number
  people: number
  organizations: number
  pace?: Partial<Pace>
  /** Whether a tenth of the signals is lost. */
  losing?: boolean
}

/** Servers on one database, with a service that is told by a webhook and reads the change feed as well. */
export interface AccessSite {
  kind: Kind
  hub: Hub
  /** The service’s own key. */
  key: string
  maps: Service
  operator: Person
  /** Each calls the address that it was made with; use `at` with one of `url`. */
  people: Person[]
  organizations: { id: string; admin: Person }[]
  /** The address of one of the servers, which may have just been killed. */
  url(): string
  addServer(): Promise<void>
  /** Kills one of the servers, and starts another in its place. */
  killOne(): Promise<void>
  stop(): Promise<void>
  /** The database; the embedded one only after `stop`. */
  open(): Promise<Database>
  databaseUrl: string | undefined
  close(): Promise<void>
}

const pick = <Item>(items: Item[]): Item => items[Math.floor(Math.random() * items.length)]!

export async function openAccessSite(kind: Kind, size: AccessSize): Promise<AccessSite> {
  const postgres = kind === 'postgres' ? await startPostgres([]) : undefined
  if (postgres) await statement(postgres.url('postgres'), 'create database chaos')
  const databaseUrl = postgres?.url('chaos')
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-chaos-'))
  const hub = await Hub.open()
  const settings = {
    ...settingsFor(databaseUrl, dataDir),
    OUTBOUND_ALLOW: receiverAddress,
    NODE_OPTIONS: nodeHashingAt(leastCost),
    LEDGER_PACE: JSON.stringify({ ...usualPace, ...size.pace }),
  }
  const command = await programFrom('chaos/ledger-server.ts', 'ledger-server')
  const start = () => startServer(command, settings)
  const open = () => openDatabase({ databaseUrl, dataDir }, 'wholeTables')

  const db = await open()
  const known = await prepare(db, size).finally(() => db.pool.end())
  const servers: ServerProcess[] = []
  for (let count = 0; count < size.servers; count++) servers.push(await start())
  const operator = known.operator.at(servers[0]!.url)
  const { maps, key } = await connect(operator, hub)
  const organizations: AccessSite['organizations'] = []
  for (const admin of known.admins) {
    const { id } = await admin.at(servers[0]!.url).call(createOrganization, details())
    await asSeen(operator).call(acceptOrganization, { organizationId: id })
    organizations.push({ id, admin })
  }
  return {
    kind,
    hub,
    key,
    maps,
    operator: known.operator,
    people: known.people,
    organizations,
    databaseUrl,
    open,
    url: () => pick(servers).url,
    async addServer() {
      servers.push(await start())
    },
    async killOne() {
      const place = Math.floor(Math.random() * servers.length)
      await servers[place]!.kill()
      servers[place] = await start()
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()))
    },
    async close() {
      await Promise.all(servers.map((server) => server.kill()))
      await hub.leave()
      await postgres?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A tenth of the signals is lost, as if its rows had been deleted before any worker saw them. */
const losingSignals = [
  sql`create function lose_signal() returns trigger language plpgsql as
    $$ begin if random() < 0.1 then return null; end if; return new; end $$`,
  sql`create trigger lose_signal before insert on change_signals for each row execute function lose_signal()`,
]

/** People with sessions, before any server runs. */
async function prepare(db: Database, { people, organizations, losing }: AccessSize) {
  await bringUpToDate(db)
  if (losing) for (const statement of losingSignals) await db.rows(statement)
  const keys = deriveKeys(testSecret)
  const passwordHash = await quickHashing.hash(password)
  const insert = (name: string, operator = false) => insertPerson(db, '', keys, name, { operator, passwordHash })
  const several = async (count: number, name: string) => {
    const inserted: Person[] = []
    while (inserted.length < count) inserted.push(await insert(`${name}${inserted.length + 1}`))
    return inserted
  }
  const all = {
    operator: await insert('Olga', true),
    admins: await several(organizations, 'Admin'),
    people: await several(people, 'Person'),
  }
  // The operator makes decisions for longer than ten minutes.
  await db.rows(sql`update sessions set authenticated_at = now() + interval '1 day'`)
  return all
}

/** A service with two roles of each kind, and both of its connections, which are on. */
async function connect(operator: Person, hub: Hub): Promise<{ maps: Service; key: string }> {
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'writer', kind: 'access' as const, name: 'Writer' },
    { key: 'small', kind: 'quota' as const, name: 'Small', default: true },
    { key: 'large', kind: 'quota' as const, name: 'Large' },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  const maps = (await operator.call(listServices, {})).services[0]!
  const { secret: key } = await operator.call(createServiceKey, { key: 'maps', name: 'Hub' })
  const feed = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Feed' })
  const webhook = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url: hub.url })
  hub.secret = webhook.secret
  for (const { id } of [feed, webhook]) await operator.call(switchConnection, { connectionId: id, enabled: true })
  return { maps, key }
}
