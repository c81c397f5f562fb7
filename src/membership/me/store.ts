import { accountExpressions } from '../../identity/accounts/store'
import { whileSite } from '../../identity/site/unchanged'
import { recordingEvent } from '../../messaging/events/recording'
import { isAboutSomebodyElse } from '../../messaging/events/store'
import { mailing, sealSecret } from '../../messaging/mails/outbox'
import { unreadCount } from '../../messaging/notifications/store'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { claiming, linkDetails, linking, type OneTimeLink, validFor } from '../../platform/access/one-time-links'
import type { Database } from '../../platform/db/database'
import { fixed, many, named, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import { isPending, proving } from '../../platform/invitation-codes/pending'
import type { Keys } from '../../platform/keys'
import { type OrganizationRow, organizationColumns } from '../organizations/store'
import type { AddressFacts, DeletionFacts, LinkFacts } from './rules'
import type { exportOwnAccount, getMe, updateOwnAccount } from './schema'

type PersonalDetails = CheckedInputOf<typeof updateOwnAccount>

export const loadPersonalDetails = (db: Database, credential: Credential) =>
  loadFacts<{ details: PersonalDetails }>(db, credential, {
    details: one(sql`
      select first_name as "firstName", last_name as "lastName", country from accounts where id = (select id from actor)`),
  })

export const savePersonalDetails = (db: Database, actor: Actor, { firstName, lastName, country }: PersonalDetails) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, updated as (
      update accounts a set first_name = ${firstName}, last_name = ${lastName}, country = ${country}, updated_at = now()
      from account where a.id = account.id returning a.id
    ), ${recordingEvent({ kind: 'account_updated', actor, subject: actor.id }, sql`updated`)}
    select id from updated`)

export const loadTerms = (db: Database, credential: Credential) =>
  loadFacts<{ version: string | null }>(db, credential, { version: sql`(select terms_version from site)` })

export const saveTerms = (db: Database, actor: Actor, version: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, accepted as (
      update accounts a set terms_version = ${version}, terms_accepted_at = now(), updated_at = now() from account
      where a.id = account.id and exists (select from site where terms_version = ${version}) returning a.id
    ), ${recordingEvent({ kind: 'terms_accepted', actor, subject: actor.id, details: { version } }, sql`accepted`)}
    select id from accepted`)

export const loadAddress = (db: Database, credential: Credential, email: string) =>
  loadFacts<AddressFacts>(db, credential, {
    mail: sql`(select mail_configured from site)`,
    taken: sql`exists (select from accounts where email = ${email} and id <> (select id from actor))`,
  })

/** If the site sends no mail, an address cannot be confirmed: it changes at once, and is unconfirmed. */
export const saveAddress = (db: Database, actor: Actor, email: string) =>
  db.first<{ id: string }>(sql`
    with ${whileSite(sql`not mail_configured`)}, ${ownAccount(actor, sql`settings`)}, changed as (
      update accounts a set email = ${email}, email_verified = false, address_proved_at = null, updated_at = now() from account, settings
      where a.id = account.id and a.email <> ${email} returning a.id
    ), ${recordingEvent({ kind: 'address_changed', actor, subject: actor.id }, sql`changed`)}
    select id from changed`)

export interface Confirmation {
  actor: Actor
  email: string
  link: OneTimeLink
}

/** Mails a link to the address, which may be a new one. The account does not change until the link is opened. */
export const saveConfirmationLink = (db: Database, { actor, email, link }: Confirmation, keys: Keys) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)},
    ${linking(link.identifier, sql`${email}::text`, validFor.confirmation, sql`account`)},
    ${mailing(
      {
        template: 'confirm_address',
        account: actor.id,
        address: email,
        details: linkDetails,
        secret: sealSecret(link.token, keys),
        // An address that is not the account's may belong to anyone: such mails do not count against its holder's own
        // limit.
        countedAs: email === actor.email ? 'confirm_address' : 'confirm_new_address',
      },
      sql`account`,
    )}
    select id from account`)

/** A link that was mailed to confirm an address, or an invitation that was mailed to it. */
export const loadLink = (db: Database, credential: Credential, identifier: string, proofHash: string) =>
  loadFacts<{ link: LinkFacts | null }>(db, credential, {
    link: one(sql`
      select v.account_id as "accountId", 'confirmation' as by, v.value as email,
        exists (select from accounts a where a.email = v.value and a.id <> v.account_id) as taken
      from verifications v where v.identifier = ${identifier} and v.expires_at > now()
      union all
      select case when i.mailed_to = actor.email then actor.id end, 'invitation', i.mailed_to, false
      from actor, invitations i where i.mail_proof = ${proofHash} and ${isPending}`),
  })

/**
 * A mailed link proves the address: the first proof ends the sign-in methods attached before, even if an operator had
 * vouched for it. Sessions continue: the person who opened the link is signed in, so all of them are theirs. Without a
 * password, the existing sign-in methods are the only ones, and were created by a provider that knew the address.
 */
const provedAt = (proved: Sql) => sql`case
  when a.address_proved_at is null and ${proved}
    and exists (select from credentials c where c.account_id = a.id and c.password is not null) then now()
  else a.address_proved_at end`

/** The secret of an invitation that was mailed to the address confirms it; it changes no address. */
export const saveProved = (db: Database, actor: Actor, proofHash: string) =>
  db.first<{ email: string }>(sql`
    with ${proving(proofHash, actor.email)}, ${ownAccount(actor, sql`proved`)}, confirmed as (
      update accounts a set email_verified = true, address_proved_at = ${provedAt(sql`true`)}, updated_at = now() from proved, account
      where a.id = account.id and a.email = ${actor.email} returning a.id, a.email, a.address_proved_at = now() as proved
    ), ${keeping(sql`s.account_id = confirmed.id and confirmed.proved`, sql`confirmed`)},
    ${recordingEvent({ kind: 'address_confirmed', actor, subject: actor.id }, sql`confirmed`)}
    select email from confirmed`)

/**
 * The address becomes, or stays, the account's, and is confirmed. If it is new, both addresses are notified, the old
 * one only if it was confirmed.
 */
export const saveConfirmed = (
  db: Database,
  actor: Actor,
  identifier: string,
  change: { from: string; to: string } | null,
) =>
  db.first<{ email: string }>(sql`
    with ${ownAccount(actor)}, ${claiming(identifier, sql`account`)}, confirmed as (
      update accounts a set email = link.email, email_verified = true, updated_at = now(),
        address_proved_at = ${provedAt(sql`(a.email = link.email or not a.email_verified)`)}
      from link, account
      where a.id = link.account_id and a.id = account.id
      returning a.id, a.email, a.address_proved_at = now() as proved, account.email as old_email, account.confirmed as old_confirmed
    ), told as (
      select id, old_email as address, old_confirmed as confirmed, old_email as "from", email as "to" from confirmed where old_email <> email
      union all select id, email, true, old_email, email from confirmed where old_email <> email
    ), ${keeping(sql`s.account_id = confirmed.id and confirmed.proved`, sql`confirmed`)}, ${recordingEvent({ kind: change ? 'address_changed' : 'address_confirmed', actor, subject: actor.id }, sql`confirmed`)},
    ${mailing({ template: 'address_changed', account: sql`id`, address: sql`address`, details: sql`jsonb_build_object('from', "from", 'to', "to")` }, sql`told`)}
    select email from confirmed`)

export const loadDeletion = (db: Database, credential: Credential) =>
  loadFacts<DeletionFacts>(db, credential, {
    soleAdmin: sql`coalesce((select o.admin_count = 1 and actor.admin from actor join organizations o on o.id = actor."organizationId"), false)`,
    otherOperators: sql`exists (select from accounts a, actor where a.operator and a.disabled_at is null and a.id <> actor.id)`,
  })

/**
 * The account's row stays, because events refer to it, but all personal data is removed: name, address and sign-in
 * methods. Locks the site's row first, so that the last two operators cannot delete their accounts concurrently, then
 * the organization, as for every end of a membership, and then everything else that comes before accounts in the lock
 * order. Each common table expression refers to the previous one, because PostgreSQL evaluates them lazily. If rows
 * were added concurrently, the statement is retried.
 */
export const saveDeletion = (db: Database, actor: Actor) =>
  db.first<{ sessions: string[] }>(sql`
    with lock as materialized (select single_row from site where ${actor.operator} for update),
    org as materialized (
      select id from organizations where id = ${actor.organizationId} and (select count(*) from lock) >= 0 for no key update
    ), bound as materialized (
      select id from invitations
      where (bound_email = ${actor.email} or mailed_to = ${actor.email}) and (select count(*) from org) >= 0
      order by id for no key update
    ), waiting as materialized (
      select id from acceptances
      where account_id = ${actor.id} and state = 'awaiting_approval' and (select count(*) from bound) >= 0
      order by id for no key update
    ), operators as materialized (
      select a.id from accounts a, lock
      where a.operator and a.disabled_at is null and (select count(*) from waiting) >= 0 order by a.id for no key update of a
    ), account as materialized (
      select a.id, a.email, a.email_verified as confirmed from accounts a
      where a.id = ${actor.id} and a.disabled_at is null and a.security_stamp = ${actor.securityStamp}::xid8
        and (select count(*) from waiting) >= 0 and (not a.operator or exists (select from operators where id <> a.id))
      for no key update of a
    ), ended as (
      update memberships m set ended_at = now(), ended_reason = 'account_deleted' from org, account
      where m.account_id = account.id and m.organization_id = org.id and m.ended_at is null
    ), withdrawn as (
      update acceptances set state = 'withdrawn', decided_at = now() where id in (select id from waiting) and exists (select from account)
    ), signed_in as materialized (select token from sessions where account_id = ${actor.id}),
    deleted as (
      update accounts a
      set email = 'deleted-' || a.id || '@invalid', email_verified = false, address_proved_at = null, first_name = 'Deleted',
        last_name = 'account', country = 'ZZ', image = null, operator = false, two_factor_enabled = false, terms_version = null,
        terms_accepted_at = null, disabled_at = now(), deleted_at = now(), updated_at = now()
      from account where a.id = account.id returning a.id, account.email, account.confirmed
    ), no_credentials as (delete from credentials where account_id in (select id from deleted)),
    no_passkeys as (delete from passkeys where account_id in (select id from deleted)),
    no_second_factor as (delete from two_factors where account_id in (select id from deleted)),
    no_notifications as (delete from notifications where account_id in (select id from deleted)),
    no_preferences as (delete from notification_preferences where account_id in (select id from deleted)),
    unbound as (
      update invitations
      set bound_email = case when bound_email = ${actor.email} then 'deleted-' || ${actor.id}::text || '@invalid' else bound_email end,
        mailed_to = nullif(mailed_to, ${actor.email}), mail_proof = case when mailed_to <> ${actor.email} then mail_proof end
      where id in (select id from bound) and exists (select from deleted)
    ), ${recordingEvent({ kind: 'account_deleted', actor, subject: actor.id, organization: actor.organizationId }, sql`deleted`)},
    ${mailing({ template: 'account_deleted', account: null, address: sql`email`, details: {} }, sql`deleted`)}
    select (select coalesce(array_agg(token), '{}') from signed_in) as sessions from deleted`)

const accountFields = fixed(named(accountExpressions))

type Export = AnswerOf<typeof exportOwnAccount>

export const loadExport = (db: Database, credential: Credential) =>
  loadFacts<{ [Part in keyof Export]: Export[Part] }>(db, credential, {
    account: one(sql`
      select ${accountFields}, a.two_factor_enabled as "secondFactor",
        case when a.terms_version is not null then json_build_object('version', a.terms_version, 'acceptedAt', a.terms_accepted_at) end as terms
      from accounts a join actor on a.id = actor.id`),
    memberships: many(sql`
      select o.name as organization, m.admin, m.started_at as since, m.ended_at as until
      from actor join memberships m on m.account_id = actor.id join organizations o on o.id = m.organization_id order by m.started_at`),
    acceptances: many(sql`
      select o.name as organization, x.state, x.at
      from actor join acceptances x on x.account_id = actor.id join organizations o on o.id = x.organization_id order by x.at`),
    roleRequests: many(sql`
      select o.name as organization, s.name as service, q.description, q.requested_at as at
      from actor join role_requests q on q.requested_by = actor.id
      join organizations o on o.id = q.organization_id join services s on s.id = q.service_id order by q.requested_at`),
    sessions: many(sql`
      select coalesce(s.user_agent, '') as browser, coalesce(s.ip_address, '') as address, s.created_at as "signedInAt", s.last_used_at as "lastUsedAt"
      from actor join sessions s on s.account_id = actor.id order by s.created_at`),
    tokens: many(sql`
      select t.name, o.name as organization, t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt",
        t.last_used_at as "lastUsedAt", t.ended_at as "endedAt"
      from actor join tokens t on t.account_id = actor.id left join organizations o on o.id = t.organization_id order by t.id`),
    passkeys: many(
      sql`select p.name, p.created_at as "addedAt" from actor join passkeys p on p.account_id = actor.id order by p.created_at`,
    ),
    events: many(sql`
      select e.id, e.kind, e.at, e.details from (
        select * from events where actor_id = (select id from actor)
        union all select * from events where subject_id = (select id from actor) and ${isAboutSomebodyElse(sql`events`)}
      ) e order by e.position desc limit 10000`),
  })

type MeAnswer = AnswerOf<typeof getMe>

interface Me extends Pick<MeAnswer, 'waiting' | 'unreadNotifications' | 'mail'> {
  account: MeAnswer['account'] | null
  organization: OrganizationRow | null
  rejected: OrganizationRow[]
}

export const loadMe = (db: Database, credential: Credential) =>
  loadFacts<Me>(db, credential, {
    account: one(sql`select ${accountFields} from accounts a join actor on a.id = actor.id`),
    organization: one(sql`select ${organizationColumns} where o.id = (select "organizationId" from actor)`),
    waiting: one(sql`
      select x.id as "acceptanceId", o.name as "organizationName", x.at as since, removed_at(x.organization_id, x.account_id) as "removedAt"
      from acceptances x join organizations o on o.id = x.organization_id join actor on x.account_id = actor.id
      where x.state = 'awaiting_approval'`),
    rejected: many(sql`
      select ${organizationColumns}
      where o.author_id = (select id from actor) and o.state = 'rejected'
      order by o.state_since desc limit 10`),
    unreadNotifications: unreadCount,
    mail: sql`(select mail_configured from site)`,
  })
