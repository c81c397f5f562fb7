import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { recordingEvent } from '../events/recording'

/** How long before a token or key expires people are told. */
const ahead = sql`interval '7 days'`

/** The most rows of each kind that one statement tells of. */
const mostAtOnce = 500

/** Tokens that were made for no longer than that are not worth a reminder. */
const isDue = (row: Sql): Sql => sql`
  ${row}.ended_at is null and ${row}.expiry_told_at is null and ${row}.expires_at > now()
  and ${row}.expires_at <= now() + ${ahead} and ${row}.created_at < ${row}.expires_at - ${ahead}`

/**
 * Tells of tokens, keys of services and S3 keys that expire soon, each once: a row is marked in the statement that records its
 * event. Of several processes, one gets a row and the others skip it; what is being changed is looked at again next
 * time. Keys of retired services are left out, because no key can take their place. An S3 key can be kept: its end is moved.
 */
export const tellOfExpiries = (db: Database) =>
  db.only<{ count: number }>(sql`
    with due_tokens as materialized (
      select t.id from tokens t where ${isDue(sql`t`)} order by t.expires_at limit ${mostAtOnce}::int for no key update skip locked
    ), told_tokens as (
      update tokens t set expiry_told_at = now() from due_tokens where t.id = due_tokens.id
      returning t.id, t.name, t.account_id, t.organization_id, t.expires_at
    ), due_keys as materialized (
      select k.id, s.key from service_keys k join services s on s.id = k.service_id
      where ${isDue(sql`k`)} and s.retired_at is null
      order by k.expires_at limit ${mostAtOnce}::int for no key update of k skip locked
    ), told_keys as (
      update service_keys k set expiry_told_at = now() from due_keys where k.id = due_keys.id
      returning k.id, k.name, k.expires_at, due_keys.key
    ), due_s3_keys as materialized (
      select k.id, s.key from s3_keys k join services s on s.id = k.service_id
      where ${isDue(sql`k`)} and s.retired_at is null
      order by k.expires_at limit ${mostAtOnce}::int for no key update of k skip locked
    ), told_s3_keys as (
      update s3_keys k set expiry_told_at = now() from due_s3_keys where k.id = due_s3_keys.id
      returning k.id, k.name, k.account_id, k.expires_at, due_s3_keys.key
    ), told as (
      select case when organization_id is null then 'token_expiring' else 'organization_token_expiring' end as kind,
        account_id, organization_id, jsonb_build_object('tokenId', id, 'name', name, 'expiresAt', expires_at) as details
      from told_tokens
      union all
      select 'service_key_expiring', null, null,
        jsonb_build_object('keyId', id, 'name', name, 'service', key, 'expiresAt', expires_at)
      from told_keys
      union all
      select 's3_key_expiring', account_id, null,
        jsonb_build_object('keyId', id, 'name', name, 'service', key, 'expiresAt', expires_at)
      from told_s3_keys
    ), ${recordingEvent(
      {
        kind: sql`kind`,
        actor: null,
        subject: sql`account_id`,
        organization: sql`organization_id`,
        details: sql`details`,
      },
      sql`told`,
    )}
    select count(*)::int as count from told`)
