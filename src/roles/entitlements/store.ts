import { loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { personColumns, personOf } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { many, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import type { Entitlement, listMemberEntitlements } from './schema'

/** Whether a period with a beginning and an optional end contains the moment. */
const held = (from: Sql, until: Sql, at: Sql): Sql => sql`(${from} <= ${at} and (${until} is null or ${until} > ${at}))`

/**
 * Since when the role of `v` is a default: the beginning of the unbroken run of versions in which it is. Other changes
 * of a role, such as of its description, begin a version too, and must not restart the default.
 */
const defaultSince: Sql = sql`(
  select min(d.valid_from) from role_versions d
  where d.role_id = v.role_id and d.valid_from <= v.valid_from and d.valid_from > coalesce((
    select max(n.valid_from) from role_versions n where n.role_id = v.role_id and n.valid_from < v.valid_from and not n.is_default
  ), '-infinity'))`

/**
 * Common table expressions ending in `entitlements`: one row per service, in the response format, at the moment `at`.
 * `holder` is a query that returns the time since which the person has an account (`since`), or no row. `organization`
 * is a query that returns the person's organization (`id`) and the start of the membership (`member_since`), or no row.
 * This query is the only place where members inherit roles: there is no row per member. For each service and kind, the
 * organization's role takes precedence over the default.
 */
export const entitlementsAt = (at: Sql, holder: Sql, organization: Sql): Sql => sql`,
  as_of as materialized (select ${at} as at),
  entitled as materialized (select h.since from (${holder}) h join as_of on h.since <= as_of.at),
  member_of as materialized (
    select o.id, o.name, member.member_since from (${organization}) member
    join entitled on true
    join organizations o on o.id = member.id
    join organization_periods p on p.organization_id = o.id
    join as_of on ${held(sql`p.accepted_from`, sql`p.accepted_until`, sql`as_of.at`)}
  ),
  held as (
    select a.service_id, a.kind, a.role_id, 1 as precedence, a.expires_at as until,
      greatest(a.started_at, member_of.member_since) as since,
      json_build_object('from', 'organization', 'organization', json_build_object('id', member_of.id, 'name', member_of.name),
        'requestedBy', case when requester.id is not null then ${personOf(sql`requester`)} end, 'requestedAt', q.requested_at,
        'grantedBy', ${personOf(sql`granter`)}, 'reason', a.reason) as why
    from as_of, member_of
    join role_assignments a on a.organization_id = member_of.id
    join accounts granter on granter.id = a.granted_by
    left join accounts requester on requester.id = a.requested_by
    left join role_requests q on q.id = a.request_id
    where ${held(sql`a.started_at`, sql`a.ended_at`, sql`as_of.at`)} and (a.expires_at is null or a.expires_at > as_of.at)
    union all
    select v.service_id, v.kind, v.role_id, 2, null, greatest(entitled.since, ${defaultSince}), json_build_object('from', 'default')
    from as_of, entitled, role_versions v where v.is_default and ${held(sql`v.valid_from`, sql`v.valid_until`, sql`as_of.at`)}
  ),
  chosen as (
    select distinct on (service_id, kind) * from held order by service_id, kind, precedence
  ),
  shown as (
    select c.service_id, c.kind, json_build_object('id', r.id, 'key', r.key, 'kind', r.kind, 'name', v.name, 'description', v.description,
      'default', v.is_default, 'requestable', v.requestable, 'retired', v.retired, 'limits', v.limits,
      'since', c.since, 'until', c.until, 'why', c.why) as role
    from chosen c join roles r on r.id = c.role_id
    join as_of on true
    join role_versions v on v.role_id = r.id and ${held(sql`v.valid_from`, sql`v.valid_until`, sql`as_of.at`)}
  ),
  entitlements as materialized (
    select json_build_object('id', s.id, 'key', s.key, 'name', s.name, 'description', s.description, 'url', s.url) as service,
      access.role is not null and quota.role is not null as usable, access.role as access, quota.role as quota, s.position, s.key
    from services s
    left join shown access on access.service_id = s.id and access.kind = 'access'
    left join shown quota on quota.service_id = s.id and quota.kind = 'quota'
    where access.role is not null or quota.role is not null
  )`

export const listedEntitlements: Sql = many(
  sql`select service, usable, access, quota from entitlements order by position, key`,
)
const momentOf = (at: string | undefined): Sql => sql`coalesce(${at ?? null}::timestamptz, now())`
/** The organization that an account was in, and since when. */
const organizationOf = (account: Sql, at: Sql): Sql => sql`
  select m.organization_id as id, m.started_at as member_since from memberships m
  where m.account_id = ${account} and ${held(sql`m.started_at`, sql`m.ended_at`, at)}`

/** Whether the account was disabled at the moment: then it holds nothing, whatever its organization holds. */
const disabled = (account: Sql): Sql => sql`exists (
  select from account_disablings d where d.account_id = ${account}
    and ${held(sql`d.disabled_at`, sql`d.enabled_at`, sql`(select at from as_of)`)})`

/** Since when the account exists; no row if it was disabled. */
const accountSince = (account: Sql): Sql =>
  sql`select created_at as since from accounts where id = ${account} and not ${disabled(account)}`

export interface EntitlementFacts {
  at: string
  inTheFuture: boolean
  entitlements: Entitlement[]
}

const facts = {
  at: sql`(select to_json(at) from as_of)`,
  inTheFuture: sql`(select at > now() from as_of)`,
  entitlements: listedEntitlements,
}

const entitlementsOf = (account: Sql, at: string | undefined): Sql =>
  entitlementsAt(momentOf(at), accountSince(account), organizationOf(account, momentOf(at)))

export const loadMyEntitlements = (db: Database, credential: Credential, at: string | undefined) =>
  loadFacts<EntitlementFacts>(db, credential, facts, entitlementsOf(sql`(select id from actor)`, at))

export const loadAccountEntitlements = (
  db: Database,
  credential: Credential,
  accountId: string,
  at: string | undefined,
) =>
  loadFacts<EntitlementFacts & { exists: boolean }>(
    db,
    credential,
    { ...facts, exists: sql`exists (select from accounts where id = ${accountId})` },
    entitlementsOf(sql`${accountId}::uuid`, at),
  )

const theOrganization = (organizationId: string): Sql =>
  sql`select ${organizationId}::uuid as id, '-infinity'::timestamptz as member_since`
const exists = (organizationId: string): Sql => sql`exists (select from organizations where id = ${organizationId})`

export const loadOrganizationEntitlements = (
  db: Database,
  credential: Credential,
  organizationId: string,
  at: string | undefined,
) =>
  loadFacts<EntitlementFacts & { exists: boolean }>(
    db,
    credential,
    { ...facts, exists: exists(organizationId) },
    entitlementsAt(
      momentOf(at),
      sql`select created_at as since from organizations where id = ${organizationId}`,
      theOrganization(organizationId),
    ),
  )

type MemberItem = AnswerOf<typeof listMemberEntitlements>['items'][number] & { id: string }

const memberColumns = columns<MemberItem>({
  id: sql`m.id`,
  account: personColumns(sql`a`),
  admin: sql`m.admin`,
  since: sql`m.started_at`,
  registeredAt: sql`a.created_at`,
  disabled: disabled(sql`a.id`),
})

/** A page of members; their roles are the same for all and are computed once. */
export const loadMemberEntitlements = (
  db: Database,
  credential: Credential,
  input: CheckedInputOf<typeof listMemberEntitlements>,
) => {
  const { organizationId, at, limit, cursor } = input
  const page = pageAfter(newestFirst(sql`m.started_at`, sql`m.id`), cursor, limit)
  return loadFacts<{
    exists: boolean
    inTheFuture: boolean
    members: LoadedPage<MemberItem>
    entitlements: Entitlement[]
  }>(
    db,
    credential,
    {
      exists: exists(organizationId),
      inTheFuture: facts.inTheFuture,
      members: page.of(
        memberColumns,
        sql`
        from memberships m join accounts a on a.id = m.account_id
        where m.organization_id = ${organizationId} and ${at ? held(sql`m.started_at`, sql`m.ended_at`, momentOf(at)) : sql`m.ended_at is null`} ${page.where}
        ${page.orderAndLimit}`,
      ),
      entitlements: listedEntitlements,
    },
    entitlementsAt(momentOf(at), sql`select '-infinity'::timestamptz as since`, theOrganization(organizationId)),
  )
}
