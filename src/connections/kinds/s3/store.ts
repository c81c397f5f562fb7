import type { Database } from '../../../platform/db/database'
import { many, type Sql, sql } from '../../../platform/db/sql'
import { usableKey } from './usable-key'

/** A user of the gateway, of one membership or of a person without one. */
export interface OurUser {
  uid: string
  /** Whether the person may use it now. */
  inUse: boolean
  keys: OurKey[]
}

export interface OurKey {
  id: string
  accessKey: string
  /** Base64; null once the key has ended and must not be there. */
  sealed: string | null
}

/** A gateway that serves several sites tells their users apart by the ids. */
const uidOf = (membershipId: Sql, accountId: Sql): Sql => sql`'guildhall-' || coalesce(${membershipId}, ${accountId})`

/**
 * The users of an account at the gateway, with the keys that they should have, and those that ended: one that was removed
 * may be there again, after an answer that came late or from a backup of the gateway. Users who are not there yet are written down first, so that one whose creation is never answered is known.
 */
export const findOurUsers = (db: Database, connectionId: string, accountId: string, keyIds: string[]) =>
  db.rows<OurUser>(sql`
    with keys as materialized (
      select k.id, k.membership_id, k.access_key, case when ${usableKey} then k.secret_sealed end as sealed
      from s3_keys k join connections c on c.service_id = k.service_id
      where c.id = ${connectionId} and k.account_id = ${accountId}
        and (k.id = any(${keyIds}::uuid[]) or not ${usableKey})
    ), used as materialized (
      select distinct membership_id from keys where sealed is not null
    ), made as (
      insert into remote_objects (connection_id, kind, account_id, membership_id, external_id)
      select ${connectionId}::uuid, 'user', ${accountId}::uuid, u.membership_id, ${uidOf(sql`u.membership_id`, sql`${accountId}::uuid`)}
      from used u on conflict do nothing
      returning membership_id, external_id
    )
    select r.external_id as uid, exists (select from used u where u.membership_id is not distinct from r.membership_id) as "inUse",
      ${many(sql`
        select k.id, k.access_key as "accessKey", encode(k.sealed, 'base64') as sealed from keys k
        where k.membership_id is not distinct from r.membership_id order by k.id`)} as keys
    from (
      select membership_id, external_id from made
      union all
      select membership_id, external_id from remote_objects
      where connection_id = ${connectionId} and kind = 'user' and account_id = ${accountId}
    ) r order by "inUse"`)

/**
 * Records what the gateway confirmed: which users are in use, and which keys it no longer has. Keys that ended before any
 * user was made for them have nothing to be removed.
 */
export const saveGatewayAnswers = (db: Database, connectionId: string, accountId: string, users: OurUser[]) => {
  const off = users.flatMap(({ uid, inUse }) => (inUse ? [] : uid))
  const removed = users.flatMap(({ keys }) => keys.flatMap(({ id, sealed }) => (sealed === null ? id : [])))
  return db.rows(sql`
    with removed as (
      update s3_keys k set removed_at = now() from connections c
      where c.id = ${connectionId} and k.service_id = c.service_id and k.account_id = ${accountId}
        and k.ended_at is not null and k.removed_at is null and (
          k.id = any(${removed}::uuid[])
          or not exists (
            select from remote_objects r
            where r.connection_id = c.id and r.account_id = k.account_id and r.membership_id is not distinct from k.membership_id))
    )
    update remote_objects set off_at = case when external_id = any(${off}::text[]) then now() end
    where connection_id = ${connectionId} and kind = 'user' and external_id = any(${users.map(({ uid }) => uid)}::text[])
      and (off_at is not null) <> (external_id = any(${off}::text[]))`)
}
