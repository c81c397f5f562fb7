import type { Database } from '../db/database'
import { many, one, sql } from '../db/sql'
import { announcing } from '../events/announce'
import type { AnswerOf } from '../http/endpoint'
import { unreadCount } from '../notices/store'
import { type OrganizationRow, organizationColumns } from '../organizations/store'
import { type Actor, loadFacts } from './actor'
import { isLive } from './live'
import type { getMe, Session } from './schema'

type MeAnswer = AnswerOf<typeof getMe>
interface Me {
  account: MeAnswer['account'] | null
  organization: OrganizationRow | null
  waiting: MeAnswer['waiting']
  rejected: OrganizationRow[]
  unreadNotices: number
  mail: boolean
}

export const loadMe = (db: Database, session: string) =>
  loadFacts<Me>(db, session, {
    account: one(sql`
      select a.id, a.email, a.email_verified as "emailConfirmed", a.first_name as "firstName",
        a.last_name as "lastName", a.country, a.operator, a.created_at as "createdAt"
      from accounts a join actor on a.id = actor.id`),
    organization: one(sql`select ${organizationColumns} where o.id = (select "organizationId" from actor)`),
    waiting: one(sql`
      select x.id as "acceptanceId", o.name as "organizationName", x.at as since
      from acceptances x join organizations o on o.id = x.organization_id join actor on x.account_id = actor.id
      where x.state = 'awaiting_approval'`),
    rejected: many(sql`
      select ${organizationColumns}
      where o.author_id = (select id from actor) and o.state = 'rejected'
      order by o.state_since desc limit 10`),
    unreadNotices: unreadCount,
    mail: sql`(select mail_configured from site)`,
  })

/** Notes that sessions were used. They are locked in one order, since other processes note them too. */
export const saveUses = (db: Database, sessionIds: string[]) =>
  db.rows(sql`
    update sessions set last_used_at = now() where id in (
      select id from sessions where id = any(${sessionIds}::uuid[]) and last_used_at < now() - interval '1 minute' order by id for no key update)`)

export const loadSessions = (db: Database, session: string) =>
  loadFacts<{ sessions: Session[] }>(db, session, {
    sessions: many(sql`
      select s.id, s.id = actor."sessionId" as current, s.method, coalesce(s.user_agent, '') as browser,
        coalesce(s.ip_address, '') as address, s.created_at as "signedInAt", s.last_used_at as "lastUsedAt"
      from site, actor join sessions s on s.account_id = actor.id
      where ${isLive} order by s.last_used_at desc, s.id limit 100`),
  })

/** Ends sessions of an account: the one named, or all but the one named. */
export const saveEnd = (db: Database, actor: Actor, which: { only: string } | { allBut: string }) =>
  db.first<{ ended: string[] }>(sql`
    with ended as (
      delete from sessions
      where account_id = ${actor.id} and ${'only' in which ? sql`id = ${which.only}` : sql`id <> ${which.allBut}`}
      returning id, token
    ), change as (select 1 from ended limit 1),
    ${announcing({ kind: 'sessions_ended', actor: actor.id, subject: actor.id }, sql`change`)}
    select coalesce(array_agg(token), '{}') as ended from ended`)

/** The hash of the account's password; null where it has none. */
export const findPassword = async (db: Database, accountId: string): Promise<string | null> =>
  (
    await db.first<{ password: string }>(
      sql`select password from credentials where account_id = ${accountId} and provider_id = 'credential'`,
    )
  )?.password ?? null

export const saveAuthentication = (db: Database, sessionId: string) =>
  db.first<{ id: string }>(sql`update sessions set authenticated_at = now() where id = ${sessionId} returning id`)
/** When the last of the sessions there are ends. */
export const lastSessionEnds = (db: Database) =>
  db.only<{ ends: Date | null }>(sql`select max(expires_at) as ends from sessions where expires_at > now()`)
