import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountChange, listChanges } from '../../src/connections/change-feed/schema'
import {
  createConnection,
  deleteConnection,
  listConnections,
  resyncConnection,
  switchConnection,
} from '../../src/connections/connection-settings/schema'
import { enqueueDue, resync, takeSignals } from '../../src/connections/ledger/enqueueing'
import { startNewEpoch } from '../../src/connections/ledger/restoring'
import { fillChangeSignalRules } from '../../src/connections/ledger/signals'
import { deleteOldTombstones, findDue } from '../../src/connections/ledger/store'
import { askAboutAccount, askAboutOrganization, listHolders } from '../../src/connections/questions/schema'
import { createServiceKey } from '../../src/connections/service-keys/schema'
import { createWebhook } from '../../src/connections/webhooks/schema'
import { disableAccount } from '../../src/identity/accounts/schema'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { leaveOrganization, removeMember } from '../../src/membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../src/membership/organizations/schema'
import type { EventKind } from '../../src/messaging/events/schema'
import { saveMailConfigured } from '../../src/messaging/mails/store'
import { openPostgres } from '../../src/platform/db/postgres'
import { sql } from '../../src/platform/db/sql'
import { callOf } from '../../src/platform/http/client'
import { deriveKeys } from '../../src/platform/keys'
import { grantRole, listRoleAssignments, revokeRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../src/roles/services/schema'
import { type Cluster, type Insider, openCluster, repeat, roundsOf } from '../support/cluster'
import { feedOf, untilIdle } from '../support/feed'
import { whileHeld } from '../support/held'
import { program } from '../support/program'
import { asSeen } from '../support/seen'
import { startServer } from '../support/server'
import { copyPostgres, insertPerson, type Person, testBaseUrl, testSecret } from '../support/site'
import { TokenHolder } from '../support/token-holder'
import { until } from '../support/until'

// Two processes write changes and keep the ledger. What services are told is compared with what people may do.

let cluster: Cluster
let operator: Person
let maps: Service
let secret: string
/** The service, asking each process. */
let hubs: [TokenHolder, TokenHolder]
let connectionId: string
const reason = 'Race.'
const rounds = roundsOf(15)
/** How often each process is asked after a change. A key may have 20 requests in progress. */
const questions = process.env.ROUNDS ? 4 : 2

beforeAll(async () => {
  cluster = await openCluster()
  operator = await cluster.person('Olga', { operator: true })
  ;({ maps, secret, connectionId } = await connected(operator))
  hubs = cluster.urls.map((url) => new TokenHolder({ url }, secret)) as [TokenHolder, TokenHolder]
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

/** A catalogue with one service, its key, and its connection, which is on. */
async function connected(by: Person) {
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await by.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  const maps = (await by.call(listServices, {})).services[0]!
  const { secret } = await by.call(createServiceKey, { key: 'maps', name: 'Hub' })
  const { id } = await by.call(createConnection, { service: 'maps', kind: 'pull', name: 'Hub' })
  await by.call(switchConnection, { connectionId: id, enabled: true })
  return { maps, secret, connectionId: id }
}

interface Place {
  organizationId: string
  admin: Person
  members: Insider[]
}

/** An organization that may use the service. */
async function place(members: number, expiresAt?: () => string): Promise<Place> {
  const { id: organizationId, admins, members: inside } = await cluster.organization(1, members)
  await grant(organizationId, expiresAt)
  const admin = admins[0]!.person
  return { organizationId, admin, members: inside }
}

async function grant(organizationId: string, expiresAt?: () => string): Promise<void> {
  for (const { id: roleId } of maps.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason, expiresAt: expiresAt?.() })
}

const expireNow = (organizationId: string) =>
  cluster.db.rows(sql`
    update role_assignments set expires_at = clock_timestamp() where organization_id = ${organizationId} and ended_at is null`)

/** An end date that comes while the test waits for it. A busy server may take seconds to be told of it. */
const soon = () => new Date(Date.now() + 4000).toISOString()

const nothing = { status: 404, code: 'nothing_held' }
const holdsNothing = async ({ id: accountId }: Person) =>
  (await hubs[0].try(askAboutAccount, { accountId })).code === nothing.code
const either = (round: number) => cluster.urls[round % 2]!

/** The accounts that may use the service now, as it is answered. */
async function entitled(): Promise<Map<string, object>> {
  const holders = new Map<string, object>()
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await hubs[0].call(listHolders, { limit: 500, ...(cursor && { cursor }) })
    for (const { accountId, usable, organization, access, quota } of items)
      if (usable) holders.set(accountId, [organization!.id, access!.key, access!.until, quota!.key, quota!.until])
    if (next === null) return holders
    cursor = next
  }
}

/** The accounts that may use the service, as a reader of the feed knows them. */
const toldBy = (states: Map<string, AccountChange>): Map<string, object> =>
  new Map(
    [...states.values()].flatMap(({ accountId, held }) =>
      held
        ? [[accountId, [held.organizationId, held.access.key, held.access.until, held.quota.key, held.quota.until]]]
        : [],
    ),
  )

const sorted = (map: Map<string, object>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1))

/** Once the workers rest, the feed says what is answered. */
async function feedIsTrue(states?: () => Promise<Map<string, AccountChange>>): Promise<void> {
  await untilIdle(cluster.db, testBaseUrl)
  expect(sorted(toldBy(await (states ?? (() => feedOf(hubs[1], 500)))()))).toEqual(sorted(await entitled()))
}

const withheld = async () =>
  (await operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!.withheld

describe('after the answer to a change, no process tells a service the state before it', () => {
  const ways: Record<string, (here: Place, member: Insider, at: string) => Promise<unknown>> = {
    leaving: ({ organizationId }, { person }, at) => person.at(at).call(leaveOrganization, { organizationId }),
    removing: ({ organizationId, admin }, { membershipId }, at) =>
      admin.at(at).call(removeMember, { organizationId, membershipId }),
    disabling: (_, { person }, at) => operator.at(at).call(disableAccount, { accountId: person.id, reason }),
    suspending: ({ organizationId }, _, at) =>
      asSeen(operator.at(at)).call(suspendOrganization, { organizationId, reason }),
    async revoking({ organizationId }, _, at) {
      const { items } = await operator.call(listRoleAssignments, { organizationId, state: 'active' })
      for (const { id: assignmentId } of items)
        await operator.at(at).call(revokeRole, { organizationId, assignmentId, reason })
    },
    'an end date': ({ organizationId }) => expireNow(organizationId),
  }

  test.each(Object.keys(ways))(`%s (${rounds} rounds)`, async (way) => {
    const ofAll = !['leaving', 'removing', 'disabling'].includes(way)
    const shared = ofAll ? undefined : await place(rounds)
    let answers = 0
    await repeat(rounds, 3, async (round) => {
      const here = shared ?? (await place(1))
      const member = here.members[ofAll ? 0 : round]!
      const about = { accountId: member.person.id }
      // Questions before and during the change keep reads waiting that began before it.
      for (const hub of hubs) expect(await hub.try(askAboutAccount, about)).toMatchObject({ status: 200 })
      const meanwhile = hubs.map((hub) => hub.try(askAboutAccount, about))
      await ways[way]!(here, member, either(round))
      const after = await Promise.all(
        hubs.flatMap((hub) => [
          ...Array.from({ length: questions }, () => hub.try(askAboutAccount, about)),
          ...(ofAll ? [hub.try(askAboutOrganization, { organizationId: here.organizationId })] : []),
        ]),
      )
      for (const answer of after) expect(answer).toMatchObject(nothing)
      answers += after.length
      await Promise.all(meanwhile)
    })
    // An end date that was moved by hand is not that of the row in the ledger.
    if (way === 'an end date') await resync(cluster.db, testBaseUrl, connectionId, { losses: Infinity, by: null })
    console.log(`${way}: ${answers} answers, none stale`)
  })
})

/** Members of the organization leave and join again, at both processes. */
async function comeAndGo({ organizationId, admin, members }: Place, times: number): Promise<void> {
  await repeat(members.length, 4, async (place) => {
    const { person } = members[place]!
    for (let time = 0; time < times; time++) {
      await person.at(either(place + time)).call(leaveOrganization, { organizationId })
      const { code } = await admin.at(either(time)).call(createInvitation, { organizationId })
      await person.at(either(place + time + 1)).call(acceptInvitation, { code })
    }
    if (place % 3 === 0) await person.at(either(place)).call(leaveOrganization, { organizationId })
  })
}

/** Does these things again and again while `work` is done. */
async function during(again: (() => Promise<unknown>)[], work: () => Promise<unknown>): Promise<void> {
  let working = true
  const all = again.map(async (one) => {
    while (working) await one()
  })
  await work().finally(() => {
    working = false
    return Promise.allSettled(all)
  })
  await Promise.all(all)
}

/** A service that follows the feed by its cursor. It notes versions that do not come in their order. */
class Follower {
  readonly known = new Map<string, AccountChange>()
  readonly disorder: number[] = []
  pages = 0
  private cursor: string | undefined
  private last = 0

  constructor(
    private readonly processes: TokenHolder[],
    private readonly limit: number,
  ) {}

  /** Reads one page, from one process after the other, and says whether there is more. */
  async read(): Promise<boolean> {
    const hub = this.processes[this.pages++ % this.processes.length]!
    const after = this.cursor ? { after: this.cursor } : {}
    const { items, cursor, more } = await hub.call(listChanges, { limit: this.limit, ...after })
    for (const change of items) {
      if (change.version <= this.last) this.disorder.push(change.version)
      this.last = change.version
      this.known.set(change.accountId, change)
    }
    this.cursor = cursor
    return more
  }

  async toTheEnd(): Promise<Map<string, AccountChange>> {
    while (await this.read());
    return this.known
  }
}

test(`readers that follow the cursor while both processes write miss nothing (${rounds * 8} comings and goings)`, async () => {
  const [one, other] = [await place(8), await place(8)]
  const followers = [new Follower(hubs, 2), new Follower([hubs[1]], 7), new Follower(hubs, 500)]
  const suspending = async () => {
    for (let time = 0; time < 5; time++)
      for (const change of [suspendOrganization, reinstateOrganization])
        await asSeen(operator.at(either(time))).call(change, { organizationId: other.organizationId, reason })
  }
  await during(
    followers.map((follower) => () => follower.read()),
    () => Promise.all([comeAndGo(one, Math.ceil(rounds / 2)), suspending()]),
  )
  for (const follower of followers) await feedIsTrue(() => follower.toTheEnd())
  expect(followers.map(({ disorder }) => disorder)).toEqual([[], [], []])
  console.log(`pages that were read meanwhile: ${followers.map(({ pages }) => pages).join(', ')}`)
})

const kills = Math.max(5, Math.ceil(rounds / 5))
test(`a process that is killed in the middle of changes loses none of them (${kills} kills)`, async () => {
  const checked = await program('--check-answers')
  let acknowledged = 0
  await repeat(kills, 1, async (kill) => {
    const victim = await startServer(checked, cluster.settings)
    const { organizationId, members } = await place(8)
    await untilIdle(cluster.db, testBaseUrl)
    let [left, dead] = [0, false]
    const leaving = repeat(members.length, 4, async (place) => {
      const { person } = members[place]!
      // The connection breaks with the process.
      await person
        .at(victim.url)
        .try(leaveOrganization, { organizationId })
        .then(
          ({ code }) => {
            expect(code).toBe(undefined)
            left++
          },
          () => expect(dead).toBe(true),
        )
    })
    await until(async () => left >= 1 + (kill % 5))
    dead = true
    await victim.kill()
    await leaving
    acknowledged += left
    await feedIsTrue()
  })
  console.log(`${kills} kills, ${acknowledged} changes were acknowledged before`)
})

test(`workers on the same signals, end dates and old rows get every row right (${rounds} rounds)`, async () => {
  const { db } = cluster
  const work = [
    () => takeSignals(db, testBaseUrl),
    () => takeSignals(db, testBaseUrl),
    () => resync(db, testBaseUrl, connectionId),
    async () => enqueueDue(db, testBaseUrl, await findDue(db, testBaseUrl)),
    // The people who come back have a row that is old enough to be deleted.
    async () => {
      await db.rows(sql`
        update propagations set desired_at = now() - interval '91 days' where (connection_id, account_id) in (
          select connection_id, account_id from propagations where desired is null order by account_id limit 5 for update skip locked)`)
      await deleteOldTombstones(db)
    },
  ]
  const here = await place(6)
  const ending = async () => {
    const places = await Promise.all([1, 2, 3].map(() => place(2, soon)))
    for (const { admin } of places) await until(() => holdsNothing(admin))
  }
  const failures: string[] = []
  const noted = work.map((one) => () => one().catch(({ message }) => failures.push(message)))
  await during(noted, () => Promise.all([comeAndGo(here, Math.ceil(rounds / 3)), ending()]))
  expect(failures).toEqual([])
  await feedIsTrue()
})

test('a transaction that idles in another database of the server delays nothing', async () => {
  const idle = new pg.Client(cluster.settings.DATABASE_URL!.replace(/[^/]*$/, 'postgres'))
  await idle.connect()
  try {
    await idle.query('begin')
    await idle.query('select pg_current_xact_id()')
    const { organizationId, admin } = await place(1)
    await until(async () => (await feedOf(hubs[1], 500)).get(admin.id)?.held)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await until(async () => (await feedOf(hubs[0], 500)).get(admin.id)?.held === null)
  } finally {
    await idle.end()
  }
})

/** Compares everything again and again while `change` is made, and returns what was withheld at any time. */
async function whileComparing(change: () => Promise<unknown>, before?: () => Promise<unknown>): Promise<number> {
  let most = 0
  const compare = async () => {
    await before?.()
    await resync(cluster.db, testBaseUrl, connectionId)
    most = Math.max(most, await withheld())
  }
  await during([compare], change)
  await untilIdle(cluster.db, testBaseUrl)
  return Math.max(most, await withheld())
}

/** As after a wrong change of the database by hand, by which the operator is not stopped. */
async function requireWrongTerms(): Promise<void> {
  await cluster.db.rows(
    sql`update accounts set terms_version = 'wrong', terms_accepted_at = now() where id = ${operator.id}`,
  )
  await cluster.db.rows(sql`update site set terms_version = 'wrong', terms_address = 'https://example.org'`)
}

describe('many people lose access at once, while everything is compared', () => {
  const many = 60

  test('by an event: nothing is withheld', async () => {
    await alone()
    const { organizationId } = await place(many)
    await feedIsTrue()
    // Of the events, the suspension alone explains anything.
    await earlier(2)
    expect(await whileComparing(() => asSeen(operator).call(suspendOrganization, { organizationId, reason }))).toBe(0)
    await feedIsTrue()
    expect((await entitled()).size).toBe(0)
  })

  test.each<[string, EventKind, (organizationId: string) => Promise<unknown>]>([
    [
      'an organization suspended',
      'organization_suspended',
      (organizationId) => asSeen(operator).call(suspendOrganization, { organizationId, reason }),
    ],
    ['mail configured', 'mail_switched_on', () => saveMailConfigured(cluster.db, true)],
  ])('by an event while the connection was off, %s: nothing is withheld', async (_, kind, change) => {
    await alone()
    const { organizationId } = await place(many)
    await feedIsTrue()
    // That the catalogue was imported and that people joined, not long ago, would explain it too.
    await cluster.db.rows(sql`delete from change_signal_rules where kind <> ${kind}`)
    await operator.call(switchConnection, { connectionId, enabled: false })
    await change(organizationId)
    await cluster.db.rows(sql`update accounts set email_verified = true where id = ${operator.id}`)
    await operator.call(switchConnection, { connectionId, enabled: true })
    await feedIsTrue()
    expect([await withheld(), (await entitled()).size]).toEqual([0, 0])
    await cluster.db.rows(fillChangeSignalRules())
    await saveMailConfigured(cluster.db, false)
  })

  test('by an end date: nothing is withheld', async () => {
    await alone()
    const { admin } = await place(many, soon)
    await untilIdle(cluster.db, testBaseUrl)
    const ends = () => until(async () => (await feedOf(hubs[0], 500)).get(admin.id)?.held === null)
    expect(await whileComparing(ends, () => noEventsOf(connectionId))).toBe(0)
    await feedIsTrue()
  })

  test('by nothing that is known: they are withheld until an operator confirms them', async () => {
    await alone()
    await place(many)
    await feedIsTrue()
    await noEventsOf(connectionId)
    const before = sorted(toldBy(await feedOf(hubs[0], 500)))
    await requireWrongTerms()
    await operator.call(resyncConnection, { connectionId })
    expect(await withheld()).toBe(before.length)
    expect(sorted(toldBy(await feedOf(hubs[1], 500)))).toEqual(before)
    // A change about everyone does not explain losses that are withheld already.
    await noEventsOf(connectionId)
    await cluster.db.rows(sql`
      insert into events (kind, actor_id, at) values ('catalogue_changed', ${operator.id}::uuid, now() + interval '5 minutes')`)
    await untilIdle(cluster.db, testBaseUrl)
    await operator.call(resyncConnection, { connectionId })
    expect(await withheld()).toBe(before.length)
    expect(sorted(toldBy(await feedOf(hubs[1], 500)))).toEqual(before)
    await earlier(10, sql`kind = 'catalogue_changed'`)
    await noEventsOf(connectionId)
    // That a row is due, as after a failed attempt, is no end date.
    const due = before.map(([accountId]) => ({ connectionId, accountId }))
    await enqueueDue(cluster.db, testBaseUrl, due)
    expect(sorted(toldBy(await feedOf(hubs[1], 500)))).toEqual(before)
    await noEventsOf(connectionId)
    // Those that came since the operator looked are not confirmed.
    await cluster.db.rows(sql`update connections set withheld = 1 where id = ${connectionId}`)
    const fewer = await operator.try(resyncConnection, { connectionId, confirmLosses: before.length - 1 })
    expect(fewer).toMatchObject({ status: 409, code: 'losses_changed' })
    expect(sorted(toldBy(await feedOf(hubs[1], 500)))).toEqual(before)
    await noEventsOf(connectionId)
    await operator.call(resyncConnection, { connectionId, confirmLosses: before.length })
    expect(await withheld()).toBe(0)
    const confirmed = await cluster.db.rows(
      sql`select actor_id as by, details->'losses' as losses from events where kind = 'connection_losses_confirmed'`,
    )
    expect(confirmed).toEqual([{ by: operator.id, losses: before.length }])
    expect(toldBy(await feedOf(hubs[1], 500)).size).toBe(0)
    await cluster.db.rows(sql`update site set terms_version = null, terms_address = null`)
    await operator.call(resyncConnection, { connectionId })
    await feedIsTrue()
  })

  test('by nothing that is known, found after a restore: they are withheld too', async () => {
    await alone()
    await place(many)
    await feedIsTrue()
    const before = sorted(toldBy(await feedOf(hubs[0], 500)))
    await requireWrongTerms()
    await earlier(2)
    await startNewEpoch(cluster.db)
    await operator.call(switchConnection, { connectionId, enabled: true })
    await until(async () => (await withheld()) === before.length)
    expect(sorted(toldBy(await feedOf(hubs[1], 500)))).toEqual(before)
    await cluster.db.rows(sql`update site set terms_version = null, terms_address = null`)
    await operator.call(resyncConnection, { connectionId })
    await feedIsTrue()
  })

  /** No one else may use the service, so that those of a test are most. */
  async function alone(): Promise<void> {
    const organizations = await cluster.db.rows<{ id: string }>(sql`
      select id from organizations o where state = 'accepted' and exists (
        select from role_assignments x where x.organization_id = o.id and x.ended_at is null)`)
    for (const { id: organizationId } of organizations)
      await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await feedIsTrue()
  }
})

/** As if these events had been so many minutes earlier. */
async function earlier(minutes: number, which = sql`true`): Promise<void> {
  await cluster.db.rows(sql`alter table events disable trigger events_are_append_only`)
  await cluster.db.rows(sql`update events set at = at - make_interval(mins => ${minutes}::int) where ${which}`)
  await cluster.db.rows(sql`alter table events enable trigger events_are_append_only`)
}

/** As if all events so far were long ago: they explain nothing any more. */
const noEventsOf = (id: string) =>
  cluster.db.rows(sql`update connections set compared_at = now() + interval '61 seconds' where id = ${id}`)

test('a connection that fails, and is tried again while its ledger changes, causes no deadlock', async () => {
  // No server may call that address, so each attempt fails at once.
  const { id } = await operator.call(createWebhook, { service: 'maps', name: 'Forbidden', url: 'https://127.0.0.1/' })
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  const { organizationId } = await place(30)
  const again = [
    () =>
      cluster.db.rows(sql`update connections set paused_until = null where id = ${id} and paused_until is not null`),
    () => takeSignals(cluster.db, testBaseUrl),
  ]
  await during(again, () =>
    repeat(rounds, 1, async () => {
      await asSeen(operator).call(suspendOrganization, { organizationId, reason })
      await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    }),
  )
  await operator.call(deleteConnection, { connectionId: id, revoke: false })
  expect(await cluster.deadlocks()).toEqual([])
  await feedIsTrue()
})

test('an access that ends while a worker waits for another one is not written again', async () => {
  const { id: organizationId, admins } = await cluster.organization(1)
  await grant(organizationId)
  // No server's worker works for this one.
  const elsewhere = 'http://elsewhere.test'
  const other = uuid()
  await cluster.db.rows(sql`
    insert into connections (id, service_id, kind, name, enabled, enabled_at, bound_to, created_by)
    values (${other}, ${maps.id}, 'pull', 'Other', true, now(), ${elsewhere}, ${operator.id})`)
  const ends = {
    text: 'update role_assignments set expires_at = clock_timestamp() where organization_id = $1',
    values: [organizationId],
  }
  await whileHeld(cluster, other, () => resync(cluster.db, elsewhere, other), ends, 'connections')
  expect(
    await cluster.db.rows(
      sql`select from propagations where connection_id = ${other} and account_id = ${admins[0]!.person.id}`,
    ),
  ).toEqual([])
  await cluster.db.rows(sql`update connections set enabled = false where id = ${other}`)
})

test('a copy of the database that is started elsewhere changes nothing', async () => {
  const databaseUrl = await copyPostgres()
  const db = openPostgres(databaseUrl)
  const here = { ...cluster.settings, DATABASE_URL: databaseUrl }
  const there = { ...here, BASE_URL: 'http://copy.test' }
  const ledger = () => db.rows(sql`select * from propagations order by connection_id, account_id`)
  const first = await startServer(await program(), here)
  const keys = deriveKeys(testSecret)
  const olga = await insertPerson(db, first.url, keys, 'Olga', { operator: true })
  const { secret, maps } = await connected(olga)
  const catalogue = (isDefault: boolean) => ({
    services: [
      {
        key: 'maps',
        name: 'Maps',
        roles: maps.roles.map(({ key, kind, name }) => ({ key, kind, name, default: isDefault })),
      },
    ],
  })
  await olga.call(importCatalogue, catalogue(true))
  await untilIdle(db, testBaseUrl)
  const before = await ledger()
  expect(before).toHaveLength(1)
  await first.stop()

  const second = await startServer(await program(), there)
  const { method, path, body } = callOf(importCatalogue, catalogue(false))
  expect(await olga.at(second.url).raw(method, path, body, { origin: there.BASE_URL })).toMatchObject({ status: 200 })
  const asked = new TokenHolder(second, secret)
  expect(await asked.try(listHolders, {})).toMatchObject({ body: { items: [] } })
  expect(await asked.try(listChanges, {})).toMatchObject({ code: 'no_change_feed' })
  expect((await olga.at(second.url).call(listConnections, {})).connections).toMatchObject([
    { enabled: true, elsewhere: true, held: 1 },
  ])
  // Signals are for the processes of that address; its worker deletes only what these have long found by comparing.
  const old = sql`at < now() - interval '1 hour'`
  await db.rows(sql`insert into change_signals (at) values (now() - interval '2 hours')`)
  await until(async () => (await db.rows(sql`select from change_signals where ${old}`)).length === 0)
  expect(await db.rows(sql`select from change_signals`)).not.toEqual([])
  expect(await ledger()).toEqual(before)
  await second.stop()
  await db.pool.end()
})

test('a worker that loses the database leaves its signals to the next one', async () => {
  // No server works on this database.
  const db = openPostgres(await copyPostgres())
  const person = await insertPerson(db, '', deriveKeys(testSecret), 'Pia')
  const [service, connection] = [uuid(), uuid()]
  await db.rows(sql`insert into services (id, key, name) values (${service}, 'maps', 'Maps')`)
  await db.rows(sql`
    insert into connections (id, service_id, kind, name, enabled, enabled_at, bound_to, created_by)
    values (${connection}, ${service}, 'pull', 'Hub', true, now(), ${testBaseUrl}, ${person.id})`)
  await db.rows(sql`insert into change_signals (account_id) values (${person.id})`)
  const signals = () => db.rows(sql`select from change_signals`)
  const before = (await signals()).length
  const ends = {
    text: `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and $1::text is not null`,
    values: [connection],
  }
  const taking = () => takeSignals(db, testBaseUrl).catch(() => 'broken')
  expect(await whileHeld({ db }, connection, taking, ends, 'connections')).toBe('broken')
  expect(await signals()).toHaveLength(before)
  expect(await takeSignals(db, testBaseUrl)).toBe(before)
  await db.pool.end()
})
