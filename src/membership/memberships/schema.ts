import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment, pageOf, paging, person } from '../../platform/http/fields'

const endpoint = endpointsOf('Memberships')

export const membership = z.object({
  id,
  account: person.describe('The address is included for admins and operators only.'),
  admin: z.boolean(),
  since: moment,
  me: z.boolean().describe('Whether it is the caller’s own.'),
})
export type Membership = z.infer<typeof membership>

const inOrganization = { organizationId: id, membershipId: id }

export const listMemberships = endpoint({
  id: 'listMemberships',
  method: 'GET',
  path: '/api/organizations/{organizationId}/memberships',
  access: 'memberOrOperator',
  summary: 'The members of the organization',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    sort: z.enum(['newest', 'oldest', 'name']).default('newest'),
    admins: z.enum(['only']).optional().describe('Only those with admin privileges.'),
  }),
  answer: pageOf(membership),
})

export const getMembership = endpoint({
  id: 'getMembership',
  method: 'GET',
  path: '/api/organizations/{organizationId}/memberships/{membershipId}',
  access: 'member',
  summary: 'A member, with what removing them would end',
  input: z.strictObject(inOrganization),
  answer: membership.extend({
    pendingInvitations: z.int().describe('Pending invitations they created, which end with their admin privileges.'),
    tokens: z
      .int()
      .describe('Usable tokens that end with their membership; those of an admin also with the privileges.'),
  }),
  problems: ['membership_not_found'],
})

export const setAdminPrivileges = endpoint({
  id: 'setAdminPrivileges',
  method: 'PUT',
  path: '/api/organizations/{organizationId}/memberships/{membershipId}/admin',
  access: 'admin',
  summary: 'Grant or revoke admin privileges, including your own',
  input: z.strictObject({ ...inOrganization, admin: z.boolean() }),
  problems: ['membership_not_found', 'last_admin', 'member_disabled'],
})

export const removeMember = endpoint({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/organizations/{organizationId}/memberships/{membershipId}',
  access: 'admin',
  summary: 'Remove a member; their access ends at once',
  input: z.strictObject(inOrganization),
  problems: ['membership_not_found', 'last_admin'],
})

export const leaveOrganization = endpoint({
  id: 'leaveOrganization',
  method: 'POST',
  path: '/api/organizations/{organizationId}/leave',
  access: 'member',
  personal: true,
  tag: 'Organizations',
  summary: 'Leave the organization; access through it ends at once',
  input: z.strictObject({
    organizationId: id,
    successorId: id
      .optional()
      .describe('A membership that gets admin privileges in the same step (hand over and leave).'),
  }),
  problems: ['last_admin', 'membership_not_found', 'admin_privileges_needed', 'member_disabled'],
})
