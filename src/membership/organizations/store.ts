import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { personColumns, personForActor, searchedPerson } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, limitTo, newestFirst, type Order, pageAfter } from '../../platform/db/page'
import { alphabetical, matches } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { many, nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import type { AskableRole } from '../../roles/role-requests/rules'
import { askableRoles } from '../../roles/role-requests/store'
import type { NamedRole } from '../../roles/services/schema'
import type { listOrganizations, Organization, organizationForm } from './schema'

/** An organization as stored; the rules add what the caller may do with it. */
export type OrganizationRow = Omit<Organization, 'can'>

/** The services that the organization `o` requested together with its own request. */
const servicesWanted: Sql = many(sql`
  select q.id as "requestId", json_build_object('id', s.id, 'key', s.key, 'name', s.name) as service, (
    select json_agg(json_build_object('id', r.id, 'key', r.key, 'kind', r.kind, 'name', v.name, 'limits', v.limits) order by r.kind)
    from role_request_parts p join roles r on r.id = p.role_id join role_versions v on v.role_id = r.id and v.valid_until is null
    where p.request_id = q.id and p.state = 'pending'
  ) as roles
  from role_requests q join services s on s.id = q.service_id
  where q.organization_id = o.id and exists (select from role_request_parts p where p.request_id = q.id and p.state = 'pending')
  order by s.position, s.key, q.id`)

/** An organization in the form of its response, for the caller `actor`. Follow with `where`. */
export const organizationColumns: Sql = sql`
  o.id, o.name, o.country, o.description, o.address, o.city, o.postal_code as "postalCode", o.website, o.tax_id as "taxId",
  o.state, o.state_version as "stateVersion", o.details_version as "detailsVersion", o.state_reason as "stateReason", o.state_since as "stateSince", o.created_at as "createdAt",
  ${personForActor(sql`author`)} as author, o.member_count as members, o.admin_count as admins,
  coalesce(o.member_limit, (select default_member_limit from site)) as "memberLimit",
  case when o.state in ('pending', 'changes_requested', 'rejected') then ${servicesWanted} else '[]' end as "servicesWanted",
  case when o.limit_wanted is not null then json_build_object('limit', o.limit_wanted, 'reason', o.limit_wanted_reason) end as "limitWanted",
  case when o.wanted_at is not null then json_build_object('name', o.wanted_name, 'taxId', o.wanted_tax_id, 'at', o.wanted_at,
    'by', (select ${personForActor(sql`w`)} from accounts w where w.id = o.wanted_by)) end as "identityChange",
  (select json_build_object('membershipId', m.id, 'admin', m.admin, 'since', m.started_at)
    from memberships m where m.account_id = (select id from actor) and m.organization_id = o.id and m.ended_at is null) as mine
  from organizations o join accounts author on author.id = o.author_id`

export const organizationFact = (organizationId: string): Sql =>
  one(sql`select ${organizationColumns} where o.id = ${organizationId}`)

/** The same with the roles that can be requested. */
export const loadResubmission = (db: Database, credential: Credential, organizationId: string, roleIds: string[]) =>
  loadFacts<{ organization: OrganizationRow | null; roles: AskableRole[] }>(db, credential, {
    organization: organizationFact(organizationId),
    roles: askableRoles(roleIds),
  })

export const loadOrganization = (db: Database, credential: Credential, organizationId: string) =>
  loadFacts<{ organization: OrganizationRow | null }>(db, credential, {
    organization: organizationFact(organizationId),
  })

/** For operators, also loads organizations with similar names, which may be an attempt to deceive, and what ends with it. */
export const loadOrganizationShown = (db: Database, credential: Credential, organizationId: string) =>
  loadFacts<{ organization: OrganizationRow | null; lookAlikes: { id: string; name: string }[]; tokens: number }>(
    db,
    credential,
    {
      organization: organizationFact(organizationId),
      lookAlikes: many(sql`
      select other.id, other.name from organizations o join organizations other on other.looks_like = o.looks_like and other.id <> o.id
      where o.id = ${organizationId} and other.state not in ('rejected', 'dissolved') and (select operator from actor)
      order by other.created_at, other.id ${limitTo(5)}`),
      tokens: sql`(
      select count(*)::int from tokens t
      where t.organization_id = ${organizationId} and t.ended_at is null and t.expires_at > now() and (select operator from actor))`,
    },
  )

const byCreation = newestFirst(sql`o.created_at`, sql`o.id`)
const orders: Record<CheckedInputOf<typeof listOrganizations>['sort'], Order> = {
  newest: byCreation,
  oldest: { ...byCreation, direction: 'asc' },
  name: { key: alphabetical(sql`o.name`), type: 'text', id: sql`o.id`, direction: 'asc' },
}

type OrganizationItem = AnswerOf<typeof listOrganizations>['items'][number]

const itemColumns = columns<OrganizationItem>({
  id: sql`o.id`,
  name: sql`o.name`,
  country: sql`o.country`,
  state: sql`o.state`,
  stateReason: sql`o.state_reason`,
  createdAt: sql`o.created_at`,
  author: personColumns(sql`author`),
  members: sql`o.member_count`,
  admins: sql`o.admin_count`,
})

export const loadOrganizations = (
  db: Database,
  credential: Credential,
  { q, limit, cursor, state, sort }: CheckedInputOf<typeof listOrganizations>,
) => {
  const page = pageAfter(orders[sort], cursor, limit)
  const matching = q ? sql`and ${matches(sql`o.searched || ' ' || ${searchedPerson(sql`author`)}`, q)}` : nothing
  return loadFacts<{ organizations: LoadedPage<OrganizationItem> }>(db, credential, {
    organizations: page.of(
      itemColumns,
      sql`
      from organizations o join accounts author on author.id = o.author_id
      where true ${state ? sql`and o.state = ${state}` : nothing} ${matching} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export type OrganizationDetails = Pick<Organization, keyof typeof organizationForm> & { nameKey: string }

/** A request for roles of a service, with all that is stored of it. */
export interface WantedRequest {
  id: string
  serviceId: string
  parts: NamedRole[]
}

/** The changes to an organization's requested services. */
export interface ServicesChange {
  /** Ids of requests. */
  withdrawn: string[]
  requests: WantedRequest[]
}

export interface Creation {
  id: string
  membershipId: string
  author: Actor
  details: OrganizationDetails
  /** The requested roles, to be decided together with the organization or after it. */
  requests: WantedRequest[]
}

/** The common table expressions that insert these requests of the organization in `of`. */
const wanting = (of: Sql, requests: WantedRequest[], accountId: string, description: string): Sql => sql`
  requests as (
    insert into role_requests (id, organization_id, service_id, requested_by, description)
    select w.id, o.id, w."serviceId", ${accountId}::uuid, ${description}
    from ${of} o, jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as w (id uuid, "serviceId" uuid)
  ), parts as (
    insert into role_request_parts (request_id, kind, organization_id, service_id, role_id)
    select w.id, p.kind, o.id, w."serviceId", p."roleId"
    from ${of} o, jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as w (id uuid, "serviceId" uuid, parts jsonb),
      jsonb_to_recordset(w.parts) as p (kind text, "roleId" uuid)
  )`

/** How an event describes them. */
const requestDetails = (requests: WantedRequest[]) =>
  requests.length > 0 ? { requestIds: requests.map(({ id }) => id), requests } : {}

/** The organization, its first admin, and the event. */
export const insertOrganization = (db: Database, { id, membershipId, author, details: d, requests }: Creation) =>
  db.first<{ id: string }>(sql`
    with created as (
      insert into organizations (id, author_id, name, name_key, country, description, address, city, postal_code, website, tax_id)
      values (${id}, ${author.id}, ${d.name}, ${d.nameKey}, ${d.country}, ${d.description}, ${d.address}, ${d.city}, ${d.postalCode}, ${d.website}, ${d.taxId})
      returning id
    ), first_admin as (
      insert into memberships (id, organization_id, account_id, admin) select ${membershipId}::uuid, id, ${author.id}::uuid, true from created
    ), ${wanting(sql`created`, requests, author.id, d.description)},
    ${recordingEvent(
      {
        kind: 'organization_created',
        actor: author,
        subject: author.id,
        organization: sql`created.id`,
        details: { name: d.name, ...requestDetails(requests) },
      },
      sql`created`,
    )}
    select id from created`)

/** An admin, after changes were requested; the author, after a rejection. */
export type Resubmitter = { from: 'changes_requested'; actor: Admin } | { from: 'rejected'; actor: Actor }

export interface Resubmission {
  organizationId: string
  stateVersion: number
  by: Resubmitter
  /** The new membership of an author whose old one ended with the rejection. */
  membershipId: string
  details: OrganizationDetails
  services: ServicesChange
}

/** The corrected request, pending again. After a rejection its author becomes its admin again. */
export const saveResubmission = (
  db: Database,
  { organizationId, stateVersion, by, membershipId, details: d, services: { withdrawn, requests } }: Resubmission,
) =>
  db.first<{ id: string }>(sql`
    with ${
      by.from === 'rejected'
        ? sql`me as materialized (
            select id as organization_id from organizations
            where id = ${organizationId} and state = 'rejected' and state_version = ${stateVersion} and author_id = ${by.actor.id}
            for no key update
          )`
        : lockedBy(by.actor, 'change', ['changes_requested'], sql`and state_version = ${stateVersion}`)
    }, resubmitted as (
      update organizations o
      set name = ${d.name}, name_key = ${d.nameKey}, country = ${d.country}, description = ${d.description}, address = ${d.address},
        city = ${d.city}, postal_code = ${d.postalCode}, website = ${d.website}, tax_id = ${d.taxId},
        state = 'pending', state_reason = null, state_since = now()
      from me where o.id = me.organization_id
      returning o.id
    ), admin_again as (
      insert into memberships (id, organization_id, account_id, admin)
      select ${membershipId}::uuid, id, ${by.actor.id}::uuid, true from resubmitted where ${by.from}::text = 'rejected'
    ), withdrawn as (
      update role_request_parts p set state = 'withdrawn', decided_at = now(), decided_by = ${by.actor.id} from resubmitted
      where p.organization_id = resubmitted.id and p.request_id = any(${withdrawn}::uuid[]) and p.state = 'pending'
      returning p.request_id
    ), asking as (
      -- Counting makes PostgreSQL withdraw all old requests before it inserts new ones.
      select id from resubmitted where (select count(*) from withdrawn) >= 0
    ), ${wanting(sql`asking`, requests, by.actor.id, d.description)},
    ${recordingEvent(
      {
        kind: 'organization_resubmitted',
        actor: by.actor,
        organization: sql`resubmitted.id`,
        details: {
          name: d.name,
          from: by.from,
          ...requestDetails(requests),
          ...(withdrawn.length > 0 ? { withdrawnRequestIds: withdrawn } : {}),
        },
      },
      sql`resubmitted`,
    )}
    select id from resubmitted`)
