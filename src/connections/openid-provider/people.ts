import { loadFacts } from '../../platform/access/actor'
import { ofSession } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { one, type Sql, sql } from '../../platform/db/sql'
import { fullName } from '../../platform/input/names'
import type { Limit } from '../../roles/services/schema'
import { holdings, usableNow } from '../holdings/store'
import { maySignIn } from './records'

/** A person who is signed in to the portal. */
export interface PortalSession {
  id: string
  accountId: string
  /** When they last authenticated, in seconds. */
  authenticatedAt: number
  method: keyof typeof methods
}

/** How they did, as RFC 8176 names it. */
const methods = {
  password: ['pwd'],
  second_factor: ['pwd', 'otp', 'mfa'],
  passkey: ['pop', 'user'],
  provider: [],
} satisfies Record<string, string[]>

export const amrOf = ({ method }: PortalSession): string[] => methods[method]

interface Found {
  session: { authenticatedAt: number; method: PortalSession['method'] } | null
}

/** Null if no one is signed in, or something is required of them first. */
export async function findPortalSession(db: Database, digest: string): Promise<PortalSession | null> {
  if (!digest) return null
  const { actor, session } = await loadFacts<Found>(db, ofSession(digest), {
    session: one(sql`
      select extract(epoch from authenticated_at)::float8 as "authenticatedAt", method from sessions where id = (select "sessionId" from actor)`),
  })
  if (!actor?.sessionId || !session || actor.requiredActions.length > 0) return null
  return { ...session, id: actor.sessionId, accountId: actor.id }
}

/** What an application may learn about a person now. */
export interface PersonForClient {
  firstName: string
  lastName: string
  email: string
  emailConfirmed: boolean
  organization: { id: string; name: string; admin: boolean } | null
  access: string | null
  quota: { key: string; limits: Limit[] } | null
  /** What the client may ask for now: it may have been more when a token was issued. */
  scopes: (keyof typeof claimsOfScopes)[]
}

const held = (account: Sql, client: Sql): Sql => sql`
  select access.key as access, json_build_object('key', quota.key, 'limits', v.limits) as quota
  from (
    select coalesce(xa.role_id, da.role_id) as access_role, coalesce(xq.role_id, dq.role_id) as quota_role
    ${holdings(sql`s.id = (select c.service_id from openid_clients c where c.id = ${client}) and a.id = ${account} and ${usableNow}`)}
  ) h
  join roles access on access.id = h.access_role
  join roles quota on quota.id = h.quota_role join role_versions v on v.role_id = h.quota_role and v.valid_until is null`

/** Undefined if they may not sign in at this client now. */
export function findPerson(db: Database, accountId: string, clientId: string): Promise<PersonForClient | undefined> {
  const [account, client] = [sql`${accountId}::uuid`, sql`${clientId}::uuid`]
  return db.first<PersonForClient>(sql`
    select p.first_name as "firstName", p.last_name as "lastName", p.email, p.email_verified as "emailConfirmed",
      case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'admin', m.admin) end as organization, held.access, held.quota,
      (select c.scopes from openid_clients c where c.id = ${client}) as scopes
    from accounts p left join memberships m on m.account_id = p.id and m.ended_at is null
    left join organizations o on o.id = m.organization_id and o.state = 'accepted'
    left join lateral (${held(account, client)}) held on true
    where p.id = ${account} and ${maySignIn(account, client)}`)
}

/**
 * The claims of a scope are sent if the client may ask for it. Those about access are for the userinfo endpoint alone: an ID
 * token goes on saying what was true when it was issued.
 */
export const claimsOfScopes = {
  profile: ['name', 'given_name', 'family_name'],
  email: ['email', 'email_verified'],
  organization: ['organization'],
  access: ['access_role', 'quota_role', 'quota', 'groups'],
} satisfies Record<string, string[]>

export function claimsOf(id: string, person: PersonForClient, use: string): { sub: string; [claim: string]: unknown } {
  const { organization, access, quota, scopes } = person
  const roles = [access, quota?.key].filter((key) => key !== undefined && key !== null)
  const all: Record<string, unknown> = {
    name: fullName(person),
    given_name: person.firstName,
    family_name: person.lastName,
    email: person.email,
    email_verified: person.emailConfirmed,
    ...(use === 'id_token'
      ? {}
      : {
          organization,
          access_role: access,
          quota_role: quota?.key ?? null,
          quota: quota?.limits ?? null,
          groups: roles.map((role) => `${organization?.id ?? 'default'}:${role}`),
        }),
  }
  const allowed = scopes.flatMap((scope): string[] => claimsOfScopes[scope])
  return { sub: id, ...Object.fromEntries(Object.entries(all).filter(([claim]) => allowed.includes(claim))) }
}
