import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, moment, pageOf, paging, person, reason, seenVersion } from '../../platform/http/fields'
import { role, roleKinds, roleVersion } from '../services/schema'

const endpoint = endpointsOf('Role assignments')

export const assignmentStates = ['active', 'expired', 'ended'] as const

/** A role that an organization holds or held. */
export const roleAssignment = z.object({
  id,
  service: z.object({ id, key: z.string(), name: z.string() }),
  kind: z.enum(roleKinds),
  role,
  state: z.enum(assignmentStates),
  startedAt: moment,
  expiresAt: moment.nullable(),
  endedAt: moment.nullable(),
  endedReason: z.enum(['replaced', 'revoked', 'organization_dissolved']).nullable(),
  requestedBy: person.nullable(),
  grantedBy: person,
  reason: z.string().nullable(),
})
export type RoleAssignment = z.infer<typeof roleAssignment>

/** The versions that the operator saw, sent with a decision about a role. */
export const roleSeen = {
  detailsVersion: seenVersion.describe(
    'The organization’s `detailsVersion` last read, for optimistic concurrency: it may be renamed.',
  ),
  roleVersion: roleVersion.describe(
    'The role’s `version` last read, for optimistic concurrency: its limits may change.',
  ),
  held: id
    .nullable()
    .describe('The assignment of this kind on this service, as last read; null if there was none. A default is none.'),
}

export const listRoleAssignments = endpoint({
  id: 'listRoleAssignments',
  method: 'GET',
  path: '/api/organizations/{organizationId}/role-assignments',
  access: 'memberOrOperator',
  summary: 'The roles that the organization holds and held, newest first',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    serviceId: id.optional(),
    state: z.enum(assignmentStates).optional(),
  }),
  answer: pageOf(roleAssignment),
})

export const grantRole = endpoint({
  id: 'grantRole',
  method: 'POST',
  path: '/api/organizations/{organizationId}/role-assignments',
  access: 'operator',
  summary: 'Grant a role without a request; it replaces the one of its kind on its service',
  input: z.strictObject({
    organizationId: id,
    roleId: id,
    ...roleSeen,
    reason,
    expiresAt: givenMoment.optional(),
  }),
  answer: z.object({ id }),
  problems: [
    'organization_not_found',
    'role_not_found',
    'role_retired',
    'role_held_already',
    'end_in_the_past',
    'changed_meanwhile',
    'organization_not_accepted',
    'organization_suspended',
    'organization_ended',
  ],
  status: 201,
})

export const revokeRole = endpoint({
  id: 'revokeRole',
  method: 'POST',
  path: '/api/organizations/{organizationId}/role-assignments/{assignmentId}/revoke',
  access: 'operator',
  summary: 'Revoke a role; members lose it at once',
  input: z.strictObject({ organizationId: id, assignmentId: id, reason }),
  problems: ['organization_not_found', 'role_assignment_not_found'],
})
