import type { Database } from '../../platform/db/database'
import { named, one, type Sql, sql } from '../../platform/db/sql'
import { isPending } from '../../platform/invitation-codes/pending'
import { recordingEvent } from '../events/recording'
import { notificationColumns, notificationJoins } from '../notifications/event-columns'
import type { NotificationContent } from '../notifications/schema'
import type { MailCancellation } from './cancellations'

/**
 * Saved at every start, for the statements and triggers that write mails. It is an event, because with mail people have to
 * confirm their addresses before they may use a service.
 */
export const saveMailConfigured = (db: Database, configured: boolean) =>
  db.rows(sql`
    with changed as (
      update site set mail_configured = ${configured} where mail_configured <> ${configured} returning 1
    ), ${recordingEvent({ kind: configured ? 'mail_switched_on' : 'mail_switched_off', actor: null }, sql`changed`)}
    select from changed`)

/** A mail that this process has claimed for a limited time. */
export interface ClaimedMail {
  id: string
  address: string
  template: string
  details: unknown
  /** Base64. */
  sealed: string | null
  attempts: number
  /** Null if the address is not confirmed: the name may belong to a person who does not own the address. */
  firstName: string | null
  /** Why the mail was given up instead of sent: its purpose has ended. */
  ended: MailCancellation | null
  notification: NotificationContent | null
}

/**
 * Why the mail `m` no longer has a purpose: a `MailCancellation`, or null. Links and invitations end, and a mail about an account
 * is for its current address. Two templates are exempt: a new address belongs to no account until its link is opened,
 * and the notice to the old address says that it is no longer the account's.
 */
export const ended: Sql = sql`case
  when (m.details->>'expiresAt')::timestamptz <= now() then 'link_expired'
  when m.details->>'linkId' is not null and not exists (
    select from verifications v where v.id = (m.details->>'linkId')::uuid) then 'link_ended'
  when m.details->>'invitationId' is not null and not exists (
    select from invitations i where i.id = (m.details->>'invitationId')::uuid and ${isPending}
  ) then 'invitation_ended'
  when m.template not in ('address_changed', 'confirm_address') and exists (
    select from accounts a where a.id = m.account_id and a.email <> m.address) then 'address_changed'
end`

/**
 * Claims mails that are due; mails whose purpose has ended are given up instead. Concurrent processes claim different
 * mails: rows locked by another process are skipped, and a process that read a row earlier checks it again under its
 * row lock. Mails of an account that has since been deleted are not sent. A claim expires automatically in case the
 * process ends; sending takes far less time.
 */
export const claimMails = (db: Database, most: number) =>
  db.rows<ClaimedMail>(sql`
    with due as materialized (
      select id from mails
      where sent_at is null and given_up_at is null and next_attempt_at <= now() and (claimed_until is null or claimed_until <= now())
        and not exists (select from accounts a where a.id = account_id and a.deleted_at is not null)
      order by next_attempt_at limit ${most} for update skip locked
    ), judged as materialized (
      select m.id, ${ended} as ended from due join mails m on m.id = due.id
    ), claimed as (
      update mails m
      set attempts = case when ended is null then m.attempts + 1 else m.attempts end,
        claimed_until = case when ended is null then now() + interval '10 minutes' end,
        given_up_at = case when ended is not null then now() end,
        cancelled = ended,
        secret_sealed = case when ended is null then m.secret_sealed end
      from judged where m.id = judged.id returning m.*, judged.ended
    )
    select c.id, c.address, c.template, c.details, encode(c.secret_sealed, 'base64') as sealed, c.attempts,
      case when a.email_verified then coalesce(nullif(a.first_name, ''), a.last_name) end as "firstName",
      c.ended,
      ${one(sql`select ${named(notificationColumns)} from events e ${notificationJoins} where e.id = (c.details->>'eventId')::uuid`)} as notification
    from claimed c left join accounts a on a.id = c.account_id`)

export const saveSent = (db: Database, id: string) =>
  db.rows(sql`
    update mails set sent_at = now(), given_up_at = null, cancelled = null, claimed_until = null, secret_sealed = null, last_error = null
    where id = ${id}`)

/** `minutes` until the next attempt, or null to give up. Does nothing if another process has since claimed the mail. */
export const saveFailure = (
  db: Database,
  { id, attempts }: Pick<ClaimedMail, 'id' | 'attempts'>,
  reason: string,
  minutes: number | null,
) =>
  db.rows(sql`
    update mails
    set claimed_until = null, last_error = ${reason}, next_attempt_at = now() + make_interval(mins => ${minutes ?? 0}::int),
      given_up_at = case when ${minutes}::int is null then now() end,
      secret_sealed = case when ${minutes}::int is not null then secret_sealed end
    where id = ${id} and attempts = ${attempts} and sent_at is null and given_up_at is null`)

/** Deletes old mails. Mails are kept for a while so that operators can see their outcome. */
export const deleteOldMails = (db: Database) =>
  db.rows(sql`
    delete from mails where sent_at < now() - interval '30 days' or given_up_at < now() - interval '90 days'
      or account_id in (select id from accounts where deleted_at is not null)`)
