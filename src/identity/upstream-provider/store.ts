import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { HeldMethods } from '../sign-in-methods/rules'
import { heldMethodsOf } from '../sign-in-methods/store'

export const loadOtherSignInMethods = (db: Database, credential: Credential) =>
  loadFacts<{ methods: HeldMethods }>(db, credential, { methods: heldMethodsOf(sql`(select id from actor)`) })

/**
 * Unlinks the provider and records on the account that its holder did so. When a link ends in another way, nothing is
 * recorded: the first proof of an address removes links that its holder never requested, so the holder may arrive
 * through the provider again. The record survives resets, proofs, new addresses and disabling; a person who resets the
 * password can link the provider from their account.
 */
export const saveUnlinking = (db: Database, actor: Actor, providerId: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, unlinked as (
      delete from credentials c using account where c.account_id = account.id and c.provider_id = ${providerId} returning c.account_id as id
    ), marked as (
      update accounts a set provider_unlinked_at = now(), updated_at = now() from unlinked where a.id = unlinked.id
    ), ${keeping(sql`s.account_id = ${actor.id} and (s.method <> 'provider' or s.id = ${actor.sessionId})`, sql`unlinked`)}, ${recordingEvent({ kind: 'provider_unlinked', actor, subject: actor.id }, sql`unlinked`)}
    select id from unlinked`)
