import { recordingEvent } from '../../messaging/events/recording'
import { mailing, sealSecret } from '../../messaging/mails/outbox'
import { type Actor, keeping, ownAccount } from '../../platform/access/actor'
import {
  claiming,
  linkDetails,
  linking,
  lockingHolder,
  type OneTimeLink,
  validFor,
} from '../../platform/access/one-time-links'
import { operatorAndAccount } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { Keys } from '../../platform/keys'
import type { Holder } from '../accounts/common-passwords'
import type { makeResetLink } from './schema'

/** Mails the link if the account exists; one statement in either case, with no result that discloses it. */
export const saveResetRequest = (db: Database, email: string, link: OneTimeLink, keys: Keys) =>
  db.only<{ mail: boolean }>(sql`
    with account as (
      select id, email from accounts where email = ${email} and disabled_at is null and (select mail_configured from site) for share
    ),
    ${linking(link.identifier, sql`email`, validFor.reset, sql`account`)},
    ${mailing(
      {
        template: 'reset_password',
        account: sql`id`,
        address: email,
        details: linkDetails,
        secret: sealSecret(link.token, keys),
      },
      sql`account`,
    )}
    select mail_configured as mail from site`)

const holder: Sql = sql`a.email, a.first_name as "firstName", a.last_name as "lastName"`

/** The account that a link is for; null if the link is no longer valid. */
export const findHolder = (db: Database, identifier: string) =>
  db.first<Holder>(sql`
    select ${holder} from verifications v join accounts a on a.id = v.account_id
    where v.identifier = ${identifier} and v.expires_at > now()`)

export const getHolder = (db: Database, accountId: string) =>
  db.only<Holder>(sql`select ${holder} from accounts a where a.id = ${accountId}`)

/** Writes the password of the accounts in `account`, whether or not they had one. */
const replacing = (hash: string) => sql`
  changed as (
    insert into credentials (id, account_id, provider_id, provider_account_id, password)
    select gen_random_uuid(), id, 'credential', id::text, ${hash} from account
    on conflict (provider_id, provider_account_id) do update set password = excluded.password, updated_at = now()
    returning account_id as id
  )`

/**
 * A mailed link also proves the address, if it is still the account's address. All sessions end, and a trigger ends all
 * other links. If the address was never proved before, another person may have owned the account until now. Then all
 * sign-in methods except the password are removed, even if an operator handed over the link, and the terms must be
 * accepted again. A second factor can only keep people out, so a handed-over link keeps it.
 */
export const saveReset = (db: Database, identifier: string, hash: string) =>
  db.first<{ sessions: string[] }>(sql`
    with ${lockingHolder(identifier)}, ${claiming(identifier, sql`holder`)}, account as (
      update accounts a set email_verified = a.email_verified or a.email = link.email,
        address_proved_at = case when a.email = link.email then coalesce(a.address_proved_at, now()) else a.address_proved_at end,
        terms_version = case when holder.proved then a.terms_version end,
        terms_accepted_at = case when holder.proved then a.terms_accepted_at end, updated_at = now()
      from link, holder
      where a.id = link.account_id returning a.id, a.email, a.email_verified as confirmed
    ), ${replacing(hash)},
    strange as (select account.id from account join holder using (id) where not holder.proved),
    no_passkeys as (delete from passkeys where account_id in (select id from strange)),
    no_provider as (delete from credentials where account_id in (select id from strange) and provider_id <> 'credential'),
    signed_in as (delete from sessions where account_id in (select id from changed) returning token),
    ${recordingEvent({ kind: 'password_changed', actor: { id: sql`changed.id`, tokenId: null }, subject: sql`changed.id` }, sql`changed`)},
    ${mailing({ template: 'password_changed', account: sql`id`, address: sql`email`, details: {} }, sql`account`)}
    select (select coalesce(array_agg(token), '{}') from signed_in) as sessions from changed`)

/** The session of the request stays; the others end, and a trigger ends all links. */
export const savePassword = (db: Database, actor: Actor, hash: string) =>
  db.first<{ sessions: string[] }>(sql`
    with ${ownAccount(actor)}, ${replacing(hash)}, ${keeping(sql`s.id = ${actor.sessionId}`, sql`account`)},
    signed_in as (
      delete from sessions where account_id in (select id from changed) and id <> ${actor.sessionId} returning token
    ),
    ${recordingEvent({ kind: 'password_changed', actor, subject: actor.id }, sql`changed`)},
    ${mailing({ template: 'password_changed', account: sql`id`, address: sql`email`, details: {} }, sql`account`)}
    select (select coalesce(array_agg(token), '{}') from signed_in) as sessions from changed`)

/** It proves no address, because how it is handed over is unknown. */
export const saveHandedOver = (
  db: Database,
  operator: Actor,
  { accountId, email, reason }: CheckedInputOf<typeof makeResetLink>,
  identifier: string,
) =>
  db.first<{ id: string }>(sql`
    with ${operatorAndAccount(operator.id, accountId)}, holder as (
      select id from account where disabled_at is null and email = ${email}
    ), ${linking(identifier, sql`''`, validFor.handedOver, sql`holder`, operator.id)},
    ${recordingEvent({ kind: 'reset_link_made', actor: operator, subject: accountId, details: { reason } }, sql`holder`)}
    select id from holder`)
