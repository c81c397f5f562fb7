import { recordingEvent } from '../../messaging/events/recording'
import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import type { Outcome } from '../kinds/connector'
import { mostFailures } from './delivery-rules'

/** The key of the connection's service, for events. */
const serviceKey: Sql = sql`(select key from services where id = service_id) as service`

/** Locks the connection, as whoever updates the ledger does first. One that works is not locked at all. */
export const failingBefore = (connectionId: string): Sql => sql`
  before as materialized (
    select id, name, failures, reported_at, ${serviceKey} from connections
    where id = ${connectionId} and (failures > 0 or ok_since is null) for no key update
  )`

/**
 * After `failingBefore`: the connection works. The first success after failures ends them, and operators who were told of
 * them are told so. After an outage, whatever failed is tried again at once.
 */
export const recovering: Sql = sql`
  works as (
    update connections c set failures = 0, failing_since = null, problem = null, paused_until = null, reported_at = null, ok_since = now()
    from before where c.id = before.id
  ), retried as (
    update propagations p set next_attempt_at = now() from before
    where before.failures >= ${mostFailures} and p.connection_id = before.id and p.error is not null and p.next_attempt_at > now() and p.claim is null
  ), told as (select * from before where reported_at is not null), ${recordingEvent(
    {
      kind: 'connection_recovered',
      actor: null,
      details: sql`jsonb_build_object('connectionId', told.id, 'name', told.name, 'service', told.service)`,
    },
    sql`told`,
  )}`

/** Locks the connection, so that of several failures at once one is the first. */
export const lockedBefore = (connectionId: string): Sql => sql`
  before as materialized (
    select id, name, reported_at, ${serviceKey} from connections where id = ${connectionId} for no key update
  )`

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
      returning c.id, c.name, before.service, before.reported_at is null and c.reported_at is not null as first
    ), told as (select * from counted where first), ${recordingEvent(
      {
        kind: 'connection_failing',
        actor: null,
        details: sql`jsonb_build_object('connectionId', told.id, 'name', told.name, 'service', told.service, 'problem', ${code}::text)`,
      },
      sql`told`,
    )}`
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
  db.rows(sql`with ${failingBefore(connectionId)}, ${recovering} select`)
