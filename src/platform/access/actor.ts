import type { Database } from '../db/database'
import { named, one, type Sql, sql } from '../db/sql'
import type { Credential } from './credential'
import type { OrganizationState } from './organization-state'
import type { RequiredAction } from './required-actions'
import type { Scope } from './scopes'
import { sessionIsLive } from './session-liveness'

/** The caller, as the database knows them at this moment. */
export interface Actor {
  id: string
  email: string
  emailConfirmed: boolean
  operator: boolean
  /** False if they are in no organization. */
  admin: boolean
  membershipId: string | null
  organizationId: string | null
  organizationState: OrganizationState | null
  /** Null for a program. */
  sessionId: string | null
  /** The token that the caller presented; null for a person. */
  token: ActingToken | null
  /**
   * The account's stamp when the session was loaded. A save that depends on it does nothing if the stamp has changed.
   */
  securityStamp: string
  requiredActions: RequiredAction[]
  /** Whether they authenticated within the last ten minutes. Never true for a program. */
  fresh: boolean
  /** Whether the last recorded use of the session or token is more than a minute ago. */
  idle: boolean
}

/** A token in use. */
export interface ActingToken {
  id: string
  scopes: Scope[]
  /** Whether it belongs to the organization, not to its maker. */
  ofOrganization: boolean
}

/**
 * Whether the account `a` with the membership `m` lacks a second factor that the site's policy requires. A passkey
 * counts as one; a provider has its own.
 */
const lacksSecondFactor: Sql = sql`(
  not a.two_factor_enabled and s.method not in ('passkey', 'provider') and case site.second_factor
    when 'all' then true when 'admins' then a.operator or coalesce(m.admin, false) when 'operators' then a.operator else false end)`

/** The required actions of the account `a` with the session `s` and the membership `m`, by the policy of the `site`. */
export const requiredActionsOf: Sql = sql`array_remove(array[
  case when site.mail_configured and not a.email_verified then 'confirm_address' end,
  case when site.terms_version <> coalesce(a.terms_version, '') then 'accept_terms' end,
  case when ${lacksSecondFactor} then 'second_factor' end], null)`

/** The caller, by the session or the token (`s` in either case) that they presented. */
const actorOf = ({ kind, digest }: Credential): Sql => (kind === 'session' ? bySession(digest) : byToken(digest))

const bySession = (digest: string): Sql => sql`
  actor as materialized (
    select a.id, a.email, a.email_verified as "emailConfirmed", a.operator,
      coalesce(m.admin, false) as admin, m.id as "membershipId",
      m.organization_id as "organizationId", o.state as "organizationState",
      s.id as "sessionId", null::json as token, a.security_stamp::text as "securityStamp", ${requiredActionsOf} as "requiredActions",
      s.authenticated_at > now() - interval '10 minutes' as fresh,
      s.last_used_at < now() - interval '1 minute' as idle
    from site, sessions s
    join accounts a on a.id = s.account_id
    left join memberships m on m.account_id = a.id and m.ended_at is null
    left join organizations o on o.id = m.organization_id
    where s.token = ${digest} and ${sessionIsLive} and a.disabled_at is null
  )`

/** A trigger ends the tokens of an account or membership that ends. The conditions on both have the last word. */
const byToken = (digest: string): Sql => sql`
  actor as materialized (
    select a.id, a.email, a.email_verified as "emailConfirmed", a.operator and s.organization_id is null as operator,
      coalesce(m.admin, false) as admin, m.id as "membershipId",
      m.organization_id as "organizationId", o.state as "organizationState", null::uuid as "sessionId",
      json_build_object('id', s.id, 'scopes', s.scopes, 'ofOrganization', s.organization_id is not null) as token,
      a.security_stamp::text as "securityStamp", ${requiredActionsOf} as "requiredActions",
      false as fresh, coalesce(s.last_used_at < now() - interval '1 minute', true) as idle
    from site, tokens s
    join accounts a on a.id = s.account_id
    left join memberships m on m.account_id = a.id and m.ended_at is null
    left join organizations o on o.id = m.organization_id
    where s.hash = ${digest} and s.ended_at is null and s.expires_at > now() and a.disabled_at is null
      and (s.membership_id is null or s.membership_id = m.id)
      and (s.organization_id is null or m.admin and o.state = 'accepted')
  )`

export type Loaded<Facts> = Facts & { actor: Actor | null }

/**
 * Loads the caller and the named facts in one statement, so that all of them come from one snapshot. The facts may
 * refer to the caller as the table `actor`; `more` adds their own common table expressions.
 */
export async function loadFacts<Facts>(
  db: Database,
  credential: Credential,
  facts: { [Name in keyof Facts]: Sql },
  more: Sql = sql``,
): Promise<Loaded<Facts>> {
  const columns = named({ actor: one(sql`select * from actor`), ...facts })
  return db.loadBatched(sql`with ${actorOf(credential)}${more} select ${columns}`)
}

/**
 * The common table expression `account`: the caller's own account under a row lock, if no change has ended its sessions
 * since the caller was admitted. Saves that follow slow work, or that change how the account is reached, begin with it.
 * If the statement locks rows that come before accounts in the lock order, `after` is the common table expression that
 * locks them.
 */
export const ownAccount = (actor: Actor, after: Sql = sql`(select) nothing`): Sql => sql`
  account as materialized (
    select id, email, email_verified as confirmed from accounts
    where id = ${actor.id} and disabled_at is null and security_stamp = ${actor.securityStamp}::xid8
      and (select count(*) from ${after}) >= 0
    for no key update
  )`

/**
 * The common table expression `kept`: the sessions that survive when the statement changes the account's security
 * stamp.
 */
export const keeping = (sessions: Sql, change: Sql, more: Sql = sql``): Sql => sql`
  kept as (
    update sessions s set security_stamp = pg_current_xact_id()${more} from ${change} where ${sessions}
  )`
