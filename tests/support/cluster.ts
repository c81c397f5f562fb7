import { deepEqual } from 'node:assert/strict'
import { v7 as uuid } from 'uuid'
import { type Hashing, usualHashing } from '../../src/identity/authentication/passwords'
import { prepareSite } from '../../src/identity/site/setup'
import type { Database } from '../../src/platform/db/database'
import { openPostgres } from '../../src/platform/db/postgres'
import { sql } from '../../src/platform/db/sql'
import { deriveKeys } from '../../src/platform/keys'
import { anEighth, hashingAt, nodeHashingAt } from './hashing'
import { brokenInvariants } from './invariants'
import { loggedDeadlocks } from './postgres'
import { program } from './program'
import { startServer } from './server'
import { copyPostgres, insertPerson, openSite, type Person, type PersonFacts, testBaseUrl, testSecret } from './site'
import { mailFrom } from './smtp'

/**
 * Two server processes on one PostgreSQL, as an operator would run them. If TEST_DATABASE is `embedded`, one process
 * on the embedded database; both addresses are then the same.
 */
export interface Cluster {
  db: Database
  /** An account with a session, calling the first server; `person.at(cluster.urls[1])` calls the second. */
  person(name?: string, more?: PersonFacts): Promise<Person>
  urls: [string, string]
  /** The servers' password hashing. */
  hashing: Hashing
  /** Settings for a further server on the same database. */
  settings: Record<string, string>
  /** The token of the one-time setup link. */
  setupToken: string
  /** An accepted organization with this many admins and plain members, inserted by SQL because races need hundreds. */
  organization(admins: number, members?: number): Promise<{ id: string; admins: Insider[]; members: Insider[] }>
  check(): Promise<string[]>
  /** PostgreSQL's log entries about deadlocks. */
  deadlocks(): Promise<string[]>
  /** Fails if there was a deadlock. */
  close(): Promise<void>
}

export interface Insider {
  person: Person
  membershipId: string
}

/** The usual hashing cost if `ROUNDS` is set, else an eighth. */
const cost = process.env.ROUNDS ? undefined : anEighth
const hashing = cost ? hashingAt(cost) : usualHashing

export const openCluster = (options: ClusterOptions = {}): Promise<Cluster> =>
  process.env.TEST_DATABASE === 'embedded' ? openEmbedded(options) : openTwo(options)

interface ClusterOptions {
  smtp?: string
  /** Further settings of the server processes; there are none of an embedded database. */
  more?: Record<string, string>
}

/** One process on an exclusive embedded database: all concurrency is inside that process. */
async function openEmbedded({ smtp }: ClusterOptions): Promise<Cluster> {
  const site = await openSite({ ...(smtp && { smtp }), hashing })
  return {
    ...site,
    hashing,
    deadlocks: async () => [],
    urls: [site.url, site.url],
    settings: {},
    organization: (admins, members = 0) => insertOrganizationOf(site.db, site.person, admins, members),
  }
}

async function openTwo({ smtp, more = {} }: ClusterOptions): Promise<Cluster> {
  const databaseUrl = await copyPostgres()
  const db = openPostgres(databaseUrl)
  const keys = deriveKeys(testSecret)
  const { setupLink } = await prepareSite(db, keys, testBaseUrl)
  const settings = {
    DATABASE_URL: databaseUrl,
    BASE_URL: testBaseUrl,
    GUILDHALL_SECRET: testSecret,
    ...(cost && { NODE_OPTIONS: nodeHashingAt(cost) }),
    ...(smtp && { SMTP_URL: smtp, MAIL_FROM: mailFrom }),
    ...more,
  }
  const checked = await program('--check-answers')
  const servers = await Promise.all([startServer(checked, settings), startServer(checked, settings)])
  const urls = servers.map(({ url }) => url) as [string, string]
  const person: Cluster['person'] = (name, more) =>
    insertPerson(db, urls[0], keys, name, { confirmed: smtp !== undefined, ...more })
  const deadlocks = () => loggedDeadlocks(databaseUrl)
  return {
    db,
    urls,
    hashing,
    settings,
    setupToken: setupLink!.split('#')[1]!,
    person,
    organization: (admins, members = 0) => insertOrganizationOf(db, person, admins, members),
    check: () => brokenInvariants(db),
    deadlocks,
    async close() {
      await Promise.all(servers.map(({ stop }) => stop()))
      await db.pool.end()
      // PostgreSQL ends a deadlock and the flow retries, so only its log shows that two flows lock in different orders.
      deepEqual(await deadlocks(), [])
    },
  }
}

async function insertOrganizationOf(db: Database, person: Cluster['person'], admins: number, members: number) {
  const id = uuid()
  const people = await Promise.all(
    Array.from({ length: admins + members }, async () => ({ person: await person(), membershipId: uuid() })),
  )
  const accountIds = people.map((insider) => insider.person.id)
  await db.rows(sql`
    with organization as (
      insert into organizations (id, author_id, name, name_key, country, description, state)
      values (${id}, ${accountIds[0]}, ${`Race ${id}`}, ${id}, 'PH', 'Races.', 'accepted')
    ), told as (
      insert into events (kind, actor_id, subject_id, organization_id)
      select kind, actor, subject, ${id}::uuid from (
        select 1 as step, 'organization_created' as kind, ${accountIds[0]}::uuid as actor, ${accountIds[0]}::uuid as subject
        union all select 2, 'organization_accepted', null, null
        union all select 3, 'invitation_accepted', account, account from unnest(${accountIds.slice(1)}::uuid[]) account
      ) history order by step
    )
    insert into memberships (id, organization_id, account_id, admin)
    select m, ${id}::uuid, account, position <= ${admins}
    from unnest(${people.map((insider) => insider.membershipId)}::uuid[], ${accountIds}::uuid[]) with ordinality as x (m, account, position)`)
  return { id, admins: people.slice(0, admins), members: people.slice(admins) }
}

/** Rounds of a race: `usual` in `npm test`; `ROUNDS=200 npx vitest run --project races tests/races` runs more. */
export const roundsOf = (usual: number): number => Number(process.env.ROUNDS ?? usual)

/** Counts each outcome, for the test's output. */
export function tally(codes: (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const code of codes) counts[code ?? 'done'] = (counts[code ?? 'done'] ?? 0) + 1
  return counts
}

/** Runs `work` `times` times, `atOnce` concurrently. */
export async function repeat(times: number, atOnce: number, work: (round: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < times) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
