import { v7 as uuid } from 'uuid'
import { nothing, Sql, sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import type { Counter } from '../../platform/limits/counters'
import { counting } from '../../platform/limits/counting'
import { mailPolicies } from '../../platform/limits/policies'
import { seal, unseal } from '../../platform/sealing'
import { type MailDetails, type TemplateName, toAnybody } from './templates'

/** The secret of a mail's link: encrypted for this one mail, and erased when the mail is sent or given up. */
export interface SealedSecret {
  mailId: string
  sealed: Buffer
}

export function sealSecret(secret: string, keys: Keys): SealedSecret {
  const mailId = uuid()
  return { mailId, sealed: seal(secret, mailId, keys.mailSealing) }
}

export function openSecret({ mailId, sealed }: SealedSecret, keys: Keys): string {
  return unseal(sealed, mailId, keys, 'mailSealing')
}

/**
 * A mail to be written with a change. The account, the address and the details may be values or columns of the change.
 */
export interface OutgoingMail<Name extends TemplateName = TemplateName> {
  template: Name
  /** The account of the address, if it has one: the mail greets its holder by name. */
  account: unknown
  address: unknown
  details: MailDetails[Name] | Sql
  secret?: SealedSecret
  /** The limit that the mail counts toward, if not the one of its template. */
  countedAs?: string
}

/**
 * The common table expression `mailed`, beside `announced`: writes the mail for each row of `change`. It writes none
 * without a change, if mail is not configured, or if this address has reached its limit. The rest of the statement is
 * not affected. People may register with an address that is not theirs. So a mail that reveals something about an
 * account is written only if the column `confirmed` of `change`, read from the account's locked row, says that the
 * address is confirmed. Statements that write invitations count them themselves.
 */
export function mailing<Name extends TemplateName>(
  { template, account, address, details, secret, countedAs = template }: OutgoingMail<Name>,
  change: Sql,
): Sql {
  const recipients = toAnybody.includes(template) ? change : sql`(select * from ${change} where confirmed) told`
  const counter = template === 'invitation' ? undefined : toRecipient(countedAs, address)
  return sql`
  ${counter ? sql`${countingMail([counter], recipients)}, ` : nothing}mailed as (
    insert into mails (id, account_id, address, template, details, secret_sealed)
    select ${secret ? sql`${secret.mailId}::uuid` : sql`gen_random_uuid()`}, ${account}::uuid, ${address}::text, ${template}::text,
      ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${secret?.sealed ?? null}::bytea
    from ${recipients} where (select mail_configured from site) ${counter ? sql`and (select passed from counted where key = ${counter.key})` : nothing}
  )`
}

/**
 * Counted per template: mails that strangers trigger do not use up the limit of mails that the holder requests or must
 * receive.
 */
export const toRecipient = (template: string, address: unknown): Counter => ({
  key: sql`'mail ' || ${template}::text || ' to ' || ${address}::text`,
  ...(template === 'address_in_use' ? mailPolicies.addressInUse : mailPolicies.perRecipient),
})
export const bySender = (account: unknown): Counter => ({
  key: sql`'invitation mails of ' || ${account}::text`,
  ...mailPolicies.perSender,
})

/** The common table expression `counted`: counts a mail for each row of `change`, unless mail is not configured. */
export const countingMail = (counters: Counter[], change: Sql): Sql =>
  counting(counters, sql`${change} where (select mail_configured from site)`)
