import { recordingEvent } from '../../messaging/events/recording'
import { mailing, sealSecret } from '../../messaging/mails/outbox'
import { type Actor, loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { linkDetails, linking, type OneTimeLink, validFor } from '../../platform/access/one-time-links'
import { operatorAndAccount } from '../../platform/access/operator'
import { searchedPerson } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { matches } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { nothing, one, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import { isPending, proving } from '../../platform/invitation-codes/pending'
import type { Keys } from '../../platform/keys'
import { whileSite } from '../site/unchanged'
import type { AccountFacts, RegistrationFacts } from './rules'
import type { listAccounts, registerAccount } from './schema'

type AccountItem = AnswerOf<typeof listAccounts>['items'][number]

/** An account in the form of its response. Alias: `a`. */
export const accountExpressions = {
  id: sql`a.id`,
  email: sql`a.email`,
  emailConfirmed: sql`a.email_verified`,
  firstName: sql`a.first_name`,
  lastName: sql`a.last_name`,
  country: sql`a.country`,
  operator: sql`a.operator`,
  createdAt: sql`a.created_at`,
}

const accountColumns = columns<AccountItem>({
  ...accountExpressions,
  disabledAt: sql`a.disabled_at`,
  secondFactor: sql`a.two_factor_enabled`,
  organization: sql`case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'admin', m.admin) end`,
})

export const loadAccounts = (
  db: Database,
  credential: Credential,
  { q, limit, cursor }: CheckedInputOf<typeof listAccounts>,
) => {
  const page = pageAfter(newestFirst(sql`a.created_at`, sql`a.id`), cursor, limit)
  return loadFacts<{ accounts: LoadedPage<AccountItem> }>(db, credential, {
    accounts: page.of(
      accountColumns,
      sql`
      from accounts a
      left join memberships m on m.account_id = a.id and m.ended_at is null
      left join organizations o on o.id = m.organization_id
      where a.deleted_at is null ${q ? sql`and ${matches(searchedPerson(sql`a`), q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

/** Confirms only the address that the operator saw. */
export const saveConfirmation = (db: Database, operator: Actor, accountId: string, email: string) =>
  db.first<{ id: string }>(sql`
    with ${operatorAndAccount(operator.id, accountId)}, confirmed as (
      update accounts a set email_verified = true, updated_at = now() from account
      where a.id = account.id and account.email = ${email} and not account.email_verified returning a.id
    ), ${recordingEvent({ kind: 'address_confirmed', actor: operator, subject: accountId }, sql`confirmed`)}
    select id from confirmed`)

/** The facts that a registration depends on. For a code, the only question is whether it could be accepted now. */
export const loadRegistration = (db: Database, email: string, codeHashes: Buffer[]) =>
  db.only<RegistrationFacts>(sql`
    select registration, registration_domains as "registrationDomains", terms_version as "termsVersion", mail_configured as mail,
      exists (select from accounts where email = ${email}) as taken,
      exists (
        select from invitations i join organizations o on o.id = i.organization_id
        where i.code_hash = any(${codeHashes}::bytea[]) and o.state = 'accepted'
          and ${isPending}
      ) as invited
    from site`)

/** `password` is its hash. */
interface Registration extends Omit<CheckedInputOf<typeof registerAccount>, 'code'> {
  id: string
  /** The digest of a mailed invitation's secret, or an empty string, which matches no invitation. */
  proofHash: string
  link: OneTimeLink
}

/**
 * Inserts the account with its password and, if the site sends mail, the link that confirms its address. Knowing the
 * secret of an invitation that was mailed to this address also confirms it. The insert applies only if the policy is
 * still the one that the decision was based on. If two people register one address concurrently, the second insert has
 * no effect.
 */
export const insertAccount = (db: Database, account: Registration, facts: RegistrationFacts, keys: Keys) =>
  db.first<{ id: string }>(sql`
    with ${whileSite(sql`
      registration = ${facts.registration} and registration_domains = ${facts.registrationDomains}::text[]
        and terms_version is not distinct from ${facts.termsVersion}`)},
    ${proving(account.proofHash, account.email)}, registered as (
      insert into accounts (id, email, email_verified, address_proved_at, first_name, last_name, country, terms_version, terms_accepted_at)
      select ${account.id}::uuid, ${account.email}, exists (select from proved), (select now() from proved), ${account.firstName},
        ${account.lastName}, ${account.country}, terms_version, case when terms_version is not null then now() end
      from settings
      on conflict (email) do nothing
      returning id, email, email_verified
    ), unconfirmed as (
      select id, email from registered where not email_verified
    ), credential as (
      insert into credentials (id, account_id, provider_id, provider_account_id, password)
      select gen_random_uuid(), id, 'credential', id::text, ${account.password} from registered
    ), ${linking(account.link.identifier, sql`email`, validFor.confirmation, sql`unconfirmed`)},
    ${mailing(
      {
        template: 'confirm_address',
        account: account.id,
        address: account.email,
        details: linkDetails,
        secret: sealSecret(account.link.token, keys),
      },
      sql`unconfirmed`,
    )}
    select id from registered`)

/** A person registers with an address that has an account, or changes theirs to it: only its holder is notified. */
export const mailAddressInUse = (db: Database, email: string) =>
  db.only<{ done: true }>(sql`
    with known as (select id from accounts where email = ${email} and disabled_at is null),
    ${mailing({ template: 'address_in_use', account: sql`id`, address: email, details: {} }, sql`known`)}
    select true as done`)

/** The account that an operator acts on. */
export const loadAccount = (db: Database, credential: Credential, accountId: string) =>
  loadFacts<{ account: AccountFacts | null }>(db, credential, {
    account: one(sql`
      select a.email, a.email_verified as confirmed, a.disabled_at is not null as disabled,
        coalesce(m.admin and o.admin_count = 1, false) as "soleAdmin"
      from accounts a
      left join memberships m on m.account_id = a.id and m.ended_at is null
      left join organizations o on o.id = m.organization_id
      where a.id = ${accountId} and a.deleted_at is null`),
  })

/**
 * Locks the site's row first, so that two operators who disable each other at once cannot both succeed; then the
 * organization, because the trigger revokes the admin privileges there; then both accounts.
 */
export const saveDisabling = (db: Database, operator: Actor, accountId: string, reason: string) =>
  db.first<{ sessions: string[] }>(sql`
    with lock as materialized (select single_row from site for update),
    org as materialized (
      select o.id from lock, organizations o join memberships m on m.organization_id = o.id
      where m.account_id = ${accountId} and m.ended_at is null for no key update of o
    ), locked as materialized (select single_row from lock where (select count(*) from org) >= 0),
    ${operatorAndAccount(operator.id, accountId, sql`locked`)}, signed_in as materialized (select token from sessions where account_id = ${accountId}),
    disabled as (
      update accounts a set disabled_at = now(), updated_at = now() from account
      where a.id = account.id and account.disabled_at is null returning a.id, a.email, a.email_verified as confirmed
    ), ${recordingEvent({ kind: 'account_disabled', actor: operator, subject: accountId, organization: sql`(select id from org)`, details: { reason } }, sql`disabled`)},
    ${mailing({ template: 'account_disabled', account: accountId, address: sql`email`, details: { reason } }, sql`disabled`)}
    select (select coalesce(array_agg(token), '{}') from signed_in) as sessions from disabled`)

/** Ends only the disabling that the operator saw: the account may have been disabled again, for another reason. */
export const saveEnabling = (
  db: Database,
  operator: Actor,
  { accountId, disabledAt }: { accountId: string; disabledAt: string },
) =>
  db.first<{ id: string }>(sql`
    with ${operatorAndAccount(operator.id, accountId)}, enabled as (
      update accounts a set disabled_at = null, updated_at = now() from account
      where a.id = account.id
        and date_trunc('milliseconds', account.disabled_at) = date_trunc('milliseconds', ${disabledAt}::timestamptz)
      returning a.id
    ), ${recordingEvent({ kind: 'account_enabled', actor: operator, subject: accountId }, sql`enabled`)}
    select id from enabled`)
