import type { Author } from '../../messaging/events/recording'
import type { Database, Transaction } from '../../platform/db/database'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import { atThisStatement, holdings, usableNow } from '../holdings/store'
import { recordingConnection } from './recording'
import { endLostKeys, endOfDesired, endsAccess, type LockedConnection, wanted } from './wanted'

/** How many signals one transaction takes, and how many accounts one statement updates. */
export const mostSignals = 1000
const mostAccounts = 5000

/** A loss that no event and no end date explains, of so many people and of such a part of all, is withheld. */
const massLoss = { people: 20, part: 0.2 }

/**
 * Whom events since the last comparison concern, also those whose signal waits, and those from a time when the connection
 * was off. The moment of an event is before its commit, so those of the minute before count too. A ledger that is not known
 * to have been compared, as after a restore, is no reason to believe in losses. Nor is an event about everyone while losses
 * are withheld: it would explain those too.
 */
const concerned = ({ id, withholding }: LockedConnection): Sql => sql`
  recent as materialized (
    select e.actor_id, e.subject_id, e.organization_id, r.concerns from events e join change_signal_rules r on r.kind = e.kind
    where e.at > (select coalesce(c.compared_at, now()) - interval '1 minute' from connections c where c.id = ${id})
  ), concerned as materialized (
    select actor_id as account_id, null::uuid as organization_id, false as everyone from recent where concerns = 'people'
    union select subject_id, null, false from recent where concerns = 'people'
    union select null, organization_id, false from recent where concerns = 'organization'
    union select null, null, true from recent where concerns = 'everyone' and not ${withholding}::boolean
  )`

/** Whether one of those events, or an end date in it, explains the loss of this row of the ledger. */
const explained = (row: Sql): Sql => sql`(
  exists (select from concerned where everyone)
  or ${row}.account_id in (select account_id from concerned where account_id is not null)
  or coalesce(${row}.organization_id in (select organization_id from concerned where organization_id is not null), false)
  or coalesce(${endOfDesired(row)} <= ${atThisStatement}, false))`

/** Of `losses` among `held` rows. */
const isMass: Sql = sql`(losses >= ${massLoss.people}::int and losses > held * ${massLoss.part}::float8)`

/**
 * Which losses are written: all; those that something explains; or all, unless they are a mass, or unless there is any:
 * then nothing is written.
 */
type Losing = 'all' | 'explained' | 'unlessMass' | 'unlessAny'

interface Enqueued {
  changed: number
  /** The accounts whose access ended, of a kind with keys. */
  ended: string[]
  /** Whether nothing was written, because of the losses. */
  withheld: boolean
}

/** Whether `losses` among `held` rows keep everything from being written. */
const withholds = (losing: Losing): Sql => {
  if (losing === 'unlessMass') return isMass
  return losing === 'unlessAny' ? sql`losses > 0` : sql`false`
}

/**
 * Makes the ledger of one locked connection say what these accounts should have now. Only rows that differ are written.
 * Each gets the next version of the connection. A service that asks for changes has applied what the ledger says. Times are those
 * of this statement: the transaction began before it had the lock, and maybe before what it finds had happened.
 */
const enqueue = (connection: LockedConnection, accounts: Sql, losing: Losing): Sql => {
  const { id, kind } = connection
  const asked = kind === 'pull'
  const endedNow = sql`case when d.desired is null then ${atThisStatement} end`
  return sql`
    with ${losing === 'explained' ? sql`${concerned(connection)},` : nothing} wanted as materialized (${wanted(connection, accounts)}), known as materialized (
      select a.account_id, a.organization_id, a.desired from (
        select p.account_id, p.account_id as id, p.organization_id, p.desired from propagations p
        where p.connection_id = ${id} and p.desired is not null
      ) a where ${accounts}
    ), different as materialized (
      select coalesce(w.account_id, k.account_id) as account_id, coalesce(w.organization_id, k.organization_id) as organization_id,
        w.desired, w.next_end, ${endsAccess(sql`k.desired`, sql`w.desired`)} as ends_access,
        row_number() over (order by w.desired is not null, coalesce(w.account_id, k.account_id)) as place
      from wanted w full join known k on k.account_id = w.account_id
      where w.desired is distinct from k.desired ${losing === 'explained' ? sql`and (w.desired is not null or ${explained(sql`k`)})` : nothing}
    ), lost as materialized (
      select ${withholds(losing)} as withheld from (
        select count(*) filter (where desired is null) as losses, (select count(*) from known) as held from different
      ) counted
    ), drawn as (
      update connections set version = version + (select count(*) from different) where id = ${id} and exists (select from different) and not (select withheld from lost)
      returning version - (select count(*) from different) as before
    ), saved as (
      insert into propagations as p (connection_id, account_id, organization_id, desired, desired_at, version, next_attempt_at, ends_access, ended_at, applied, applied_at, proved_at)
      select ${id}::uuid, d.account_id, d.organization_id, d.desired, ${atThisStatement}, drawn.before + d.place,
        ${asked ? sql`d.next_end` : atThisStatement}, d.ends_access, ${endedNow},
        ${asked ? sql`d.desired, ${atThisStatement}, ${endedNow}` : sql`null, null, null`}
      from different d, drawn
      on conflict (account_id, connection_id) do update set organization_id = excluded.organization_id, desired = excluded.desired,
        desired_at = excluded.desired_at, version = excluded.version, next_attempt_at = excluded.next_attempt_at, attempts = 0, error = null,
        ends_access = excluded.ends_access or p.ends_access and p.desired is distinct from p.applied,
        ended_at = excluded.ended_at, proved_at = excluded.proved_at
        ${asked ? sql`, applied = excluded.applied, applied_at = excluded.applied_at` : nothing}
      returning p.account_id, p.desired
    )
    select (select count(*)::int from saved) as changed, withheld,
      ${kind === 's3' ? sql`(select coalesce(array_agg(account_id), '{}') from saved where desired is null)` : sql`'{}'::uuid[]`} as ended
    from lost`
}

/**
 * A key that is lost with a role could not be brought back. So unless all losses are written, it ends only where this one was,
 * or where something explains it: people of whom something is required have lost their access already, and keep their keys.
 */
const endingKeys = (connection: LockedConnection, accounts: Sql, losing: Losing, { ended }: Enqueued): Sql => {
  const { id, serviceId } = connection
  if (losing === 'all') return endLostKeys(serviceId, accounts)
  const isLost = sql`(a.id = any(${ended}::uuid[]) or exists (
    select from propagations p where p.connection_id = ${id} and p.account_id = a.id and ${explained(sql`p`)}))`
  return sql`with ${concerned(connection)} ${endLostKeys(serviceId, accounts, isLost)}`
}

/** Makes the ledger of a locked connection true for these accounts (`a`). */
async function update(
  transaction: Transaction,
  connection: LockedConnection,
  accounts: Sql,
  losing: Losing = 'all',
): Promise<Enqueued> {
  // Whoever is signed out by mistake signs in again: nothing is lost.
  const written = connection.kind === 'openid' ? 'all' : losing
  const enqueued = await only(transaction.rows<Enqueued>(enqueue(connection, accounts, written)))
  if (connection.kind === 's3' && !enqueued.withheld)
    await transaction.rows(endingKeys(connection, accounts, losing, enqueued))
  return enqueued
}

const among = (accountIds: string[]): Sql => sql`a.id = any(${accountIds}::uuid[])`

interface Signal {
  accountId: string | null
  organizationId: string | null
}

/** The accounts of an organization: its members now, and former ones to whom the ledger gives something through it. */
const accountsOf = (organizationIds: string[]): Sql => sql`
  select distinct m.account_id as "accountId" from memberships m
  where m.organization_id = any(${organizationIds}::uuid[]) and (m.ended_at is null or exists (
    select from propagations p where p.account_id = m.account_id and p.organization_id = m.organization_id and p.desired is not null))`

/** Locks the connections that are on, in the order of their ids. Whoever enqueues does so first. */
const lockConnections = (boundTo: string, only: Sql = nothing): Sql => sql`
  select id, service_id as "serviceId", client_id as "clientId", kind, remote is not null as "isSystem", ending_since is not null as ending, withheld > 0 as withholding from connections
  where enabled and bound_to = ${boundTo} ${only} order by id for no key update`

/**
 * Takes the signals that wait, and updates the ledger for the accounts that they name. Returns how many signals it took.
 * It is one transaction, so a process that dies leaves them for another one. It is several statements, because what
 * people should have has to be read after the connections are locked: a statement sees nothing that was committed while
 * it waited for a lock.
 */
export const takeSignals = (db: Database, boundTo: string): Promise<number> =>
  db.transaction(async (transaction) => {
    const signals = await transaction.rows<Signal>(sql`
      delete from change_signals where id in (select id from change_signals order by id limit ${mostSignals} for update skip locked)
      returning account_id as "accountId", organization_id as "organizationId"`)
    if (signals.length === 0) return 0
    const connections = await transaction.rows<LockedConnection>(lockConnections(boundTo))
    if (connections.length === 0) return signals.length
    const everyone = signals.some(({ accountId, organizationId }) => !accountId && !organizationId)
    const accountIds = everyone ? null : await accountsIn(transaction, signals)
    for (const connection of connections)
      if (accountIds === null)
        await update(transaction, connection, sql`true`, connection.withholding ? 'explained' : 'all')
      else await enqueueAccounts(transaction, connection, accountIds)
    return signals.length
  })

/** Signals that no process has taken are older than a comparison, which has found the same. */
export const deleteOldSignals = (db: Database) =>
  db.rows(sql`delete from change_signals where at < now() - interval '1 hour'`)

async function accountsIn(transaction: Transaction, signals: Signal[]): Promise<string[]> {
  const accountIds = new Set(signals.flatMap(({ accountId }) => accountId ?? []))
  const organizationIds = [...new Set(signals.flatMap(({ organizationId }) => organizationId ?? []))]
  if (organizationIds.length > 0)
    for (const { accountId } of await transaction.rows<{ accountId: string }>(accountsOf(organizationIds)))
      accountIds.add(accountId)
  return [...accountIds].sort()
}

/** Returns whether anything was withheld because of losses. */
async function enqueueAccounts(
  transaction: Transaction,
  connection: LockedConnection,
  accountIds: string[],
  losing: Losing = 'all',
): Promise<boolean> {
  let isWithheld = false
  for (let from = 0; from < accountIds.length; from += mostAccounts) {
    const some = among(accountIds.slice(from, from + mostAccounts))
    const { withheld } = await update(transaction, connection, some, losing)
    isWithheld ||= withheld
  }
  return isWithheld
}

/** A row of the ledger. */
export interface LedgerRow {
  connectionId: string
  accountId: string
}

/**
 * Updates the ledger for rows that are due, such as those with an end date: each connection in its own transaction. Nothing
 * says that something happened to them, so a loss is written only if something explains it; a comparison judges the others.
 */
export async function enqueueDue(db: Database, boundTo: string, rows: LedgerRow[]): Promise<void> {
  for (const connectionId of new Set(rows.map((row) => row.connectionId))) {
    const accountIds = rows.filter((row) => row.connectionId === connectionId).map(({ accountId }) => accountId)
    await enqueueIn(db, boundTo, connectionId, accountIds.sort())
  }
}

const enqueueIn = (db: Database, boundTo: string, connectionId: string, accountIds: string[]): Promise<void> =>
  db.transaction(async (transaction) => {
    const [connection] = await transaction.rows<LockedConnection>(
      lockConnections(boundTo, sql`and id = ${connectionId}`),
    )
    if (!connection) return
    if (connection.ending) await enqueueAccounts(transaction, connection, accountIds)
    else if (await enqueueAccounts(transaction, connection, accountIds, 'unlessAny'))
      await enqueueAccounts(transaction, connection, accountIds, 'explained')
  })

/** An operator who has seen how many losses are withheld says that they are right. */
export interface LossesConfirmation {
  losses: number
  by: Author
}

interface Compared {
  /** How many rows were written. */
  changed: number
  /** How many losses are withheld now. */
  withheld: number
}

/**
 * Compares the whole ledger of a connection with the entitlements, and updates what differs: it finds what a signal has
 * missed. A mass loss points to a fault rather than to people who lost access, so those losses are withheld until an
 * operator confirms them. A confirmation covers no more losses than the operator has seen.
 */
export const resync = (
  db: Database,
  boundTo: string,
  connectionId: string,
  confirmation?: LossesConfirmation,
): Promise<Compared> =>
  db.transaction(async (transaction) => {
    const [connection] = await transaction.rows<LockedConnection>(
      lockConnections(boundTo, sql`and id = ${connectionId}`),
    )
    if (!connection) return { changed: 0, withheld: 0 }
    const write = (losing: Losing) => update(transaction, connection, sql`true`, losing)
    const unexplained = () => only(transaction.rows<{ losses: number }>(unexplainedMassOf(connection)))
    const first = await write(connection.ending ? 'all' : 'unlessMass')
    // Looking for the events that explain losses reads all recent ones, so only a mass of losses is worth it.
    const losses = first.withheld ? (await unexplained()).losses : 0
    const isConfirmed = confirmation !== undefined && losses <= confirmation.losses
    const withheld = isConfirmed ? 0 : losses
    const { changed } = first.withheld ? await write(withheld > 0 ? 'explained' : 'all') : first
    await transaction.rows(sql`
      update connections set compared_at = ${atThisStatement}, comparison_claimed_until = null, withheld = ${withheld} where id = ${connectionId}`)
    if (isConfirmed && losses > 0) await transaction.rows(recordingConfirmation(connectionId, losses, confirmation.by))
    return { changed, withheld }
  })

const recordingConfirmation = (connectionId: string, losses: number, by: Author): Sql => sql`
  with changed as (
    select c.id, c.name, (select key from services where id = c.service_id) as key from connections c where c.id = ${connectionId}
  ), ${recordingConnection('connection_losses_confirmed', by, sql`jsonb_build_object('losses', ${losses}::int)`)}
  select`

/** How many rows a comparison would take away and nothing explains, if they are a mass; 0 if they are not. */
const unexplainedMassOf = (connection: LockedConnection): Sql => sql`
  with ${concerned(connection)}
  select case when ${isMass} then losses else 0 end as losses from (
    select count(*)::int as held, count(*) filter (where not exists (
        select ${holdings(sql`s.id = ${connection.serviceId} and ${usableNow} and a.id = p.account_id`)}
      ) and not ${explained(sql`p`)})::int as losses
    from propagations p where p.connection_id = ${connection.id} and p.desired is not null
  ) counted`

async function only<Row>(rows: Promise<Row[]>): Promise<Row> {
  return (await rows)[0]!
}
