import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { recordingEvent } from '../events/recording'
import type { EventKind } from '../events/schema'

/** How long before a token or key expires people are told. */
const ahead = sql`interval '7 days'`

/** The most rows of each kind that one statement tells of. */
const mostAtOnce = 500

/** Tokens that were made for no longer than that are not worth a reminder. */
const isDue = (row: Sql): Sql => sql`
  ${row}.ended_at is null and ${row}.expiry_told_at is null and ${row}.expires_at > now()
  and ${row}.expires_at <= now() + ${ahead} and ${row}.created_at < ${row}.expires_at - ${ahead}`

/** The common table expressions that mark the keys of a table, `told_` and its name: what there is to tell of each. */
const tellingKeys = (table: Sql, kind: EventKind, account: Sql): Sql => sql`
  due_${table} as materialized (
    select k.id, s.key from ${table} k join services s on s.id = k.service_id
    where ${isDue(sql`k`)} and s.retired_at is null
    order by k.expires_at limit ${mostAtOnce}::int for no key update of k skip locked
  ), told_${table} as (
    update ${table} k set expiry_told_at = now() from due_${table} d where k.id = d.id
    returning ${kind}::text as kind, ${account} as account_id,
      jsonb_build_object('keyId', k.id, 'name', k.name, 'service', d.key, 'expiresAt', k.expires_at) as details
  )`

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
    ), ${tellingKeys(sql`service_keys`, 'service_key_expiring', sql`null::uuid`)},
    ${tellingKeys(sql`s3_keys`, 's3_key_expiring', sql`k.account_id`)},
    told as (
      select case when organization_id is null then 'token_expiring' else 'organization_token_expiring' end as kind,
        account_id, organization_id, jsonb_build_object('tokenId', id, 'name', name, 'expiresAt', expires_at) as details
      from told_tokens
      union all
      select kind, account_id, null, details from told_service_keys
      union all
      select kind, account_id, null, details from told_s3_keys
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
