import { recordingEvent } from '../../messaging/events/announce'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { type Ways, waysOf } from '../sign-in-methods/ways'

export const loadOtherSignInMethods = (db: Database, session: string) =>
  loadFacts<{ ways: Ways }>(db, session, { ways: waysOf(sql`(select id from actor)`) })

/**
 * Ends the link, and keeps on the account that its holder wanted it so. What else ends links leaves no such trace: the first
 * proof of an address takes links away that its holder never asked for, so its holder may come by the provider again.
 * A trace that is there outlives resets, proofs, new addresses and disabling: whoever resets the password can link from within.
 */
export const saveUnlinking = (db: Database, actor: Actor, providerId: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, unlinked as (
      delete from credentials c using account where c.account_id = account.id and c.provider_id = ${providerId} returning c.account_id as id
    ), marked as (
      update accounts a set provider_unlinked_at = now(), updated_at = now() from unlinked where a.id = unlinked.id
    ), ${keeping(sql`s.account_id = ${actor.id} and (s.method <> 'provider' or s.id = ${actor.sessionId})`, sql`unlinked`)}, ${recordingEvent({ kind: 'provider_unlinked', actor: actor.id, subject: actor.id }, sql`unlinked`)}
    select id from unlinked`)
