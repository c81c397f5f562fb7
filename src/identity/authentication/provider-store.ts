import { recordingEvent } from '../../messaging/events/recording'
import type { Stamped } from '../../platform/access/stamps'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'

/** Whether the holder of the account's address has proved it, and has not unlinked the provider. */
export const mayBeLinkedUnasked = async (db: Database, accountId: string): Promise<boolean> =>
  (
    await db.rows(sql`
      select from accounts where id = ${accountId} and address_proved_at is not null and provider_unlinked_at is null`)
  ).length > 0

/** The provider's claims about an account’s holder that are to be taken over; null where it sends no usable value. */
export interface ProviderProfile {
  names: { firstName: string; lastName: string } | null
  /** Verified by the provider. */
  email: string | null
}

/**
 * Takes over the claims, each difference with its event, guarded by the security stamp that was read: claims do not
 * count if the identity has been unlinked since. An address that another account has is left unchanged.
 */
export const saveProviderProfile = (db: Database, { id, securityStamp }: Stamped, { names, email }: ProviderProfile) =>
  db.rows(sql`
    with said as (
      select a.id, a.email as old_email, a.email_verified as old_verified, a.first_name as old_first, a.last_name as old_last,
        coalesce(${names?.firstName ?? null}, a.first_name) as first_name,
        coalesce(${names?.lastName ?? null}, a.last_name) as last_name,
        case when exists (select from accounts b where b.email = ${email} and b.id <> a.id) then a.email
          else coalesce(${email}, a.email) end as email
      from accounts a where a.id = ${id} and a.disabled_at is null and a.security_stamp = ${securityStamp}::xid8 for no key update
    ), changed as (
      update accounts a set first_name = said.first_name, last_name = said.last_name, email = said.email,
        email_verified = a.email_verified or coalesce(said.email = ${email}::text, false), updated_at = now()
      from said
      where a.id = said.id and (a.first_name, a.last_name, a.email, a.email_verified)
        is distinct from (said.first_name, said.last_name, said.email, a.email_verified or coalesce(said.email = ${email}::text, false))
      returning a.id, a.email, a.email_verified, old_email, old_verified,
        (a.first_name, a.last_name) is distinct from (old_first, old_last) as renamed
    ), ${recordingEvent(
      { kind: sql`kind`, actor: { id: sql`id`, tokenId: null }, subject: sql`id` },
      sql`changed, unnest(array_remove(array[
        case when renamed then 'account_updated' end,
        case when email <> old_email then 'address_changed' when email_verified <> old_verified then 'address_confirmed' end
      ], null)) as kind`,
    )}
    select id from changed`)
