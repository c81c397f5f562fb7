import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import {
  doneAnswer,
  givenMoment,
  id,
  moment,
  pageOf,
  paging,
  person,
  reason,
  seenVersion,
} from '../../platform/http/fields'
import { role, roleKinds, roleVersion } from '../services/schema'

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

/** What a decision about a role carries of what the operator saw. */
export const roleSeen = {
  detailsVersion: seenVersion.describe('The `detailsVersion` of the organization that was seen: it may be renamed.'),
  roleVersion: roleVersion.describe('The `version` of the role that was seen: its numbers may change.'),
  held: id
    .nullable()
    .describe(
      'The assignment that was seen as held of this kind on this service; null where there was none. A default is none.',
    ),
}

export const listRoleAssignments = endpoint({
  id: 'listRoleAssignments',
  method: 'GET',
  path: '/api/organizations/{organizationId}/role-assignments',
  access: 'memberOrOperator',
  tag: 'Role assignments',
  summary: 'Which roles the organization holds and held, newest first',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    serviceId: id.optional(),
    state: z.enum(assignmentStates).optional(),
  }),
  answer: pageOf(roleAssignment),
  problems: [],
})

export const grantRole = endpoint({
  id: 'grantRole',
  method: 'POST',
  path: '/api/organizations/{organizationId}/role-assignments',
  access: 'operator',
  tag: 'Role assignments',
  summary: 'Grant a role unasked; it replaces the one of its kind on its service',
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
  tag: 'Role assignments',
  summary: 'Revoke a role; members lose it at once',
  input: z.strictObject({ organizationId: id, assignmentId: id, reason }),
  answer: doneAnswer,
  problems: ['organization_not_found', 'role_assignment_not_found'],
})
