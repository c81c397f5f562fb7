import { v7 as uuid } from 'uuid'
import { nothing, Sql, sql } from '../../platform/db/sql'
import { everyKey, type Keys } from '../../platform/keys'
import type { Counter } from '../../platform/limits/counters'
import { counting } from '../../platform/limits/counting'
import { mailPolicies } from '../../platform/limits/policies'
import { seal, unsealAny } from '../../platform/sealing'
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
  const counter = template === 'invitation' ? undefined : toRecipient(countedAs, address)
  return sql`
  ${counter ? sql`${countingMail([counter], told)}, ` : nothing}mailed as (
    insert into mails (id, account_id, address, template, details, secret_sealed)
    select ${secret ? sql`${secret.mailId}::uuid` : sql`gen_random_uuid()`}, ${account}::uuid, ${address}::text, ${template}::text,
      ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${secret?.sealed ?? null}::bytea
    from ${told} where (select mail_configured from site) ${counter ? sql`and (select passed from counted where key = ${counter.key})` : nothing}
  )`
}

/** Of each template separately: what strangers set off uses up nothing of what the holder asks for or has to know. */
export const toRecipient = (template: string, address: unknown): Counter => ({
  key: sql`'mail ' || ${template}::text || ' to ' || ${address}::text`,
  ...(template === 'address_in_use' ? mailPolicies.addressInUse : mailPolicies.perRecipient),
})
export const bySender = (account: unknown): Counter => ({
  key: sql`'invitation mails of ' || ${account}::text`,
  ...mailPolicies.perSender,
})

/** Counts a mail for each row of `change`, unless the site sends none: the common table expression `counted`. */
export const countingMail = (counters: Counter[], change: Sql): Sql =>
  counting(counters, sql`${change} where (select mail_configured from site)`)
