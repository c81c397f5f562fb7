import { recordingEvent } from '../../messaging/events/recording'
import type { EventKind } from '../../messaging/events/schema'
import { type Actor, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { fullNameSql, personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { holdings, usableNow } from '../holdings/store'
import { usableKey } from '../kinds/s3/usable-key'
import type { S3ServiceFacts } from './rules'
import type { listMembersS3Keys, S3KeysOfMember, S3KeysOfService } from './schema'

const own: Sql = sql`k.account_id = (select id from actor)`

/** Whether the caller can use the service `s` now. */
const usable: Sql = sql`exists (
  select from services outer_s where outer_s.id = s.id and exists (
    select ${holdings(sql`s.id = outer_s.id and a.id = (select id from actor) and ${usableNow}`)}))`

/** The gateway of the service `s`, if it has one. */
const gateway: Sql = sql`left join connections c on c.service_id = s.id and c.kind = 's3' and c.deleted_at is null and c.ending_since is null`

/** The key `k` is of no membership, or of one in an accepted organization. */
const ofAcceptedMembership: Sql = sql`(
  k.membership_id is null or exists (
    select from memberships m join organizations o on o.id = m.organization_id where m.id = k.membership_id and o.state = 'accepted'))`

/** `p` is the caller's row of the gateway's ledger. */
const keyOfList: Sql = sql`
  select k.id, k.name, k.access_key as "accessKey", k.created_at as "createdAt", k.expires_at as "expiresAt", k.membership_id is not null as "ofMembership",
    case
      when not (u.usable and ${ofAcceptedMembership}) then 'off'
      when p.applied->'keys' @> jsonb_build_array(jsonb_build_object('id', k.id, 'secret', k.secret_version)) then 'ready'
      else 'pending'
    end as state
  from s3_keys k where ${own} and k.service_id = s.id and ${usableKey} order by k.id desc`

/** What is not usable any more and was at the gateway when it was last asked, or may have got there. */
const endingList: Sql = sql`
  select k.id, k.name, k.access_key as "accessKey", coalesce(k.ended_at, k.expires_at) as "endedAt"
  from s3_keys k where ${own} and k.service_id = s.id and not ${usableKey} and k.removed_at is null
    and (p.uncertain or p.applied->'keys' @> jsonb_build_array(jsonb_build_object('id', k.id))) order by k.id desc`

export const loadS3Keys = (db: Database, credential: Credential) =>
  loadFacts<{ services: S3KeysOfService[] }>(db, credential, {
    services: many(sql`
      select json_build_object('key', s.key, 'name', s.name) as service, u.usable, coalesce(s.s3_keys, 0) as most,
        c.settings->>'endpoint' as endpoint, c.failing_since as "failingSince", ${many(keyOfList)} as keys, ${many(endingList)} as ending
      from services s ${gateway}
      left join propagations p on p.connection_id = c.id and p.account_id = (select id from actor)
      cross join lateral (select ${usable} as usable) u
      where (s.s3_keys is not null and u.usable) or exists (select from s3_keys k where ${own} and k.service_id = s.id and ${usableKey})
        or exists (${endingList})
      order by s.position, s.key`),
  })

export const loadS3Service = (db: Database, credential: Credential, key: string) =>
  loadFacts<S3ServiceFacts>(db, credential, {
    now: sql`to_json(now())`,
    accepted: sql`exists (
      select from memberships m join organizations o on o.id = m.organization_id
      where m.account_id = (select id from actor) and m.ended_at is null and o.state = 'accepted')`,
    service: one(sql`
      select s.id, ${usable} as usable, s.s3_keys as most, c.settings->>'endpoint' as endpoint,
        (select count(*) from s3_keys k where ${own} and k.service_id = s.id and ${usableKey}) as "usableKeys"
      from services s ${gateway} where s.key = ${key}`),
  })

interface KeyFacts {
  now: string
  key: { sealed: string; accessKey: string; endpoint: string | null } | null
}

export const loadS3Key = (db: Database, credential: Credential, keyId: string) =>
  loadFacts<KeyFacts>(db, credential, {
    now: sql`to_json(now())`,
    key: one(sql`
      select encode(k.secret_sealed, 'base64') as sealed, k.access_key as "accessKey", c.settings->>'endpoint' as endpoint
      from s3_keys k join services s on s.id = k.service_id ${gateway} where k.id = ${keyId} and ${own} and ${usableKey}`),
  })

export interface NewS3Key {
  id: string
  serviceId: string
  name: string
  accessKey: string
  sealed: Buffer
  expiresAt: string | null
}

const details = (more: Sql = sql``): Sql =>
  sql`jsonb_build_object('keyId', changed.id, 'name', changed.name, 'accessKey', changed.access_key, 'service', changed.service${more})`

const recorded = (kind: EventKind, actor: Actor, more?: Sql): Sql =>
  recordingEvent(
    { kind, actor, subject: actor.id, organization: sql`changed.organization_id`, details: details(more) },
    sql`changed`,
  )

/** The service, and the organization of the membership, of the keys `k`. */
const context: Sql = sql`
  (select s.key from services s where s.id = k.service_id) as service,
  (select m.organization_id from memberships m where m.id = k.membership_id) as organization_id`

/**
 * Made under the membership that the caller still has in an accepted organization, if they have one: it is locked, so the
 * key ends with it. If the organization was accepted or suspended since the decision, nothing is made: the decision may
 * have rested on its roles. A trigger limits their number. Whether the person may use the service is asked again by the ledger,
 * before the gateway has the key.
 */
export const saveS3Key = (db: Database, actor: Actor, accepted: boolean, key: NewS3Key) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, me as materialized (
      select m.id, o.state = 'accepted' as counts from memberships m join organizations o on o.id = m.organization_id, account
      where m.account_id = account.id and m.ended_at is null for share of m
    ), created as (
      insert into s3_keys as k (id, service_id, account_id, membership_id, name, access_key, secret_sealed, expires_at)
      select ${key.id}::uuid, ${key.serviceId}::uuid, account.id, (select id from me where counts), ${key.name}, ${key.accessKey}, ${key.sealed}::bytea, ${key.expiresAt}::timestamptz
      from account where (select id from me) is not distinct from ${actor.membershipId}::uuid
        and coalesce((select counts from me), false) = ${accepted}
      returning k.*
    ), changed as (
      select k.id, k.name, k.access_key, k.expires_at, ${context} from created k
    ), ${recorded('s3_key_created', actor, sql`, 'expiresAt', changed.expires_at`)}
    select id from changed`)

const changing = (actor: Actor, keyId: string, change: Sql, event: Sql) => sql`
  with saved as (
    update s3_keys k set ${change} where k.id = ${keyId} and k.account_id = ${actor.id} and ${usableKey} returning k.*
  ), changed as (
    select k.id, k.name, k.access_key, k.expires_at, ${context} from saved k
  ), ${event} select id from changed`

export const saveNewSecret = (db: Database, actor: Actor, keyId: string, sealed: Buffer) =>
  db.first<{ id: string }>(
    changing(
      actor,
      keyId,
      sql`secret_sealed = ${sealed}::bytea, secret_version = k.secret_version + 1`,
      recorded('s3_secret_reset', actor),
    ),
  )

/** Who says that a key expires within a week needs no reminder of it. */
export const saveS3KeyEnd = (db: Database, actor: Actor, keyId: string, expiresAt: string | null) =>
  db.first<{ id: string }>(
    changing(
      actor,
      keyId,
      sql`expires_at = ${expiresAt}::timestamptz, expiry_told_at = case when ${expiresAt}::timestamptz <= now() + interval '7 days' then now() end`,
      recorded('s3_key_end_changed', actor, sql`, 'expiresAt', changed.expires_at`),
    ),
  )

export const saveS3KeyDeletion = (db: Database, actor: Actor, keyId: string) =>
  db.first<{ id: string }>(
    changing(
      actor,
      keyId,
      sql`ended_at = now(), ended_reason = 'deleted', secret_sealed = null`,
      recorded('s3_key_deleted', actor),
    ),
  )

/** The secret that was loaded is still the key's. */
export const recordSecretShown = (db: Database, actor: Actor, keyId: string, sealed: string) =>
  db.first<{ id: string }>(sql`
    with changed as (
      select k.id, k.name, k.access_key, ${context} from s3_keys k
      where k.id = ${keyId} and k.account_id = ${actor.id} and ${usableKey} and k.secret_sealed = decode(${sealed}, 'base64')
    ), ${recorded('s3_secret_shown', actor)}
    select id from changed`)

const memberColumns = columns<S3KeysOfMember>({
  id: sql`a.id`,
  person: personForActor(sql`a`),
  services: many(sql`
    select s.key, s.name, count(*)::int as keys from s3_keys k join services s on s.id = k.service_id
    where k.membership_id = m.id and ${usableKey} group by s.id order by s.position, s.key`),
})

export const loadMembersS3Keys = (
  db: Database,
  credential: Credential,
  { organizationId, limit, cursor }: CheckedInputOf<typeof listMembersS3Keys>,
) => {
  const order = { key: fullNameSql(sql`a`), type: 'text', id: sql`a.id`, direction: 'asc' } as const
  const page = pageAfter(order, cursor, limit)
  return loadFacts<{ members: LoadedPage<S3KeysOfMember>; exists: boolean }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    members: page.of(
      memberColumns,
      sql`from memberships m join accounts a on a.id = m.account_id
        where m.organization_id = ${organizationId} and m.ended_at is null
          and exists (select from s3_keys k where k.membership_id = m.id and ${usableKey}) ${page.where} ${page.orderAndLimit}`,
    ),
  })
}
