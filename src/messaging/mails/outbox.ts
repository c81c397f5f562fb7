import { v7 as uuid } from 'uuid'
import { nothing, Sql, sql } from '../../platform/db/sql'
import { everyKey, type Keys } from '../../platform/keys'
import { seal, unsealAny } from '../../platform/sealing'
import { mailLimits } from './rules'
import { type MailDetails, type TemplateName, toAnybody } from './templates'

/** The secret of a mail's link: encrypted for this one mail, and erased when it is sent or given up. */
export interface SealedSecret {
  mailId: string
  sealed: Buffer
}

export function sealSecret(secret: string, keys: Keys): SealedSecret {
  const mailId = uuid()
  return { mailId, sealed: seal(secret, mailId, keys.mailSealing) }
}

export function openSecret({ mailId, sealed }: SealedSecret, keys: Keys): string {
  return unsealAny(
    sealed,
    mailId,
    everyKey(keys).map(({ mailSealing }) => mailSealing),
  )
}

/** A mail to be written with a change. The account, the address and the details may be values or columns of the change. */
export interface OutgoingMail<Name extends TemplateName = TemplateName> {
  template: Name
  /** Whose it is, where the address has an account: they are greeted by name. */
  account: unknown
  address: unknown
  details: MailDetails[Name] | Sql
  secret?: SealedSecret
  /** With which mails to this address it is counted, where not with all of its template. */
  countedAs?: string
}

/**
 * The common table expression `mailed`, beside `announced`: writes the mail for each row of `change`. No change, no
 * mail; and none where no mail is configured, or where this address had enough of these. What else the statement does
 * goes on. Somebody may have registered with an address that is not theirs, so what tells of an account is written only
 * where `change` says by its column `confirmed`, of the account's locked row, that the address is. Invitations are
 * counted by who writes them.
 */
export function mailing<Name extends TemplateName>(
  { template, account, address, details, secret, countedAs = template }: OutgoingMail<Name>,
  change: Sql,
): Sql {
  const told = toAnybody.includes(template) ? change : sql`(select * from ${change} where confirmed) told`
  const limit = template === 'invitation' ? undefined : recipient(countedAs, address)
  return sql`
  ${limit ? sql`${permitting([limit], told)}, ` : nothing}mailed as (
    insert into mails (id, account_id, address, template, details, secret_sealed)
    select ${secret ? sql`${secret.mailId}::uuid` : sql`gen_random_uuid()`}, ${account}::uuid, ${address}::text, ${template}::text,
      ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${secret?.sealed ?? null}::bytea
    from ${told} where (select mail_configured from site) ${limit ? sql`and exists (select from permitted p where p.key = ${limit.key})` : nothing}
  )`
}

export interface MailLimit {
  key: Sql
  most: number
}
/** Of each template by itself: what strangers set off uses up nothing of what the holder asks for or has to know. */
export const recipient = (template: string, address: unknown): MailLimit => ({
  key: sql`'to:' || ${template}::text || ' ' || ${address}::text`,
  most: template === 'address_in_use' ? mailLimits.knocks : mailLimits.perRecipient,
})
export const sender = (account: unknown): MailLimit => ({
  key: sql`'from:' || ${account}::text`,
  most: mailLimits.perSender,
})

/** Whether one of these limits is reached: said before, so that a refusal can say why. */
export const isFlood = (limits: MailLimit[]): Sql => {
  const reached = limits.map(({ key, most }) => sql`(key = ${key} and mails >= ${most}::int)`)
  return sql`exists (
    select from mail_counts where since >= now() - interval '1 hour' and (${reached.reduce((all, one) => sql`${all} or ${one}`)}))`
}

/**
 * The common table expression `permitted`, which counts one more mail and has a row per limit that is not reached.
 * The count is on the row that is updated, so a hundred requests at once are counted one by one.
 */
export function permitting(limits: MailLimit[], change: Sql): Sql {
  const keys = limits.map(({ key, most }) => sql`select ${key} as key, ${most}::int as most from ${change}`)
  const wanted = keys.reduce((all, one) => sql`${all} union all ${one}`)
  return sql`
  wanted_mails as materialized (${wanted}), permitted as (
    insert into mail_counts as c (key) select key from wanted_mails where (select mail_configured from site) order by key
    on conflict (key) do update
    set mails = case when c.since < now() - interval '1 hour' then 1 else c.mails + 1 end,
      since = case when c.since < now() - interval '1 hour' then now() else c.since end
    where c.since < now() - interval '1 hour' or c.mails < (select most from wanted_mails w where w.key = c.key)
    returning key
  )`
}
