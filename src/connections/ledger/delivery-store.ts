import { v7 as uuid } from 'uuid'
import type { Database } from '../../platform/db/database'
import { many, nothing, type Sql, sql } from '../../platform/db/sql'
import type { connectionModes } from '../connection-settings/schema'
import type { Change, Outcome } from '../kinds/connector'
import { isTrouble } from '../outbound/outbound-trouble'
import { countingFailure, failingBefore, lockedBefore, recovering } from './connection-health'
import { mostFailures, type Pace } from './delivery-rules'
import type { LedgerRow } from './enqueueing'
import { usableFormerSecrets } from './former-secrets'
import { daily, soon } from './observation-rules'
import { isAllowed, isDue, isFree, isTried, toBeTold } from './store'
import { endOfDesired } from './wanted'

/** How long attempts are kept, in days. */
const attemptDays = 30

/**
 * Claims rows that are due: those that end access first, then the oldest; of connections in `busy`, none. A claim rather than
 * a lock, because no connection to the database is held while a service is called. A claim that is still there was never
 * finished, so its holder may have told the service. Connections are locked before their rows, as by all who lock both, and
 * nothing is waited for.
 *
 * A connection that keeps failing pauses, and one row probes it: one that has not failed yet, before those that the service
 * may refuse for reasons of their own; otherwise one that waits after a failure. With it, some rows are claimed that are due
 * but have nothing to tell, as far as is known.
 */
export const claimRows = (
  db: Database,
  boundTo: string,
  claim: string,
  most: { inAll: number; ofConnection: number; busy: string[] },
  pace: Pick<Pace, 'claim' | 'pause'>,
) =>
  db.rows<LedgerRow>(sql`
    with probed as materialized (
      select c.id, c.mode from connections c where ${isTried(boundTo)} and c.failures >= ${mostFailures} and c.id <> all(${most.busy}::uuid[])
      order by c.id for no key update skip locked
    ), probing as materialized (
      select p.connection_id, p.account_id
      from probed c cross join lateral (
        select p.connection_id, p.account_id from propagations p
        where p.connection_id = c.id and ${isFree} and ${isAllowed} and (p.error is not null or ${isDue} and ${toBeTold})
        order by p.error is not null, p.ends_access desc, p.next_attempt_at
        limit 1 for update of p skip locked
      ) p
    ), silent as materialized (
      select p.connection_id, p.account_id
      from probed cross join lateral (
        select p.connection_id, p.account_id from propagations p
        where p.connection_id = probed.id and ${isDue} and p.error is null and not ${toBeTold}
        limit ${most.ofConnection}::int - 1 for update of p skip locked
      ) p
    ), others as materialized (
      select p.connection_id, p.account_id
      from connections c cross join lateral (
        select p.connection_id, p.account_id from propagations p
        where p.connection_id = c.id and ${isDue} and ${isAllowed}
        order by p.ends_access desc, p.next_attempt_at
        limit ${most.ofConnection}::int for update of p skip locked
      ) p
      where ${isTried(boundTo)} and c.failures < ${mostFailures} and c.id <> all(${most.busy}::uuid[])
    ), due as materialized (
      select * from probing union all select * from silent union all select * from others limit ${most.inAll}::int
    ), paused as (
      update connections c set paused_until = now() + make_interval(secs => ${pace.pause}::float8)
      where c.id in (select connection_id from due) and c.id in (select id from probed)
    )
    update propagations p set uncertain = p.uncertain or p.claim is not null, claim = ${claim}::uuid, claimed_until = now() + make_interval(secs => ${pace.claim}::float8)
    from due where p.connection_id = due.connection_id and p.account_id = due.account_id
    returning p.connection_id as "connectionId", p.account_id as "accountId"`)

export type Mode = (typeof connectionModes)[number]

export interface ClaimedConnection {
  id: string
  kind: string
  service: string
  enabled: boolean
  mode: Mode
  boundTo: string
  epoch: number
  settings: Record<string, string>
  /** Base64, the newest first. */
  sealed: string[]
  /** Whether it keeps failing: a single change finds out whether it works again. */
  probed: boolean
  changes: Change[]
}

/** The columns of a connection in use. Aliases: `c` for connections, `s` for services, of which there may be none. */
export const usedConnection: Sql = sql`
  c.id, c.kind, coalesce(s.key, c.client_id::text) as service, c.enabled, c.mode, c.bound_to as "boundTo", c.epoch, c.settings,
  array_remove(encode(c.secret_sealed, 'base64') || array(
    select f->>'sealed' from jsonb_array_elements(${usableFormerSecrets}) f), null) as sealed`

/** The columns of a `Change`. Alias: `p` for propagations. */
export const changeColumns: Sql = sql`
  p.account_id as "accountId", p.version, p.desired_at as at, p.desired, p.applied as known, p.attempts, p.drift is not null as drifted, p.uncertain`

/** The keys of rows, as the table `r`. */
const asRows = (rows: LedgerRow[]): Sql =>
  sql`unnest(${rows.map((row) => row.connectionId)}::uuid[], ${rows.map((row) => row.accountId)}::uuid[]) r (connection_id, account_id)`

/** These rows as they are now, with their connections; of those that were claimed, the ones whose claim still holds. */
export const findRows = (db: Database, rows: LedgerRow[], claim?: string) =>
  db.rows<ClaimedConnection>(sql`
    select ${usedConnection}, c.failures >= ${mostFailures} as probed,
      ${many(sql`
        select ${changeColumns} from ${asRows(rows)}
        join propagations p on p.connection_id = r.connection_id and p.account_id = r.account_id
        where r.connection_id = c.id ${claim ? sql`and p.claim = ${claim}::uuid and p.claimed_until > now()` : nothing}`)} as changes
    from connections c left join services s on s.id = c.service_id where c.id = any(${rows.map((row) => row.connectionId)}::uuid[])`)

/** A connection in use, if it was not deleted. */
export const findConnection = (db: Database, connectionId: string) =>
  db.first<Omit<ClaimedConnection, 'probed' | 'changes'>>(sql`
    select ${usedConnection} from connections c left join services s on s.id = c.service_id
    where c.id = ${connectionId} and c.deleted_at is null`)

const nextEnd: Sql = endOfDesired(sql`p`)

/** The same if it lies ahead: a wait after a failure is not longer. */
const endAhead: Sql = sql`case when ${nextEnd} > now() then ${nextEnd} end`

/**
 * Records an attempt, and that the change was applied, if the claim still holds. If the row has changed since, it is due
 * again at once, and what was uncertain still is. If the kind can look, it does so soon after an end, because a service that said yes may have done nothing.
 * The connection is locked first, as whoever updates the ledger does; one that works is not locked at all.
 */
export const saveApplied = (
  db: Database,
  connectionId: string,
  claim: string,
  { accountId, version, desired }: Change,
  attempt: Attempt,
  observes: boolean,
) =>
  db.rows(sql`
    with attempted as (${insertAttempt(connectionId, attempt)}), ${failingBefore(connectionId)}, saved as (
      update propagations p set applied = ${desired === null ? null : JSON.stringify(desired)}::jsonb, applied_at = now(), attempts = 0, error = null, uncertain = p.uncertain and p.version <> ${version}::bigint,
        claim = null, claimed_until = null, next_attempt_at = case when p.version = ${version}::bigint then ${nextEnd} else now() end,
        proved_at = case when p.desired is null and p.version = ${version}::bigint then now() else p.proved_at end,
        ends_access = p.ends_access and p.version <> ${version}::bigint, drift = null, drifted_at = null
        ${observes ? sql`, next_observation_at = now() + case when p.ends_access or p.drift is not null then ${soon} else random() * ${daily} end` : nothing}
      where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid
        and (select count(*) from before) >= 0
    ), ${recovering(accountId)}
    select`)

/** Of the connection of the row `p`, so many changes fail that it is not a matter of some accounts. */
const manyFail: Sql = sql`(
  select count(*) >= ${mostFailures} from (
    select from propagations o where o.connection_id = p.connection_id and o.error is not null limit ${mostFailures}) failing)`

/**
 * Records an attempt, and that it failed, if the claim still holds. Only the answer may have been lost, so what the
 * service has is uncertain. If the row has changed since, it is due again at once. A service that answers and refuses the
 * same few accounts again and again is no reason to tell it of the others later: each of them counts once.
 */
export const saveFailedAttempt = (
  db: Database,
  connectionId: string,
  claim: string,
  attempt: Attempt & { accountId: string; version: number },
  seconds: { waits: number[]; pause: number },
) => {
  const { accountId, version, code, broken = false } = attempt
  const ofConnection = broken || isTrouble(code)
  return db.rows(sql`
    with attempted as (${insertAttempt(connectionId, attempt)}), ${lockedBefore(connectionId)}, failed as (
      update propagations p set attempts = p.attempts + 1, error = ${code}, uncertain = true, claim = null, claimed_until = null,
        next_attempt_at = case when p.version = ${version}::bigint then least(now() + (${seconds.waits}::float8[])[least(p.attempts + 1, ${seconds.waits.length}::int)] * interval '1 second', ${endAhead}) else now() end
      where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid
        and (select count(*) from before) > 0
      returning p.connection_id, p.attempts >= ${mostFailures} as stuck,
        ${ofConnection} or p.attempts = 1 or ${manyFail} as counts
    ), ${countingFailure(attempt, seconds.pause)}
    select`)
}

/**
 * Releases a row that turned out to need nothing. One that has changed since is due again at once: what it says now was
 * never applied.
 */
export const saveUnchanged = (db: Database, connectionId: string, claim: string, { accountId, version }: Change) => {
  const same = sql`p.version = ${version}::bigint`
  return db.rows(sql`
    update propagations p set claim = null, claimed_until = null, next_attempt_at = case when ${same} then ${nextEnd} else now() end,
      proved_at = case when ${same} and p.desired is null then coalesce(p.proved_at, now()) else p.proved_at end,
      ends_access = p.ends_access and not ${same}
    where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid`)
}

/** Gives back all rows of a claim, of none of which the service was told. */
export const releaseClaim = (db: Database, claim: string) =>
  db.rows(sql`
    update propagations set claim = null, claimed_until = null, next_attempt_at = now() where claim = ${claim}::uuid`)

/** Gives back claimed rows of which the service was not told. They are due again at once. */
export const releaseRows = (db: Database, rows: LedgerRow[], claim: string) =>
  db.rows(sql`
    update propagations p set claim = null, claimed_until = null, next_attempt_at = now()
    from ${asRows(rows)} where p.connection_id = r.connection_id and p.account_id = r.account_id and p.claim = ${claim}::uuid`)

/** Gives back a row whose service may have been told, though what it answered could not be recorded. It is tried again. */
export const releaseUnrecorded = (
  db: Database,
  connectionId: string,
  claim: string,
  { accountId, version }: Change,
  wait: number,
) =>
  db.rows(sql`
    update propagations p set claim = null, claimed_until = null, uncertain = true, attempts = p.attempts + 1, error = 'failed',
      next_attempt_at = now() + case when p.version = ${version}::bigint then make_interval(secs => ${wait}::float8) else interval '0' end
    where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid`)

/** A connection that keeps failing need not pause: nothing was to be told. */
export const endPause = (db: Database, connectionId: string) =>
  db.rows(sql`update connections set paused_until = null where id = ${connectionId} and failures >= ${mostFailures}`)

/** Before a row that waits is sent without a claim: whatever comes of it, what the service has is uncertain. */
export const saveUncertain = (db: Database, connectionId: string, accountId: string) =>
  db.rows(sql`
    update propagations set uncertain = true
    where connection_id = ${connectionId} and account_id = ${accountId} and desired is distinct from applied`)

export interface Attempt extends Outcome {
  accountId: string | null
  version: number | null
  milliseconds: number
}

const insertAttempt = (
  connectionId: string,
  { accountId, version, milliseconds, code, status, request, answer }: Attempt,
): Sql => sql`
    insert into propagation_attempts (id, connection_id, account_id, version, milliseconds, outcome, status, request, answer)
    values (${uuid()}::uuid, ${connectionId}, ${accountId}::uuid, ${version}::bigint, ${milliseconds}::int, ${code}, ${status ?? null}::int,
      ${request ? JSON.stringify(request) : null}::jsonb, left(${answer?.replaceAll('\0', '') ?? null}::text, 1000))`

export const saveAttempt = (db: Database, connectionId: string, attempt: Attempt) =>
  db.rows(insertAttempt(connectionId, attempt))

export const deleteOldAttempts = (db: Database) =>
  db.rows(sql`delete from propagation_attempts where at < now() - make_interval(days => ${attemptDays}::int)`)
