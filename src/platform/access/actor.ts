import type { Database } from '../db/database'
import { named, one, type Sql, sql } from '../db/sql'
import { sessionIsLive } from './live'
import type { RequiredAction } from './required-actions'

/** Who is calling, as the database knows it at this moment. */
export interface Actor {
  id: string
  email: string
  emailConfirmed: boolean
  operator: boolean
  /** False where they are in no organization. */
  admin: boolean
  membershipId: string | null
  organizationId: string | null
  organizationState: string | null
  sessionId: string
  /** The account's, when the session was looked up. What rests on it comes to nothing where it is another one by then. */
  securityStamp: string
  requiredActions: RequiredAction[]
  /** Whether they proved who they are within the last ten minutes. */
  fresh: boolean
  /** Whether it is more than a minute since the session's use was noted. */
  idle: boolean
}

/** Whether the site's policy wants a second factor of the account `a` with the membership `m`. A passkey is one; a provider has its own. */
const lacksSecondFactor: Sql = sql`(
  not a.two_factor_enabled and s.method not in ('passkey', 'provider') and case site.second_factor
    when 'all' then true when 'admins' then a.operator or coalesce(m.admin, false) when 'operators' then a.operator else false end)`

/** What the account `a` has to do first, with the session `s` and the membership `m`, by the policy of the `site`. */
export const requiredActionsOf: Sql = sql`array_remove(array[
  case when site.mail_configured and not a.email_verified then 'confirm_address' end,
  case when site.terms_version <> coalesce(a.terms_version, '') then 'accept_terms' end,
  case when ${lacksSecondFactor} then 'second_factor' end], null)`

const actorOf = (session: string): Sql => sql`
  actor as materialized (
    select a.id, a.email, a.email_verified as "emailConfirmed", a.operator,
      coalesce(m.admin, false) as admin, m.id as "membershipId",
      m.organization_id as "organizationId", o.state as "organizationState",
      s.id as "sessionId", a.security_stamp::text as "securityStamp", ${requiredActionsOf} as "requiredActions",
      s.authenticated_at > now() - interval '10 minutes' as fresh,
      s.last_used_at < now() - interval '1 minute' as idle
    from site, sessions s
    join accounts a on a.id = s.account_id
    left join memberships m on m.account_id = a.id and m.ended_at is null
    left join organizations o on o.id = m.organization_id
    where s.token = ${session} and ${sessionIsLive} and a.disabled_at is null
  )`

export type Loaded<Facts> = Facts & { actor: Actor | null }

/**
 * Loads the caller and the named facts in one statement, so that all of them are true at one moment. The facts
 * may refer to the caller as the table `actor`; `more` adds common table expressions of their own.
 */
export async function loadFacts<Facts>(
  db: Database,
  session: string,
  facts: { [Name in keyof Facts]: Sql },
  more: Sql = sql``,
): Promise<Loaded<Facts>> {
  const columns = named({ actor: one(sql`select * from actor`), ...facts })
  return db.loadOne(sql`with ${actorOf(session)}${more} select ${columns}`)
}

/**
 * The common table expression `account`: the caller's own, locked, if no change has ended sessions since the caller was
 * let in. What is saved after slow work, or changes how the account is reached, begins with it. It is locked after the
 * rows of `after`, another common table expression, where the statement locks some that come before accounts.
 */
export const ownAccount = (actor: Actor, after: Sql = sql`(select) nothing`): Sql => sql`
  account as materialized (
    select id, email, email_verified as confirmed from accounts
    where id = ${actor.id} and disabled_at is null and security_stamp = ${actor.securityStamp}::xid8
      and (select count(*) from ${after}) >= 0
    for no key update
  )`

/** The common table expression `kept`: sessions that go on where the statement changes the account's security stamp. */
export const keeping = (sessions: Sql, change: Sql, more: Sql = sql``): Sql => sql`
  kept as (
    update sessions s set security_stamp = pg_current_xact_id()${more} from ${change} where ${sessions}
  )`
