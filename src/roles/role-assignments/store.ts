import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter } from '../../platform/access/operator'
import { personColumns, personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { matchesText } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { NamedRole } from '../services/schema'
import { currentVersion, namedRole, roleJson, serviceColumns, versionAndService } from '../services/store'
import type { GrantFacts } from './rules'
import type { grantRole, listRoleAssignments, RoleAssignment } from './schema'

/**
 * Common table expressions that put the assignments in `wanted_assignments` (an earlier expression) into force. The
 * organization's current assignment of the same kind on the same service ends at the moment at which the new one
 * starts, or ended when it expired. If it started while this statement waited for the organization, it was never in
 * force: `now()` is the start of a statement, so the other one may have started later but committed first.
 */
export const replacing = (operatorId: string): Sql => sql`
  replaced as (
    update role_assignments a set ended_at = greatest(a.started_at, least(now(), a.expires_at)), ended_reason = 'replaced' from wanted_assignments w
    where a.organization_id = w.organization_id and a.service_id = w.service_id and a.kind = w.kind and a.ended_at is null
    returning a.organization_id, a.service_id, a.kind, a.ended_at
  ), granted as (
    insert into role_assignments (
      id, organization_id, service_id, kind, role_id, started_at, expires_at, requested_by, granted_by, request_id, reason)
    select id, organization_id, service_id, kind, role_id, greatest(now(), (
        select max(r.ended_at) from replaced r
        where (r.organization_id, r.service_id, r.kind) = (w.organization_id, w.service_id, w.kind))),
      expires_at, requested_by, ${operatorId}::uuid, request_id, reason
    from wanted_assignments w
    -- Counting makes PostgreSQL end all old assignments before it inserts the first new one.
    where (select count(*) from replaced) >= 0
    returning id
  )`

/** Of a row of role_assignments, alias `a`: it is held now. */
export const isHeld: Sql = sql`a.ended_at is null and (a.expires_at is null or a.expires_at > now())`

/** The assignment that an organization holds of a kind on a service. */
export const heldNow = (organizationId: Sql, serviceId: Sql, kind: Sql): Sql => sql`(
  select a.id from role_assignments a
  where a.organization_id = ${organizationId} and a.service_id = ${serviceId} and a.kind = ${kind} and ${isHeld})`

const state: Sql = sql`case when a.ended_at is not null then 'ended' when a.expires_at <= now() then 'expired' else 'active' end`

const assignmentColumns = columns<RoleAssignment>({
  id: sql`a.id`,
  service: serviceColumns,
  kind: sql`a.kind`,
  role: roleJson,
  state,
  startedAt: sql`a.started_at`,
  expiresAt: sql`a.expires_at`,
  endedAt: sql`a.ended_at`,
  endedReason: sql`a.ended_reason`,
  requestedBy: sql`case when requester.id is not null then ${personForActor(sql`requester`)} end`,
  grantedBy: personColumns(sql`granter`),
  reason: sql`a.reason`,
})

export const loadAssignments = (
  db: Database,
  credential: Credential,
  { organizationId, q, limit, cursor, serviceId, state: stateFilter }: CheckedInputOf<typeof listRoleAssignments>,
) => {
  const page = pageAfter(newestFirst(sql`a.started_at`, sql`a.id`), cursor, limit)
  return loadFacts<{ exists: boolean; assignments: LoadedPage<RoleAssignment> }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    assignments: page.of(
      assignmentColumns,
      sql`
      from role_assignments a join services s on s.id = a.service_id
      join roles r on r.id = a.role_id ${currentVersion}
      join accounts granter on granter.id = a.granted_by left join accounts requester on requester.id = a.requested_by
      where a.organization_id = ${organizationId} ${serviceId ? sql`and a.service_id = ${serviceId}` : nothing}
        ${stateFilter ? sql`and ${state} = ${stateFilter}` : nothing} ${q ? sql`and ${matchesText(sql`s.name || ' ' || v.name`, q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export const loadGrant = (db: Database, credential: Credential, organizationId: string, roleId: string) =>
  loadFacts<GrantFacts>(db, credential, {
    now: sql`to_json(now())`,
    organization: one(
      sql`select state, details_version as "detailsVersion" from organizations where id = ${organizationId}`,
    ),
    role: one(sql`
      select ${namedRole}, v.version, v.retired, exists (
        select from role_assignments a where a.organization_id = ${organizationId} and a.role_id = r.id and a.ended_at is null
          and a.expires_at is null) as held, ${heldNow(sql`${organizationId}::uuid`, sql`r.service_id`, sql`r.kind`)} as "heldNow"
      from roles r ${versionAndService} where r.id = ${roleId}`),
  })

interface Grant extends CheckedInputOf<typeof grantRole> {
  id: string
  operator: Operator
  role: NamedRole
}

/**
 * Applies only if the organization's name and held assignment are still those that the operator saw. The held
 * assignment is compared on its locked row. If there was none and a concurrent statement inserts one, the constraint
 * “at most one held” rejects the save.
 */
export const saveGrant = (
  db: Database,
  { id, operator, organizationId, role, detailsVersion, roleVersion, held, reason, expiresAt }: Grant,
) =>
  db.first<{ id: string }>(sql`
    with org as materialized (
      select id from organizations where id = ${organizationId} and state = 'accepted' and details_version = ${detailsVersion}
      for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, version as materialized (
      select v.role_id from org, operator, role_versions v
      where v.role_id = ${role.roleId} and v.valid_until is null and not v.retired and v.version = ${roleVersion} for share of v
    ), held as materialized (
      select a.id from role_assignments a join org on org.id = a.organization_id
      where a.service_id = ${role.serviceId} and a.kind = ${role.kind} and ${isHeld} for no key update of a
    ), wanted_assignments as (
      select ${id}::uuid as id, org.id as organization_id, ${role.serviceId}::uuid as service_id, ${role.kind}::text as kind, ${role.roleId}::uuid as role_id,
        ${expiresAt ?? null}::timestamptz as expires_at, null::uuid as requested_by, null::uuid as request_id, ${reason}::text as reason
      from org, version where (select id from held) is not distinct from ${held}::uuid
    ), ${replacing(operator.id)},
    ${recordingEvent({ kind: 'role_granted', actor: operator, organization: organizationId, details: { assignmentId: id, ...role, reason, expiresAt } }, sql`granted`)}
    select id from granted`)

/** An assignment that can be revoked. */
type ActiveAssignment = NamedRole & { id: string }

export const loadAssignment = (db: Database, credential: Credential, organizationId: string, assignmentId: string) =>
  loadFacts<{ organizationExists: boolean; active: ActiveAssignment | null }>(db, credential, {
    organizationExists: sql`exists (select from organizations where id = ${organizationId})`,
    active: one(sql`
      select a.id, ${namedRole} from role_assignments a join roles r on r.id = a.role_id ${versionAndService}
      where a.id = ${assignmentId} and a.organization_id = ${organizationId} and ${isHeld}`),
  })

export interface Revocation {
  operator: Operator
  organizationId: string
  active: ActiveAssignment
  reason: string
}

export const saveAssignmentRevocation = (
  db: Database,
  { operator, organizationId, active: { id: assignmentId, ...role }, reason }: Revocation,
) =>
  db.first<{ id: string }>(sql`
    with org as materialized (
      select id from organizations where id = ${organizationId} for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, revoked as (
      update role_assignments a set ended_at = now(), ended_reason = 'revoked' from org, operator
      where a.id = ${assignmentId} and a.organization_id = org.id and ${isHeld}
      returning a.id
    ), ${recordingEvent({ kind: 'role_revoked', actor: operator, organization: organizationId, details: { assignmentId, ...role, reason } }, sql`revoked`)}
    select id from revoked`)
