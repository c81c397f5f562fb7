import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { sessionIsLive } from '../../platform/access/session-liveness'
import type { Stamped } from '../../platform/access/stamps'
import type { Database } from '../../platform/db/database'
import { many, nothing, sql } from '../../platform/db/sql'
import type { Session } from './schema'

export const loadSessions = (db: Database, credential: Credential) =>
  loadFacts<{ sessions: Session[] }>(db, credential, {
    sessions: many(sql`
      select s.id, s.id = actor."sessionId" as current, s.method, coalesce(s.user_agent, '') as browser,
        coalesce(s.ip_address, '') as address, s.created_at as "signedInAt", s.last_used_at as "lastUsedAt"
      from site, actor join sessions s on s.account_id = actor.id
      where ${sessionIsLive} order by s.last_used_at desc, s.id limit 100`),
  })

/** Ends sessions of an account: the given one, or all but the caller's, together with any sign-in in progress. */
export const endSessions = (db: Database, actor: Actor, which: { only: string } | 'others') =>
  db.first<{ ended: string[] }>(sql`
    with ${ownAccount(actor)}, ended as (
      delete from sessions s using account
      where s.account_id = account.id and ${which === 'others' ? sql`s.id <> ${actor.sessionId}` : sql`s.id = ${which.only}`}
      returning s.id, s.token
    ), ${
      which === 'others'
        ? sql`stamped as (
            update accounts a set security_stamp = pg_current_xact_id() from account where a.id = account.id returning a.id
          ), ${keeping(sql`s.id = ${actor.sessionId}`, sql`account`)},`
        : nothing
    } change as (select 1 from ended limit 1),
    ${recordingEvent({ kind: 'sessions_ended', actor, subject: actor.id }, sql`change`)}
    select (select coalesce(array_agg(token), '{}') from ended) as ended from account`)

/** The digest of the account's password; null if it has none. */
export const findPassword = async (db: Database, accountId: string): Promise<string | null> =>
  (
    await db.first<{ password: string }>(
      sql`select password from credentials where account_id = ${accountId} and provider_id = 'credential'`,
    )
  )?.password ?? null

/** Marks the session as freshly authenticated, if the password that was just verified is still the account's. */
export const saveAuthentication = (db: Database, actor: Actor) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}
    update sessions s set authenticated_at = now() from account where s.id = ${actor.sessionId} returning s.id`)

/** The stamp of the account with an address, read before any credential is checked. */
export const findStamp = (db: Database, email: string) =>
  db.rows<Stamped>(sql`select id, security_stamp::text as "securityStamp" from accounts where email = ${email}`)

/** The same by a passkey's id. */
export const findStampByPasskey = (db: Database, credentialId: string) =>
  db.rows<Stamped>(sql`
    select a.id, a.security_stamp::text as "securityStamp" from passkeys p join accounts a on a.id = p.account_id
    where p.credential_id = ${credentialId}`)

/** The stamps of the accounts that an identity provider's claims may refer to: by subject, and by address. */
export const findStampsOf = (db: Database, providerId: string, subject: unknown, email: string | undefined) =>
  db.rows<Stamped>(sql`
    select a.id, a.security_stamp::text as "securityStamp" from accounts a
    where a.email = ${email ?? ''} or a.id in (
      select account_id from credentials where provider_id = ${providerId} and provider_account_id = ${String(subject ?? '')})`)

/** When the last of the existing sessions ends. */
export const lastSessionEnds = (db: Database) =>
  db.only<{ ends: Date | null }>(sql`select max(expires_at) as ends from sessions where expires_at > now()`)
