import { personColumns, personForActor, searchedPerson } from '../accounts/people'
import { columns } from '../db/columns'
import type { Database } from '../db/database'
import { atMost, type LoadedPage, type Order, pageAfter } from '../db/page'
import { alphabetical, matches } from '../db/search'
import { many, nothing, one, type Sql, sql } from '../db/sql'
import { announcing } from '../events/announce'
import type { EventKind } from '../events/schema'
import type { CheckedInputOf } from '../http/endpoint'
import { lockedBy } from '../memberships/lock'
import type { NamedRole } from '../services/schema'
import type { Admin } from '../sessions/access'
import { type Actor, loadFacts } from '../sessions/actor'
import { isOperator } from '../sessions/operator'
import type { listOrganizations, Organization, OrganizationState } from './schema'

/** An organization as stored; what the caller may do with it is added by the rules. */
export type OrganizationRow = Omit<Organization, 'can'>

/** An organization as its answer shows it, to the caller `actor`. Follow with `where`. */
export const organizationColumns: Sql = sql`
  o.id, o.name, o.country, o.description, o.address, o.city, o.postal_code as "postalCode", o.website, o.tax_id as "taxId",
  o.state, o.state_reason as "stateReason", o.state_since as "stateSince", o.created_at as "createdAt",
  ${personForActor(sql`author`)} as author, o.member_count as members, o.admin_count as admins,
  coalesce(o.member_limit, (select default_member_limit from site)) as "memberLimit",
  case when o.limit_wanted is not null then json_build_object('limit', o.limit_wanted, 'reason', o.limit_wanted_reason) end as "limitWanted",
  (select json_build_object('membershipId', m.id, 'admin', m.admin, 'since', m.started_at)
    from memberships m where m.account_id = (select id from actor) and m.organization_id = o.id and m.ended_at is null) as mine
  from organizations o join accounts author on author.id = o.author_id`

const organizationFact = (organizationId: string): Sql =>
  one(sql`select ${organizationColumns} where o.id = ${organizationId}`)

export const loadOrganization = (db: Database, session: string, organizationId: string) =>
  loadFacts<{ organization: OrganizationRow | null }>(db, session, { organization: organizationFact(organizationId) })

/** With those whose names look like its own, for operators: they may be somebody’s trick. */
export const loadOrganizationShown = (db: Database, session: string, organizationId: string) =>
  loadFacts<{ organization: OrganizationRow | null; lookAlikes: { id: string; name: string }[] }>(db, session, {
    organization: organizationFact(organizationId),
    lookAlikes: many(sql`
      select other.id, other.name from organizations o join organizations other on other.looks_like = o.looks_like and other.id <> o.id
      where o.id = ${organizationId} and other.state not in ('rejected', 'dissolved') and (select operator from actor)
      order by other.created_at, other.id ${atMost(5)}`),
  })

const orders: Record<CheckedInputOf<typeof listOrganizations>['sort'], Order> = {
  newest: { key: sql`o.created_at`, type: 'timestamptz', id: sql`o.id`, direction: 'desc' },
  oldest: { key: sql`o.created_at`, type: 'timestamptz', id: sql`o.id`, direction: 'asc' },
  name: { key: alphabetical(sql`o.name`), type: 'text', id: sql`o.id`, direction: 'asc' },
}

export type OrganizationItem = Pick<
  Organization,
  'id' | 'name' | 'country' | 'state' | 'stateReason' | 'createdAt' | 'author' | 'members' | 'admins'
>

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
  session: string,
  { q, limit, cursor, state, sort }: CheckedInputOf<typeof listOrganizations>,
) => {
  const page = pageAfter(orders[sort], cursor, limit)
  const matching = q ? sql`and ${matches(sql`o.searched || ' ' || ${searchedPerson(sql`author`)}`, q)}` : nothing
  return loadFacts<{ organizations: LoadedPage<OrganizationItem> }>(db, session, {
    organizations: page.of(
      itemColumns,
      sql`
      from organizations o join accounts author on author.id = o.author_id
      where true ${state ? sql`and o.state = ${state}` : nothing} ${matching} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export interface OrganizationDetails {
  name: string
  nameKey: string
  country: string
  description: string
  address: string
  city: string
  postalCode: string
  website: string
  taxId: string
}

export interface Creation {
  id: string
  membershipId: string
  authorId: string
  details: OrganizationDetails
  /** What it wants of services, to be decided with it or after it. */
  requests: { id: string; serviceId: string; parts: NamedRole[] }[]
}

/** The organization, its first admin, and the event. */
export const insertOrganization = (db: Database, { id, membershipId, authorId, details: d, requests }: Creation) =>
  db.first<{ id: string }>(sql`
    with created as (
      insert into organizations (id, author_id, name, name_key, country, description, address, city, postal_code, website, tax_id)
      values (${id}, ${authorId}, ${d.name}, ${d.nameKey}, ${d.country}, ${d.description}, ${d.address}, ${d.city}, ${d.postalCode}, ${d.website}, ${d.taxId})
      returning id
    ), first_admin as (
      insert into memberships (id, organization_id, account_id, admin) select ${membershipId}::uuid, id, ${authorId}::uuid, true from created
    ), requests as (
      insert into role_requests (id, organization_id, service_id, requested_by, description)
      select w.id, created.id, w."serviceId", ${authorId}::uuid, ${d.description}
      from created, jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as w (id uuid, "serviceId" uuid)
    ), parts as (
      insert into role_request_parts (request_id, kind, organization_id, service_id, role_id)
      select w.id, p.kind, created.id, w."serviceId", p."roleId"
      from created, jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as w (id uuid, "serviceId" uuid, parts jsonb),
        jsonb_to_recordset(w.parts) as p (kind text, "roleId" uuid)
    ), ${announcing(
      {
        kind: 'organization_created',
        actor: authorId,
        subject: authorId,
        organization: sql`created.id`,
        details: {
          name: d.name,
          ...(requests.length > 0 ? { requestIds: requests.map((request) => request.id), requests } : {}),
        },
      },
      sql`created`,
    )}
    select id from created`)

export interface Resubmission {
  organizationId: string
  from: 'changes_requested' | 'rejected'
  actorId: string
  /** The new membership of an author whose old one ended with the rejection. */
  membershipId: string
  details: OrganizationDetails
}

/** The corrected request, pending again. After a rejection its author becomes its admin again. */
export const saveResubmission = (
  db: Database,
  { organizationId, from, actorId, membershipId, details: d }: Resubmission,
) =>
  db.first<{ id: string }>(sql`
    with resubmitted as (
      update organizations o
      set name = ${d.name}, name_key = ${d.nameKey}, country = ${d.country}, description = ${d.description}, address = ${d.address},
        city = ${d.city}, postal_code = ${d.postalCode}, website = ${d.website}, tax_id = ${d.taxId},
        state = 'pending', state_reason = null, state_since = now()
      where id = ${organizationId} and state = ${from}
        and ${
          from === 'rejected'
            ? sql`author_id = ${actorId}`
            : sql`exists (select from memberships m where m.organization_id = o.id and m.account_id = ${actorId} and m.admin and m.ended_at is null)`
        }
      returning id
    ), admin_again as (
      insert into memberships (id, organization_id, account_id, admin)
      select ${membershipId}::uuid, id, ${actorId}::uuid, true from resubmitted where ${from}::text = 'rejected'
    ), ${announcing({ kind: 'organization_resubmitted', actor: actorId, organization: sql`resubmitted.id`, details: { name: d.name, from } }, sql`resubmitted`)}
    select id from resubmitted`)

export interface StateChange {
  organizationId: string
  from: OrganizationState[]
  to: OrganizationState
  kind: EventKind
  operator: Pick<Actor, 'id'>
  reason: string | null
}

/** An operator's decision. What ends with the organization, triggers end. */
export const saveStateChange = (db: Database, { organizationId, from, to, kind, operator, reason }: StateChange) =>
  db.first<{ id: string }>(sql`
    with changed as (
      update organizations set state = ${to}, state_reason = ${to === 'accepted' ? null : reason}, state_since = now()
      where id = ${organizationId} and state = any(${from}::text[])
        and ${isOperator(operator.id)}
      returning id
    ), ${announcing({ kind, actor: operator.id, organization: sql`changed.id`, details: reason ? { reason } : {} }, sql`changed`)}
    select id from changed`)

/** The sole member's own decision; guarded by the count on the row itself, in case somebody joins meanwhile. */
export const saveDissolution = (db: Database, admin: { id: string; organizationId: string; membershipId: string }) =>
  db.first<{ id: string }>(sql`
    with changed as (
      update organizations o set state = 'dissolved', state_reason = null, state_since = now()
      where id = ${admin.organizationId} and state not in ('rejected', 'dissolved') and member_count = 1 and admin_count = 1
        and exists (select from memberships m where m.id = ${admin.membershipId} and m.ended_at is null)
      returning id
    ), ${announcing({ kind: 'organization_dissolved', actor: admin.id, organization: sql`changed.id` }, sql`changed`)}
    select id from changed`)

export interface AppointmentFacts {
  organization: OrganizationRow | null
  account: { id: string; membershipId: string | null; organizationId: string | null; admin: boolean | null } | null
}

export const loadAppointment = (db: Database, session: string, organizationId: string, email: string) =>
  loadFacts<AppointmentFacts>(db, session, {
    organization: organizationFact(organizationId),
    account: one(sql`
      select a.id, m.id as "membershipId", m.organization_id as "organizationId", m.admin
      from accounts a left join memberships m on m.account_id = a.id and m.ended_at is null
      where a.email = ${email} and a.disabled_at is null`),
  })

export interface Appointment {
  operator: Pick<Actor, 'id'>
  organizationId: string
  accountId: string
  /** The membership to raise; null for somebody who joins by this. */
  membershipId: string | null
  newMembershipId: string
  reason: string
}

export const saveAppointment = (
  db: Database,
  { operator, organizationId, accountId, membershipId, newMembershipId, reason }: Appointment,
) =>
  db.first<{ id: string }>(sql`
    with org as materialized (
      select id from organizations where id = ${organizationId} and state not in ('rejected', 'dissolved')
        and ${isOperator(operator.id)}
      for no key update
    ), appointed as (
      ${
        membershipId
          ? sql`update memberships m set admin = true from org
              where m.id = ${membershipId} and m.organization_id = org.id and m.ended_at is null and not m.admin returning m.id`
          : sql`insert into memberships (id, organization_id, account_id, admin)
              select ${newMembershipId}::uuid, org.id, ${accountId}::uuid, true from org returning id`
      }
    ), ${announcing({ kind: 'admin_appointed', actor: operator.id, subject: accountId, organization: organizationId, details: { reason, joined: !membershipId } }, sql`appointed`)}
    select id from appointed`)

export const saveLimitRequest = (db: Database, by: Admin, limit: number, reason: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change', ['accepted'])}, changed as (
      update organizations o set limit_wanted = ${limit}, limit_wanted_reason = ${reason} from me where o.id = me.organization_id returning o.id
    ), ${announcing({ kind: 'higher_limit_requested', actor: by.id, organization: by.organizationId, details: { limit, reason } }, sql`changed`)}
    select id from changed`)

export const saveLimit = (
  db: Database,
  operatorId: string,
  organizationId: string,
  limit: number | null,
  reason: string,
) =>
  db.first<{ id: string }>(sql`
    with changed as (
      update organizations set member_limit = ${limit}, limit_wanted = null, limit_wanted_reason = null
      where id = ${organizationId} and state not in ('rejected', 'dissolved')
        and ${isOperator(operatorId)}
      returning id
    ), ${announcing({ kind: 'member_limit_set', actor: operatorId, organization: organizationId, details: { limit, reason } }, sql`changed`)}
    select id from changed`)
