import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { outstanding } from './counts'
import { mostFailures, usualPace } from './delivery-rules'
import type { LedgerRow } from './enqueueing'
import { daily } from './observation-rules'
import { recordingConnection } from './recording'

interface Work {
  on: boolean
  signals: boolean
  due: boolean
  deliveries: boolean
  comparison: boolean
  observations: boolean
  endings: boolean
}

/** What a worker has to do: whether any connection is on, whether signals wait, and what is due. */
export const findWork = (db: Database, boundTo: string, listing: string[] = [], resyncEvery = usualPace.resync) =>
  db.only<Work>(sql`
    select exists (select from connections c where ${isOn(boundTo)}) as on, exists (select from change_signals) as signals,
      exists (select from connections c join propagations p on p.connection_id = c.id where ${isOn(boundTo)} and ${endIsDue}) as due,
      exists (select from connections c join propagations p on p.connection_id = c.id where ${isTried(boundTo)} and ${isDue} and ${eitherWay} and ${isAllowed})
        or exists (
          select from connections c join propagations p on p.connection_id = c.id
          where ${isTried(boundTo)} and c.failures >= ${mostFailures} and p.error is not null and ${isFree} and ${isAllowed}) as deliveries,
      exists (select from connections c where ${isOn(boundTo)} and ${comparisonIsDue(resyncEvery)}) as comparison,
      exists (
        select from connections c join propagations p on p.connection_id = c.id where ${isTried(boundTo)} and p.next_observation_at <= now()
      ) or exists (select from connections c where ${isTried(boundTo)} and c.kind = any(${listing}::text[]) and ${listingIsDue}) as observations,
      exists (select from connections c where ${isOn(boundTo)} and ${isTakenBack}) as endings`)

export const isOn = (boundTo: string): Sql => sql`(c.enabled and c.bound_to = ${boundTo})`

/** Connections that services are told through, and that may be tried now. */
export const isTried = (boundTo: string): Sql =>
  sql`(${isOn(boundTo)} and c.kind <> 'pull' and coalesce(c.paused_until < now(), true))`

/** Both values of what leads the index of due rows before their time, so that it is used fully. */
const eitherWay: Sql = sql`p.ends_access in (true, false)`

/** A row of a service that asks itself, whose end date has passed. One that says that nothing is held has none. */
const endIsDue: Sql = sql`(c.kind = 'pull' and not p.ends_access and p.next_attempt_at <= now())`

/** No worker has claimed the row. */
export const isFree: Sql = sql`coalesce(p.claimed_until < now(), true)`

export const isDue: Sql = sql`(p.next_attempt_at <= now() and ${isFree})`

/** The mode of the connection lets the service be told of the row. While it only grants, nothing is taken away. */
export const isAllowed: Sql = sql`(c.mode = 'on' or c.mode = 'grant' and p.desired is not null and not p.ends_access)`

/** As far as the row knows, the service is to be told of it. */
export const toBeTold: Sql = sql`(p.desired is distinct from p.applied or p.uncertain or p.drift is not null)`

/** Everything in a service is listed daily. Operators who ask for a listing make it due. */
export const listingIsDue: Sql = sql`(
  coalesce(c.listed_at < now() - ${daily}, true) and coalesce(c.listing_claimed_until < now(), true))`

/** Everything was taken back from a connection that is to be deleted, and no worker is telling the service anything. */
const isTakenBack: Sql = sql`(
  c.ending_since is not null and c.compared_at > c.ending_since
  and not exists (select from propagations p where p.connection_id = c.id and (p.desired is not null or p.claim is not null or ${outstanding})))`

/** The columns of a connection that is deleted: it has no secrets any more. */
export const deleted: Sql = sql`deleted_at = now(), enabled = false, secret_sealed = null, former_secrets = '[]'`

/**
 * The common table expression `unknown`, for a new connection in `connection` and the accounts in `owners`: whether the service lets
 * them in is not known, so each is told of once.
 */
export const tellingOwners = (connection: Sql): Sql => sql`
  unknown as (
    insert into propagations (connection_id, account_id, version, next_attempt_at, ends_access, ended_at, uncertain)
    select c.id, o.account_id, row_number() over (order by o.account_id), now(), true, now(), true from ${connection} c, owners o
  )`

/** Deletes connections from which everything was taken back. */
export const finishDeletions = (db: Database, boundTo: string) =>
  db.rows(sql`
    with changed as (
      update connections c set ${deleted}
      where ${isOn(boundTo)} and ${isTakenBack} and c.deleted_at is null
      returning c.id, c.name, (select key from services where id = c.service_id) as key
    ), ${recordingConnection('connection_deleted', null)}
    select`)

/** How long a process has for a comparison, in seconds. Another one may begin afterwards. */
const resyncWithin = 60

/**
 * How long after switching on a connection it is compared once more, in seconds. An event that was being written at that
 * moment left no signal, and no statement takes this long.
 */
const againAfter = sql`make_interval(secs => 60)`

const comparisonIsDue = (resyncEvery: number): Sql => sql`(
  (coalesce(c.compared_at < now() - make_interval(secs => ${resyncEvery}::float8), true)
    or c.compared_at < c.enabled_at or (c.compared_at < c.enabled_at + ${againAfter} and c.enabled_at + ${againAfter} <= now()))
  and coalesce(c.comparison_claimed_until < now(), true))`

/** How many rows that are due one statement finds. */
const mostDue = 1000

/** Rows of services that ask themselves, whose end date has passed. They stay due until the ledger says what holds after it. */
export const findDue = (db: Database, boundTo: string) =>
  db.rows<LedgerRow>(sql`
    select p.connection_id as "connectionId", p.account_id as "accountId"
    from connections c join propagations p on p.connection_id = c.id
    where ${isOn(boundTo)} and ${endIsDue} limit ${mostDue}`)

/**
 * Renews what the planner knows of the ledger. Plans that were made while it was empty read all of it to find what is
 * due, and would be kept until PostgreSQL does this itself, which the embedded database never does.
 */
export const recountLedger = (db: Database) => db.rows(sql`analyze (skip_locked) propagations`)

/** Claims a comparison that is due. A claim rather than a lock, which a connection pooler would lose. */
export const claimResync = (db: Database, boundTo: string, resyncEvery: number) =>
  db.first<{ id: string }>(sql`
    update connections set comparison_claimed_until = now() + make_interval(secs => ${resyncWithin}::int)
    where id = (
      select c.id from connections c where ${isOn(boundTo)} and ${comparisonIsDue(resyncEvery)} order by c.id limit 1 for update skip locked)
    returning id`)

/** How long the ledger keeps the proof that access ended, in days, for a service that asks for changes. */
const tombstoneDays = 90

/**
 * Deletes rows of access that ended long ago. Cursors from before have missed something. Connections are locked before
 * their rows, as whoever updates the ledger does: a person may be coming back at this moment.
 */
export const deleteOldTombstones = (db: Database) =>
  db.rows(sql`
    with locked as materialized (
      select c.id from connections c where c.kind = 'pull' order by c.id for no key update
    ), gone as (
      delete from propagations p using locked
      where locked.id = p.connection_id and p.desired is null
        and p.desired_at < now() - make_interval(days => ${tombstoneDays}::int)
      returning p.connection_id, p.version
    )
    update connections c set oldest_version = greatest(c.oldest_version, gone.version)
    from (select connection_id, max(version) as version from gone group by connection_id) gone where c.id = gone.connection_id`)
