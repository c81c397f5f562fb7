import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { HeldMethods } from '../sign-in-methods/rules'
import { heldMethodsOf } from '../sign-in-methods/store'

export const loadPasskey = (db: Database, credential: Credential, passkeyId: string) =>
  loadFacts<{ exists: boolean; methods: HeldMethods }>(db, credential, {
    exists: sql`exists (select from passkeys where id = ${passkeyId} and account_id = (select id from actor))`,
    methods: heldMethodsOf(sql`(select id from actor)`),
  })

export const saveName = (db: Database, actor: Actor, passkeyId: string, name: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}
    update passkeys p set name = ${name} from account where p.id = ${passkeyId} and p.account_id = account.id returning p.id`)

/** Sessions that began with a passkey end with it, except the caller's: the passkey of each session is not recorded. */
export const savePasskeyRemoval = (db: Database, actor: Actor, passkeyId: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, removed as (
      delete from passkeys p using account where p.id = ${passkeyId} and p.account_id = account.id returning p.id
    ), ${keeping(sql`s.account_id = ${actor.id} and (s.method <> 'passkey' or s.id = ${actor.sessionId})`, sql`removed`)},
    ${recordingEvent({ kind: 'passkey_removed', actor, subject: actor.id, details: { passkeyId } }, sql`removed`)}
    select id from removed`)

/**
 * Ends the session that a passkey just created; if the passkey is the caller's own, their session counts as freshly
 * authenticated.
 */
export const saveAuthenticationInstead = (db: Database, made: string, actor: Actor) =>
  db.first<{ id: string }>(sql`
    with made as (delete from sessions where id = ${made} returning account_id)
    update sessions set authenticated_at = now()
    where id = ${actor.sessionId} and account_id = (select account_id from made) returning id`)
