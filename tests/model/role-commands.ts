import fc from 'fast-check'
import { type Sql, sql } from '../../src/platform/db/sql'
import { grantRole, revokeRole } from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, requestRoles, withdrawRoleRequest } from '../../src/roles/role-requests/schema'
import { type RoleKind, roleKinds, saveService } from '../../src/roles/services/schema'
import type { Model } from './model'
import * as model from './roles'
import { actor, index, insiders, pick, type Real, reason, step } from './step'

const key = 'model'
const names = [
  { key: 'reader', kind: 'access' as const },
  { key: 'writer', kind: 'access' as const },
  { key: 'small', kind: 'quota' as const },
]
/** The service as the operator saves it; omitted roles are retired. */
export const serviceWith = (retired: (role: number) => boolean) => ({
  key,
  name: 'Model',
  roles: names.flatMap((one, role) => (retired(role) ? [] : [{ ...one, name: one.key }])),
})

const kind = fc.constantFrom<RoleKind>(...roleKinds)
const role = fc.nat(names.length - 1)
/** What a form can request: one role, or an access role and the quota role. */
const forms = fc.constantFrom<number[]>([0], [1], [2], [0, 2], [1, 2])
const hasOrganization = (state: Model) => state.organizations.length > 0
const hasRequest = (state: Model) => state.requests.length > 0
const ofRequest = (r: number) => (state: Readonly<Model>) => pick(state.requests, r).organization
const unknownId = '01890000-0000-7000-8000-000000000000'

/** The version of a role that an operator sees, if the role exists. */
const versionOf = async ({ site }: Real, roleId: Sql) =>
  (
    await site.db.first<{ version: number }>(
      sql`select version from role_versions where role_id = (${roleId}) and valid_until is null`,
    )
  )?.version ?? 1

/** The version of an organization’s details that an operator sees. */
const detailsOf = async ({ site }: Real, organizationId: Sql) =>
  (
    await site.db.first<{ version: number }>(
      sql`select details_version as version from organizations where id = (${organizationId})`,
    )
  )?.version ?? 1

/** The role that the operator sees as held, of the kind and service of this role or part of a request. */
const heldAt = async ({ site }: Real, place: Sql) =>
  (
    await site.db.first<{ id: string }>(sql`
      select a.id from role_assignments a join (${place}) p using (organization_id, service_id, kind) where a.ended_at is null`)
  )?.id ?? null

const asking = step<[number, number[]]>(
  [index, forms],
  (i, roles, by = (state: Readonly<Model>) => pick(insiders(state), i)) => ({
    name: `requestRoles by insider ${i}, roles ${roles}`,
    caller: by,
    possible: (state) => insiders(state).length > 0,
    predict: (state) => model.request(state, by(state), state.people[by(state)]!.organization!, roles),
    async act(state, real) {
      const roleOfKind = (of: RoleKind) => roles.find((one) => names[one]!.kind === of)
      const idOf = (one: number | undefined) => (one === undefined ? null : real.roleIds[one]!)
      const answer = await real.people[by(state)]!.try(requestRoles, {
        organizationId: real.organizationIds[state.people[by(state)]!.organization!]!,
        serviceId: real.serviceId,
        accessRoleId: idOf(roleOfKind('access')),
        quotaRoleId: idOf(roleOfKind('quota')),
        description: 'A model.',
      })
      if (!answer.code) real.requestIds.push(answer.body.id)
      return answer
    },
  }),
)

const deciding = step<[number, RoleKind, boolean]>([index, kind, fc.boolean()], (r, kind, accept) => ({
  name: `${accept ? 'acceptPart' : 'refusePart'} ${kind} of request ${r}`,
  possible: hasRequest,
  predict: (state) => model.decide(state, r % state.requests.length, kind, accept),
  async act(_, real) {
    const requestId = pick(real.requestIds, r)
    const detailsVersion = await detailsOf(real, sql`select organization_id from role_requests where id = ${requestId}`)
    const roleVersion = await versionOf(
      real,
      sql`select role_id from role_request_parts where request_id = ${requestId} and kind = ${kind}`,
    )
    const held = await heldAt(
      real,
      sql`select * from role_request_parts where request_id = ${requestId} and kind = ${kind}`,
    )
    return real.operator.try(decideRoleRequests, {
      decisions: [{ requestId, kind, detailsVersion, roleVersion, held, accept, reason: accept ? undefined : reason }],
    })
  },
}))

/** Every operation on roles. */
export const roleCommands = [
  asking,
  asking,
  deciding,
  deciding,
  step<[number, number]>([index, index], (p, r, by = actor(p, ofRequest(r))) => ({
    name: `withdrawRequest by ${p}, request ${r}`,
    caller: by,
    possible: hasRequest,
    predict: (state) => model.withdraw(state, by(state), r % state.requests.length),
    act: (state, real) =>
      real.people[by(state)]!.try(withdrawRoleRequest, {
        organizationId: pick(real.organizationIds, pick(state.requests, r).organization),
        requestId: pick(real.requestIds, r),
      }),
  })),
  step<[number, number]>([index, role], (o, role) => ({
    name: `grantRole ${role}, organization ${o}`,
    possible: hasOrganization,
    predict: (state) => model.grant(state, o % state.organizations.length, role),
    async act(_, real) {
      const roleId = real.roleIds[role]!
      const roleVersion = await versionOf(real, sql`${roleId}`)
      const organizationId = pick(real.organizationIds, o)
      const held = await heldAt(
        real,
        sql`select ${organizationId}::uuid as organization_id, service_id, kind from roles where id = ${roleId}`,
      )
      return real.operator.try(grantRole, {
        organizationId,
        detailsVersion: await detailsOf(real, sql`${organizationId}`),
        roleId,
        roleVersion,
        held,
        reason,
      })
    },
  })),
  step<[number, RoleKind]>([index, kind], (o, kind) => ({
    name: `revokeRole ${kind}, organization ${o}`,
    possible: hasOrganization,
    predict: (state) => model.revoke(state, o % state.organizations.length, kind),
    async act(_, real: Real) {
      const organizationId = pick(real.organizationIds, o)
      const [held] = await real.site.db.rows<{ id: string }>(sql`
        select id from role_assignments where organization_id = ${organizationId} and kind = ${kind} and ended_at is null`)
      return real.operator.try(revokeRole, { organizationId, assignmentId: held?.id ?? unknownId, reason })
    },
  })),
  step<[number]>([role], (role) => ({
    name: `retireRole ${role}, or offer it again`,
    possible: () => true,
    predict: (state) => model.retire(state, role),
    act: (state, real) =>
      real.operator.try(
        saveService,
        serviceWith((one) => (one === role) !== state.roles[one]!.retired),
      ),
  })),
]
