import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import type { Change, Observation } from '../kinds/connector'
import { mostFailures, type Pace } from './delivery-rules'
import type { LedgerRow } from './enqueueing'
import { afterFailure, daily, later } from './observation-rules'
import { isFree, isTried, listingIsDue } from './store'

/** How many names of strangers are kept. Their number is known in any case. */
export const namedStrangers = 20

/** How long a process has for a listing, in seconds. */
const listingWithin = 600

/**
 * Claims rows to look at, of what was applied as it should be. The claim is that they are due again only later, so it keeps
 * no worker from telling the service what has changed meanwhile. A service that keeps failing is left alone.
 */
export const claimObservations = (
  db: Database,
  boundTo: string,
  kinds: string[],
  most: { inAll: number; ofConnection: number; busy: string[] },
  { claim: seconds }: Pick<Pace, 'claim'>,
) =>
  db.rows<LedgerRow>(sql`
    with due as materialized (
      select p.connection_id, p.account_id from connections c cross join lateral (
        select p.connection_id, p.account_id from propagations p
        where p.connection_id = c.id and p.next_observation_at <= now() and ${isFree}
          and coalesce(p.next_attempt_at > now(), true) and p.desired is not distinct from p.applied and not p.uncertain
        order by p.next_observation_at limit ${most.ofConnection}::int for update of p skip locked
      ) p
      where ${isTried(boundTo)} and c.kind = any(${kinds}::text[]) and c.failures < ${mostFailures} and c.id <> all(${most.busy}::uuid[])
      limit ${most.inAll}::int
    )
    update propagations p set next_observation_at = now() + make_interval(secs => ${seconds}::float8)
    from due where p.connection_id = due.connection_id and p.account_id = due.account_id
    returning p.connection_id as "connectionId", p.account_id as "accountId"`)

/** The row of an observation, if it says what it said when the service was looked at, and no worker tells the service now. */
const observed = (connectionId: string, { accountId, version }: Change): Sql => sql`
  p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.version = ${version}::bigint and p.claim is null`

/**
 * Records what was seen. A difference takes back the proof that access ended, and makes the row due, so that it is applied
 * once more.
 */
export const saveObserved = (
  db: Database,
  connectionId: string,
  change: Change,
  { differences, strangers }: Observation,
) => {
  const drifted = differences.length > 0
  const drift = [...differences, ...strangers]
  return db.rows(sql`
    update propagations p set observed_at = now(),
      next_observation_at = now() + case when p.applied_at > now() - ${later} then ${later} else ${daily} * (0.9 + random() / 10) end,
      drift = ${drift.length > 0 ? drift : null}::text[],
      drifted_at = ${drift.length > 0 ? sql`coalesce(p.drifted_at, now())` : sql`null`},
      next_attempt_at = ${drifted ? sql`now()` : sql`p.next_attempt_at`}, proved_at = ${drifted ? sql`null` : sql`p.proved_at`}
    where ${observed(connectionId, change)}`)
}

/** The service could not be looked at, which says nothing about the account. */
export const saveUnobserved = (db: Database, connectionId: string, change: Change) =>
  db.rows(sql`
    update propagations p set next_observation_at = now() + ${afterFailure} where ${observed(connectionId, change)}`)

/** Claims a listing that is due. Operators who ask for one make it due. */
export const claimListing = (db: Database, boundTo: string, kinds: string[]) =>
  db.first<{ id: string }>(sql`
    update connections set listing_claimed_until = now() + make_interval(secs => ${listingWithin}::int)
    where id = (
      select c.id from connections c where ${isTried(boundTo)} and c.kind = any(${kinds}::text[]) and ${listingIsDue}
      order by c.id limit 1 for update skip locked)
    returning id`)

/**
 * Records what a whole listing found that is not ours, and looks soon at what is ours and was not in it. Nothing is removed
 * because a listing lacks it.
 */
export const saveListing = (db: Database, connectionId: string, names: string[]) =>
  db.rows(sql`
    with listed as materialized (
      select distinct name from unnest(${names}::text[]) l (name)
    ), stranger as materialized (
      select name from listed l
      where not exists (select from remote_objects r where r.connection_id = ${connectionId} and r.external_id = l.name)
    ), missing as materialized (
      select distinct r.account_id from remote_objects r
      where r.connection_id = ${connectionId} and r.off_at is null and r.external_id not in (select name from listed)
    ), looked as (
      update propagations p set next_observation_at = now()
      from missing where p.connection_id = ${connectionId} and p.account_id = missing.account_id
        and p.next_observation_at > now()
    )
    update connections set listed_at = now(), listing_claimed_until = null, strangers = (
      select json_build_object('count', count(*), 'names', coalesce(
        (select json_agg(name) from (select name from stranger order by name limit ${namedStrangers}) first), '[]')) from stranger)
    where id = ${connectionId}`)
