import { type Actor, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { recordingEvent } from '../events/recording'
import { notificationColumns, notificationJoins } from './event-columns'
import { notificationRules } from './rules'
import { type listNotifications, mostUnread, type NotificationItem, type NotificationPreferences } from './schema'

/** The caller's number of unread notifications. Counting stops at the limit that the portal shows. */
export const unreadCount: Sql = sql`(
  select count(*)::int from (
    select from notifications n where n.account_id = (select id from actor) and n.read_at is null limit ${mostUnread}::int) unread)`

const itemColumns = columns<NotificationItem>({
  id: sql`n.id`,
  at: sql`n.at`,
  read: sql`n.read_at is not null`,
  ...notificationColumns,
})

export const loadNotifications = (
  db: Database,
  credential: Credential,
  { limit, cursor }: CheckedInputOf<typeof listNotifications>,
) => {
  const page = pageAfter(newestFirst(sql`n.at`, sql`n.id`), cursor, limit)
  return loadFacts<{ unread: number; notifications: LoadedPage<NotificationItem> }>(db, credential, {
    unread: unreadCount,
    notifications: page.of(
      itemColumns,
      sql`
      from notifications n join events e on e.id = n.event_id ${notificationJoins}
      where n.account_id = (select id from actor) ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

/** Makes `notification_rules` match the rules; writes nothing if it already does. */
export const fillNotificationRules = (): Sql => {
  const rules = Object.entries(notificationRules).map(([kind, { notifies, mailGroup }]) => ({
    kind,
    recipients: notifies,
    mail_group: mailGroup,
  }))
  return sql`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) r (kind text, recipients text[], mail_group text)
    ), gone as (
      delete from notification_rules where kind not in (select kind from wanted)
    )
    insert into notification_rules as r select * from wanted
    on conflict (kind) do update set recipients = excluded.recipients, mail_group = excluded.mail_group
    where (r.recipients, r.mail_group) is distinct from (excluded.recipients, excluded.mail_group)`
}

/** Reading is of no interest to others, so it records no event. */
export const saveReadUntil = (db: Database, actor: Actor, until: string) =>
  db.rows(sql`
    update notifications set read_at = now() where account_id = ${actor.id} and read_at is null and at <= ${until}::timestamptz`)

export const saveRead = (db: Database, actor: Actor, notificationId: string) =>
  db.rows(sql`
    update notifications set read_at = now() where id = ${notificationId} and account_id = ${actor.id} and read_at is null`)

export const loadPreferences = (db: Database, credential: Credential) =>
  loadFacts<{ preferences: NotificationPreferences | null }>(db, credential, {
    preferences: one(sql`
      select p.organization, p.members, p.roles, p.programs from notification_preferences p join actor on actor.id = p.account_id`),
  })

export const savePreferences = (
  db: Database,
  actor: Actor,
  { organization, members, roles, programs }: NotificationPreferences,
) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, saved as (
      insert into notification_preferences (account_id, organization, members, roles, programs)
      select id, ${organization}::boolean, ${members}::boolean, ${roles}::boolean, ${programs}::boolean from account
      on conflict (account_id) do update
      set organization = excluded.organization, members = excluded.members, roles = excluded.roles,
        programs = excluded.programs
      returning account_id as id
    ), ${recordingEvent(
      {
        kind: 'notice_preferences_set',
        actor,
        subject: actor.id,
        details: { organization, members, roles, programs },
      },
      sql`saved`,
    )}
    select id from saved`)
