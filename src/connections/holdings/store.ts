import { type Sql, sql } from '../../platform/db/sql'
import type { Limit } from '../../roles/services/schema'

/** What an account holds on one service: the form in which services and connected systems learn it. */
export interface Holding {
  accountId: string
  organization: { id: string; name: string } | null
  /** Whether the person may use the service: an access role and a quota role, and nothing that the site requires first. */
  usable: boolean
  access: { key: string; name: string; until: string | null } | null
  quota: { key: string; name: string; until: string | null; limits: Limit[] } | null
}

const held = (from: Sql, until: Sql, at: Sql): Sql => sql`${from} <= ${at} and (${until} is null or ${until} > ${at})`

/**
 * Now. In a transaction, `now()` is when it began: after it has waited for a lock, an end date may have passed since.
 */
export const atThisStatement: Sql = sql`statement_timestamp()`

/** Which rows count at a moment. The present has conditions of its own, since indexes know what has not ended. */
interface Conditions {
  active: Sql
  member: Sql
  accepted: Sql
  assigned(alias: Sql): Sql
  isDefault(alias: Sql): Sql
  current: Sql
}

const present: Conditions = {
  active: sql`a.disabled_at is null`,
  member: sql`m.ended_at is null`,
  accepted: sql`o.state = 'accepted'`,
  assigned: (x) => sql`${x}.ended_at is null and (${x}.expires_at is null or ${x}.expires_at > ${atThisStatement})`,
  isDefault: (d) => sql`${d}.is_default and ${d}.valid_until is null`,
  current: sql`v.valid_until is null`,
}

const past = (at: Sql): Conditions => ({
  active: sql`
    a.created_at <= ${at} and not exists (
      select from account_disablings d where d.account_id = a.id and ${held(sql`d.disabled_at`, sql`d.enabled_at`, at)})`,
  member: held(sql`m.started_at`, sql`m.ended_at`, at),
  accepted: sql`exists (
    select from organization_periods p where p.organization_id = o.id and ${held(sql`p.accepted_from`, sql`p.accepted_until`, at)})`,
  assigned: (x) =>
    sql`${held(sql`${x}.started_at`, sql`${x}.ended_at`, at)} and (${x}.expires_at is null or ${x}.expires_at > ${at})`,
  isDefault: (d) => sql`${d}.is_default and ${held(sql`${d}.valid_from`, sql`${d}.valid_until`, at)}`,
  current: held(sql`v.valid_from`, sql`v.valid_until`, at),
})

export const conditions = (at: Sql | undefined): Conditions => (at ? past(at) : present)

/**
 * Whether the site requires nothing more of the account `a` with the membership `m`. The same as the required actions of
 * a session, but a second factor counts whichever way the person signs in.
 */
export const ready: Sql = sql`(
  (a.email_verified or not site.mail_configured)
  and (site.terms_version is null or site.terms_version = coalesce(a.terms_version, ''))
  and (
    case site.second_factor
      when 'all' then false when 'admins' then not (a.operator or coalesce(m.admin, false)) when 'operators' then not a.operator
      else true end
    or a.two_factor_enabled
    or exists (select from passkeys k where k.account_id = a.id)
    or exists (select from credentials c where c.account_id = a.id and c.provider_id <> 'credential')))`

/** The role of one kind: the organization's, or else the default. Aliases: `xa`, `da` for access, `xq`, `dq` for quota. */
const joinRole = (kind: 'access' | 'quota', { assigned, isDefault }: Conditions): Sql => {
  const [x, d] = kind === 'access' ? [sql`xa`, sql`da`] : [sql`xq`, sql`dq`]
  return sql`
    left join role_assignments ${x} on ${x}.organization_id = o.id and ${x}.service_id = s.id and ${x}.kind = ${kind} and ${assigned(x)}
    left join role_versions ${d} on ${d}.service_id = s.id and ${d}.kind = ${kind} and ${isDefault(d)}`
}

/**
 * From and where clauses for the holdings of accounts (`a`) on services (`s`) now, or at a moment: a row for each pair
 * with at least one role. `m` is the membership and `o` its accepted organization, if there is one. This says the same
 * as the entitlements of people (roles/entitlements), row by row instead of with reasons; a test compares the two.
 */
export function holdings(where: Sql, at?: Sql): Sql {
  const then = conditions(at)
  return sql`
    from site, services s
    join accounts a on ${then.active}
    left join memberships m on m.account_id = a.id and ${then.member}
    left join organizations o on o.id = m.organization_id and ${then.accepted}
    ${joinRole('access', then)}
    ${joinRole('quota', then)}
    where coalesce(xa.role_id, da.role_id, xq.role_id, dq.role_id) is not null and ${where}`
}

export const heldRoleJson = (role: Sql, until: Sql, limits: Sql, at: Sql | undefined): Sql => sql`(
  select json_build_object('key', r.key, 'name', v.name, 'until', ${until}${limits})
  from roles r join role_versions v on v.role_id = r.id and ${conditions(at).current} where r.id = ${role})`

/** Whether a row of `holdings` has an access role and a quota role. */
export const bothRoles: Sql = sql`coalesce(xa.role_id, da.role_id) is not null and coalesce(xq.role_id, dq.role_id) is not null`

/** Whether the person of a row of `holdings` may use the service now. */
export const usableNow: Sql = sql`(${bothRoles} and ${ready})`

/** When the first of its two roles ends; null if neither has an end date. */
export const nextEnd: Sql = sql`least(xa.expires_at, xq.expires_at)`

/** The columns of a `Holding`. Whether something is required of the person is known of the present only. */
export const holdingColumns = (at?: Sql): Sql => sql`
  a.id as "accountId",
  case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end as organization,
  ${at ? bothRoles : usableNow} as usable,
  ${heldRoleJson(sql`coalesce(xa.role_id, da.role_id)`, sql`xa.expires_at`, sql``, at)} as access,
  ${heldRoleJson(sql`coalesce(xq.role_id, dq.role_id)`, sql`xq.expires_at`, sql`, 'limits', v.limits`, at)} as quota`
