import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { Change, Observation } from '../kinds/connector'
import { mostFailures, type Pace } from './delivery-rules'
import { afterFailure, daily, later } from './observation-rules'
import { isFree, isTried, listingIsDue } from './store'

/** How many names of strangers are kept. Their number is known in any case. */
const namedStrangers = 20

/** How long a process has for a listing, in seconds. */
const listingWithin = 600

/** Claims rows to look at, of what was applied as it should be. Attempts go first, and a service that fails is left alone. */
export const claimObservations = async (
  db: Database,
  boundTo: string,
  claim: string,
  kinds: string[],
  most: { inAll: number; ofConnection: number; busy: string[] },
  { claim: seconds }: Pick<Pace, 'claim'>,
): Promise<number> => {
  const claimed = await db.rows(sql`
    with due as materialized (
      select p.connection_id, p.account_id from connections c cross join lateral (
        select p.connection_id, p.account_id from propagations p
        where p.connection_id = c.id and p.next_observation_at <= now() and ${isFree}
          and coalesce(p.next_attempt_at > now(), true) and p.desired is not distinct from p.applied and not p.uncertain
        order by p.next_observation_at limit ${most.ofConnection}::int for update of p skip locked
      ) p
      where ${isTried(boundTo)} and c.kind = any(${kinds}::text[]) and c.failures = 0 and c.id <> all(${most.busy}::uuid[])
      limit ${most.inAll}::int
    )
    update propagations p set claim = ${claim}::uuid, claimed_until = now() + make_interval(secs => ${seconds}::float8)
    from due where p.connection_id = due.connection_id and p.account_id = due.account_id
    returning 1`)
  return claimed.length
}

/**
 * Records what was seen, if the claim still holds and the row has not changed since. A difference takes back the proof that
 * access ended, and makes the row due, so that it is applied once more.
 */
export const saveObserved = (
  db: Database,
  connectionId: string,
  claim: string,
  { accountId, version }: Change,
  { differences, strangers }: Exclude<Observation, { failure: unknown }>,
) => {
  const drifted = differences.length > 0
  const drift = [...differences, ...strangers]
  return db.rows(sql`
    update propagations p set claim = null, claimed_until = null, observed_at = now(),
      next_observation_at = now() + case
        when p.desired is null and p.applied_at > now() - ${later} then ${later} else ${daily} * (0.9 + random() / 10) end,
      drift = ${drift.length > 0 ? drift : null}::text[],
      drifted_at = ${drift.length > 0 ? sql`coalesce(p.drifted_at, now())` : sql`null`},
      next_attempt_at = ${drifted ? sql`now()` : sql`p.next_attempt_at`}, proved_at = ${drifted ? sql`null` : sql`p.proved_at`}
    where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid and p.version = ${version}::bigint`)
}

/** The service could not be looked at, which says nothing about the account. */
export const saveUnobserved = (db: Database, connectionId: string, claim: string, { accountId }: Change) =>
  db.rows(sql`
    update propagations p set claim = null, claimed_until = null, next_observation_at = now() + ${afterFailure}
    where p.connection_id = ${connectionId} and p.account_id = ${accountId} and p.claim = ${claim}::uuid`)

/** Claims a listing that is due. Operators who ask for one make it due. */
export const claimListing = (db: Database, boundTo: string, kinds: string[]) =>
  db.first<{ id: string }>(sql`
    update connections set listing_claimed_until = now() + make_interval(secs => ${listingWithin}::int)
    where id = (
      select c.id from connections c where ${isTried(boundTo)} and c.kind = any(${kinds}::text[]) and ${listingIsDue} and c.failures < ${mostFailures}
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
