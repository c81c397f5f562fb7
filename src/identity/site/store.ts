import { randomUUID } from 'node:crypto'
import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf } from '../../platform/http/endpoint'
import type { getSiteInfo, SitePolicy } from './schema'

const terms: Sql = sql`case when terms_version is not null then json_build_object('version', terms_version, 'address', terms_address) end`

/** The installation's one row, inserted by the process that starts first. */
export async function ensureSite(db: Database, secretFingerprint: string) {
  await db.rows(sql`
    insert into site (secret_fingerprint, setup_nonce) values (${secretFingerprint}, ${randomUUID()}) on conflict do nothing`)
  return db.only<{ secretFingerprint: string; setupNonce: string; hasOperator: boolean }>(sql`
    select secret_fingerprint as "secretFingerprint", setup_nonce as "setupNonce",
      setup_claimed_at is not null or exists (select from accounts where operator) as "hasOperator"
    from site`)
}

/** From now on only processes that have this secret may start. */
export const saveFingerprint = (db: Database, secretFingerprint: string) =>
  db.rows(sql`update site set secret_fingerprint = ${secretFingerprint}`)

interface Setup {
  setupNonce: string
  usable: boolean
}

const isUsable: Sql = sql`(select setup_claimed_at is null and not exists (select from accounts where operator) from site)`

export const getSetup = (db: Database) =>
  db.only<Setup>(sql`select setup_nonce as "setupNonce", ${isUsable} as usable from site`)

export const loadSetup = (db: Database, credential: Credential) =>
  loadFacts<Setup>(db, credential, { setupNonce: sql`(select setup_nonce from site)`, usable: isUsable })

/**
 * The link works once, under any concurrency, because it is claimed on the single row of the site. It was printed only
 * to the server's output, so using it also confirms the operator's address. They can get in even if mail does not work.
 */
export const saveSetup = (db: Database, actor: Actor) =>
  db.first<{ mailError: string | null }>(sql`
    with open as materialized (select single_row from site where setup_claimed_at is null for update),
    ${ownAccount(actor)}, claimed as (
      update site set setup_claimed_at = now() from open, account returning site.single_row
    ), granted as (
      update accounts a
      set operator = true, email_verified = true, address_proved_at = coalesce(a.address_proved_at, now()), updated_at = now()
      from claimed, account where a.id = account.id returning a.id, a.address_proved_at = now() as proved
    ), ${keeping(sql`s.account_id = granted.id and granted.proved`, sql`granted`)}, ${recordingEvent({ kind: 'operator_granted', actor, subject: actor.id, details: { by: 'setup link' } }, sql`granted`)}
    select (select last_error from mails where sent_at is null order by created_at desc limit 1) as "mailError" from granted`)

/** From the command line. Undefined if the account does not exist, is disabled, or is an operator already. */
export const grantOperator = (db: Database, email: string) =>
  db.first<{ id: string; addressConfirmed: boolean }>(sql`
    with granted as (
      update accounts set operator = true, updated_at = now()
      where email = ${email} and not operator and disabled_at is null and deleted_at is null
      returning id, email_verified
    ), ${recordingEvent({ kind: 'operator_granted', actor: null, subject: sql`granted.id`, details: { by: 'command line' } }, sql`granted`)}
    select id, email_verified as "addressConfirmed" from granted`)

/** Locks the site's row first, so that two concurrent revocations cannot leave the site without an operator. */
export const revokeOperator = (db: Database, email: string) =>
  db.first<{ id: string }>(sql`
    with lock as materialized (select single_row from site for update),
    operators as materialized (select a.id, a.email, a.disabled_at from accounts a, lock where a.operator order by a.id for no key update of a),
    revoked as (
      update accounts a set operator = false, updated_at = now() from operators o
      where a.id = o.id and o.email = ${email} and exists (select from operators where id <> o.id and disabled_at is null) returning a.id
    ), ${recordingEvent({ kind: 'operator_revoked', actor: null, subject: sql`revoked.id`, details: { by: 'command line' } }, sql`revoked`)}
    select id from revoked`)

export const findOperator = (db: Database, email: string) =>
  db.first<{ operator: boolean; disabled: boolean; addressConfirmed: boolean }>(sql`
    select operator, disabled_at is not null as disabled, email_verified as "addressConfirmed"
    from accounts where email = ${email} and deleted_at is null`)

export const loadSettings = (db: Database, credential: Credential) =>
  loadFacts<{ memberLimit: number | null; policy: SitePolicy; policyVersion: number }>(db, credential, {
    memberLimit: sql`(select default_member_limit from site)`,
    policyVersion: sql`(select policy_version from site)`,
    policy: one(sql`
      select second_factor as "secondFactor", session_idle_minutes as "sessionIdleMinutes", session_hours as "sessionHours",
        registration, registration_domains as "registrationDomains", ${terms} as terms, identity_changes as "identityChanges" from site`),
  })

/** Also for callers who are not signed in. */
export const loadInfo = (db: Database) =>
  db.only<Omit<AnswerOf<typeof getSiteInfo>, 'passwords' | 'passkeys' | 'provider'>>(sql`
    select mail_configured as mail, registration, registration_domains as "registrationDomains", ${terms} as terms from site`)

export const savePolicy = (db: Database, operator: Actor, policy: SitePolicy, version: number) =>
  db.first<{ id: string }>(sql`
    with lock as materialized (
      select single_row from site where policy_version = ${version} for no key update
    ), ${operatorAfter(operator.id, sql`lock`)}, changed as (
      update site s set policy_version = policy_version + 1, second_factor = ${policy.secondFactor}, session_idle_minutes = ${policy.sessionIdleMinutes},
        session_hours = ${policy.sessionHours}, registration = ${policy.registration}, registration_domains = ${policy.registrationDomains}::text[],
        terms_version = ${policy.terms?.version ?? null}, terms_address = ${policy.terms?.address ?? null},
        identity_changes = ${policy.identityChanges}
      from lock, operator where s.single_row = lock.single_row
      returning 'site' as id
    ), ${recordingEvent({ kind: 'site_policy_changed', actor: operator, details: { ...policy } }, sql`changed`)}
    select id from changed`)

export const saveDefaultMemberLimit = (db: Database, operator: Actor, limit: number | null, seen: number | null) =>
  db.first<{ id: string }>(sql`
    with lock as materialized (
      select single_row from site where default_member_limit is not distinct from ${seen} for no key update
    ), ${operatorAfter(operator.id, sql`lock`)}, changed as (
      update site s set default_member_limit = ${limit} from lock, operator where s.single_row = lock.single_row
      returning 'site' as id
    ), ${recordingEvent({ kind: 'default_member_limit_set', actor: operator, details: { limit } }, sql`changed`)}
    select id from changed`)
