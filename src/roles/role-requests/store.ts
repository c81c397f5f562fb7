import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin, Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter } from '../../platform/access/operator'
import { personColumns, personForActor, personOf } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { matches, matchesText } from '../../platform/db/search'
import { columns, type Expressions } from '../../platform/db/select-list'
import { many, nothing, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { heldNow, isHeld, replacing } from '../role-assignments/store'
import type { NamedRole } from '../services/schema'
import { currentVersion, namedRole, roleJson, roleNames, serviceColumns, versionAndService } from '../services/store'
import type { DecidedPart, PartFacts, RequestFacts } from './rules'
import type { Decision, listPendingRequests, listRoleRequests, PendingRequest, RoleRequest } from './schema'

/** The current versions of these roles, for a request. */
export const askableRoles = (ids: string[]): Sql =>
  many(sql`
  select r.id, r.service_id as "serviceId", r.kind, v.requestable, v.retired, ${roleNames}
  from roles r ${versionAndService}
  where r.id in (select w.id::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as w (id))`)

export const loadRequestFacts = (
  db: Database,
  credential: Credential,
  organizationId: string,
  serviceId: string,
  roleIds: string[],
) =>
  loadFacts<RequestFacts>(db, credential, {
    roles: askableRoles(roleIds),
    held: many(sql`
      select kind, role_id as "roleId" from role_assignments
      where organization_id = ${organizationId} and service_id = ${serviceId} and ended_at is null and expires_at is null`),
    pending: many(sql`
      select p.kind, p.request_id as "requestId", q.requested_at as "requestedAt", ${personOf(sql`requester`)} as "requestedBy", ${roleNames}
      from role_request_parts p join role_requests q on q.id = p.request_id join accounts requester on requester.id = q.requested_by
      join roles r on r.id = p.role_id ${versionAndService}
      where p.organization_id = ${organizationId} and p.service_id = ${serviceId} and p.state = 'pending'`),
  })

export interface NewRequest {
  id: string
  by: Admin
  serviceId: string
  description: string
  parts: NamedRole[]
}

export const insertRequest = (db: Database, { id, by, serviceId, description, parts }: NewRequest) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share', ['accepted'])}, created as (
      insert into role_requests (id, organization_id, service_id, requested_by, description)
      select ${id}::uuid, me.organization_id, ${serviceId}::uuid, ${by.id}::uuid, ${description} from me
      returning id, organization_id, service_id
    ), parts as (
      insert into role_request_parts (request_id, kind, organization_id, service_id, role_id)
      select created.id, w.kind, created.organization_id, created.service_id, w."roleId"
      from created, jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as w (kind text, "roleId" uuid)
    ), ${recordingEvent({ kind: 'role_requested', actor: by, organization: by.organizationId, details: { requestId: id, serviceId, parts } }, sql`created`)}
    select id from created`)

/** A request in the form of its response. Aliases: `q` for role_requests. */
const expressions: Expressions<RoleRequest> = {
  id: sql`q.id`,
  service: serviceColumns,
  description: sql`q.description`,
  requestedAt: sql`q.requested_at`,
  requestedBy: personColumns(sql`requester`),
  parts: sql`(
    select json_agg(json_build_object('kind', p.kind, 'role', ${roleJson}, 'state', p.state, 'reason', p.reason, 'decidedAt', p.decided_at,
      'decidedBy', case when decider.id is not null then ${personForActor(sql`decider`)} end) order by p.kind)
    from role_request_parts p
    join roles r on r.id = p.role_id ${currentVersion}
    left join accounts decider on decider.id = p.decided_by
    where p.request_id = q.id
  )`,
}
const requestColumns = columns(expressions)

/** The same with details that help to decide it. Additional alias: `o` for its organization. */
const pendingColumns = columns<PendingRequest>({
  ...expressions,
  organization: {
    id: sql`o.id`,
    name: sql`o.name`,
    state: sql`o.state`,
    detailsVersion: sql`o.details_version`,
    country: sql`o.country`,
    description: sql`o.description`,
    members: sql`o.member_count`,
    admins: many(sql`
      select ${personForActor(sql`a`)} as person from memberships m join accounts a on a.id = m.account_id
      where m.organization_id = o.id and m.admin and m.ended_at is null order by m.started_at limit 5`),
  },
  held: many(sql`
    select distinct on (r.kind) r.kind, ${roleJson} as role, h.id as "assignmentId" from (
      select a.id, a.role_id, 1 as precedence from role_assignments a where a.organization_id = o.id and a.service_id = q.service_id
        and ${isHeld}
      union all select null, d.role_id, 2 from role_versions d where d.service_id = q.service_id and d.is_default and d.valid_until is null
    ) h join roles r on r.id = h.role_id ${currentVersion}
    order by r.kind, h.precedence`),
})

const byTime = newestFirst(sql`q.requested_at`, sql`q.id`)

export const loadRequests = (db: Database, credential: Credential, input: CheckedInputOf<typeof listRoleRequests>) => {
  const { organizationId, q, limit, cursor, state, serviceId } = input
  const page = pageAfter(byTime, cursor, limit)
  return loadFacts<{ exists: boolean; requests: LoadedPage<RoleRequest> }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    requests: page.of(
      requestColumns,
      sql`
      from role_requests q join services s on s.id = q.service_id join accounts requester on requester.id = q.requested_by
      where q.organization_id = ${organizationId} ${serviceId ? sql`and q.service_id = ${serviceId}` : nothing}
        ${state ? sql`and exists (select from role_request_parts p where p.request_id = q.id and p.state = ${state})` : nothing}
        ${q ? sql`and ${matchesText(sql`s.name || ' ' || q.description`, q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export const loadPendingRequests = (
  db: Database,
  credential: Credential,
  { q, limit, cursor, organizationId }: CheckedInputOf<typeof listPendingRequests>,
) => {
  const page = pageAfter({ ...byTime, direction: 'asc' }, cursor, limit)
  return loadFacts<{ requests: LoadedPage<PendingRequest> }>(db, credential, {
    requests: page.of(
      pendingColumns,
      sql`
      from role_requests q join services s on s.id = q.service_id join accounts requester on requester.id = q.requested_by
      join organizations o on o.id = q.organization_id
      where q.id in (select request_id from role_request_parts where state = 'pending') and o.state <> 'rejected'
        ${organizationId ? sql`and q.organization_id = ${organizationId}` : nothing}
        ${q ? sql`and ${matches(sql`o.searched || ' ' || searchable(s.name)`, q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export const loadPending = (db: Database, credential: Credential, organizationId: string, requestId: string) =>
  loadFacts<{ states: string[] }>(db, credential, {
    states: sql`(select coalesce(json_agg(state), '[]') from role_request_parts where request_id = ${requestId} and organization_id = ${organizationId})`,
  })

export const saveRequestWithdrawal = (db: Database, by: Admin, requestId: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share')}, withdrawn as (
      update role_request_parts p set state = 'withdrawn', decided_at = now(), decided_by = ${by.id} from me
      where p.request_id = ${requestId} and p.organization_id = me.organization_id and p.state = 'pending'
      returning p.request_id as id, p.service_id, p.kind, p.role_id
    ), once as (
      select w.id, jsonb_build_object('requestId', w.id, 'serviceId', w.service_id, 'parts', jsonb_agg(to_jsonb(part) order by part.kind)) as details
      from withdrawn w, lateral (
        select ${namedRole}
        from roles r ${versionAndService} where r.id = w.role_id
      ) part
      group by w.id, w.service_id
    ), ${recordingEvent({ kind: 'role_request_withdrawn', actor: by, organization: by.organizationId, details: sql`once.details` }, sql`once`)}
    select id from once`)

export const loadParts = (db: Database, credential: Credential, decisions: Decision[]) =>
  loadFacts<{ parts: PartFacts[]; now: string }>(db, credential, {
    now: sql`to_json(now())`,
    parts: many(sql`
      select p.request_id as "requestId", p.kind, p.state, v.retired as "roleRetired", v.version as "roleVersion", o.id as "organizationId", o.state as "organizationState",
        o.details_version as "detailsVersion", ${roleNames},
        ${heldNow(sql`p.organization_id`, sql`p.service_id`, sql`p.kind`)} as held
      from role_request_parts p join organizations o on o.id = p.organization_id
      join roles r on r.id = p.role_id ${versionAndService}
      where p.request_id in (select w."requestId" from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) as w ("requestId" uuid))`),
  })

/**
 * All of the decisions with what they grant and one event each, or none of them. Organizations are locked in the order
 * of their ids, and then roles in the order of theirs, so that none is retired concurrently. A decision is refused if
 * the held assignment is not the one that the operator saw: the guard is on the locked row, and if there was none, the
 * constraint that at most one is held decides.
 */
export const saveDecisions = (db: Database, operator: Operator, decisions: (DecidedPart & { id: string })[]) =>
  db.first<{ done: number }>(sql`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb)
        as w (id uuid, "requestId" uuid, kind text, "detailsVersion" int, "roleVersion" int, held uuid, accept boolean, reason text, "expiresAt" timestamptz, "organizationId" uuid, service jsonb, role jsonb)
    ), org as materialized (
      select o.id, o.state, o.details_version from organizations o where o.id in (select "organizationId" from wanted) order by o.id for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, version as materialized (
      select v.role_id, v.retired, v.version from role_versions v where exists (select from operator) and v.valid_until is null and v.role_id in (
        select p.role_id from role_request_parts p join wanted w on w."requestId" = p.request_id and w.kind = p.kind join org on org.id = p.organization_id)
      order by v.role_id for share
    ), held as materialized (
      select a.id, a.organization_id, a.service_id, a.kind from role_assignments a join org on org.id = a.organization_id
      where ${isHeld} and exists (
        select from role_request_parts p join wanted w on w."requestId" = p.request_id and w.kind = p.kind
        where (p.organization_id, p.service_id, p.kind) = (a.organization_id, a.service_id, a.kind))
      order by a.id for no key update of a
    ), locked as materialized (
      select p.request_id, p.kind from role_request_parts p join wanted w on w."requestId" = p.request_id and w.kind = p.kind
      join org on org.id = p.organization_id join version v on v.role_id = p.role_id
      left join held h on (h.organization_id, h.service_id, h.kind) = (p.organization_id, p.service_id, p.kind)
      where p.state = 'pending' and org.details_version = w."detailsVersion" and v.version = w."roleVersion" and h.id is not distinct from w.held and ((org.state = 'accepted' and not v.retired) or not w.accept) order by p.request_id, p.kind for no key update of p
    ), ok as materialized (
      select from operator where (select count(*) from locked) = ${decisions.length}
    ), decided as (
      update role_request_parts p
      set state = case when w.accept then 'accepted' else 'refused' end, reason = w.reason, decided_by = ${operator.id}, decided_at = now()
      from wanted w, ok where w."requestId" = p.request_id and w.kind = p.kind
      returning w.id, p.request_id, p.kind, p.organization_id, p.service_id, p.role_id, w.accept, w.reason, w."expiresAt", w.service, w.role
    ), wanted_assignments as (
      select d.id, d.organization_id, d.service_id, d.kind, d.role_id, d."expiresAt" as expires_at, q.requested_by, d.request_id, d.reason
      from decided d join role_requests q on q.id = d.request_id where d.accept
    ), ${replacing(operator.id)}, ${recordingEvent(
      {
        kind: sql`case when d.accept then 'role_accepted' else 'role_refused' end`,
        actor: operator,
        subject: sql`q.requested_by`,
        organization: sql`d.organization_id`,
        details: sql`jsonb_strip_nulls(jsonb_build_object('requestId', d.request_id, 'serviceId', d.service_id, 'kind', d.kind, 'roleId', d.role_id,
          'service', d.service, 'role', d.role, 'assignmentId', case when d.accept then d.id end, 'expiresAt', d."expiresAt", 'reason', d.reason))`,
      },
      sql`decided d join role_requests q on q.id = d.request_id`,
    )}
    select count(*)::int as done from decided having count(*) > 0`)
