import type { Database } from '../../platform/db/database'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import type { Outcome } from '../kinds/connector'
import { mostFailures } from './delivery-rules'
import { recordingConnection } from './recording'

/**
 * The common table expression `before`: the connection, locked first, as whoever updates the ledger does, so that of several
 * failures at once one is the first.
 */
export const lockedBefore = (connectionId: string, only: Sql = nothing): Sql => sql`
  before as materialized (
    select id, name, failures, reported_at, (select key from services where id = service_id) as key from connections
    where id = ${connectionId} ${only} for no key update
  )`

/** The same if the connection fails or was never used. One that works is not locked at all. */
export const failingBefore = (connectionId: string): Sql =>
  lockedBefore(connectionId, sql`and (failures > 0 or ok_since is null)`)

/**
 * What failed of the connection in the common table expression `of` is tried again at once, and the schedule of waits begins
 * again: what is being tried at this moment, in vain, waits no longer than after a first failure.
 */
export const retried = (of: Sql, only: Sql = nothing): Sql => sql`
  retried as (
    update propagations p set attempts = 0, next_attempt_at = case when p.claim is null then now() else p.next_attempt_at end from ${of}
    where p.connection_id = ${of}.id and p.error is not null ${only}
  )`

/**
 * After `failingBefore`: the connection works. The first success after failures ends them, and operators who were told of
 * them are told so. After an outage, whatever failed is tried again at once, apart from the account that just succeeded: no
 * statement changes a row twice.
 */
export const recovering = (accountId: string | null): Sql => sql`
  works as (
    update connections c set failures = 0, failing_since = null, problem = null, paused_until = null, reported_at = null, ok_since = now()
    from before where c.id = before.id
  ), ${retried(sql`before`, sql`and before.failures >= ${mostFailures} and p.account_id is distinct from ${accountId}::uuid`)}, changed as (select * from before where reported_at is not null), ${recordingConnection('connection_recovered', null)}`

/**
 * After `lockedBefore`: counts a failure for each row of the common table expression `failed`, with the columns
 * `connection_id`, `counts` (whether it is one of the connection, rather than another one of the same account) and
 * `stuck` (whether operators should hear of it in any case). After too many, or if the connection itself is broken, it
 * pauses, and operators are told once.
 */
export const countingFailure = ({ code, broken = false }: Outcome, pause: number): Sql => {
  const pauses = sql`(${broken} or c.failures + failed.counts::int >= ${mostFailures})`
  return sql`
    counted as (
      update connections c set failures = case when ${broken} then greatest(c.failures + 1, ${mostFailures}) else c.failures + failed.counts::int end,
        failing_since = coalesce(c.failing_since, now()), problem = ${code},
        paused_until = case when ${pauses} then now() + make_interval(secs => ${pause}::float8) else c.paused_until end,
        reported_at = case when ${pauses} or failed.stuck then coalesce(c.reported_at, now()) else c.reported_at end
      from failed, before where c.id = failed.connection_id
      returning c.id, c.name, before.key, before.reported_at is null and c.reported_at is not null as first
    ), changed as (select * from counted where first),
    ${recordingConnection('connection_failing', null, sql`jsonb_build_object('problem', ${code}::text)`)}`
}

/** Records that a service could not be listed, which says nothing about any account. The next listing tries again. */
export const saveUnlisted = (db: Database, connectionId: string, outcome: Outcome, pause: number) =>
  db.rows(sql`
    with ${lockedBefore(connectionId)}, failed as (
      select id as connection_id, true as counts, false as stuck from before
    ), ${countingFailure(outcome, pause)}
    select`)

/** Records that a service answered as it should, without an attempt for an account. */
export const saveReached = (db: Database, connectionId: string) =>
  db.rows(sql`with ${failingBefore(connectionId)}, ${recovering(null)} select`)
