import { setDefaultMemberLimit } from '../../../src/identity/site/schema'
import { setMemberLimit } from '../../../src/membership/member-limits/schema'
import { decideIdentityChange } from '../../../src/membership/organization-details/schema'
import { appointAdmin, getOrganization, listOrganizations } from '../../../src/membership/organizations/schema'
import type { AnswerOf, InputOf } from '../../../src/platform/http/endpoint'
import {
  grantRole,
  listRoleAssignments,
  type RoleAssignment,
  revokeRole,
} from '../../../src/roles/role-assignments/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../../endpoint-hooks'

export type ListedOrganization = AnswerOf<typeof listOrganizations>['items'][number]

export const organizationsQuery = (input: InputOf<typeof listOrganizations>) =>
  endpointPages<ListedOrganization>(listOrganizations, input)
export const organizationQuery = (organizationId: string) => endpointQuery(getOrganization, { organizationId })
export const roleAssignmentsQuery = (organizationId: string) =>
  endpointPages<RoleAssignment>(listRoleAssignments, { organizationId, limit: 20 })
/** What an organization holds of a service. */
export const heldQuery = (organizationId: string, serviceId: string) =>
  endpointQuery(listRoleAssignments, { organizationId, serviceId, state: 'active' })

export const useDecideIdentityChange = () => useEndpoint(decideIdentityChange)
export const useAppointAdmin = () => useEndpoint(appointAdmin)
export const useSetMemberLimit = () => useEndpoint(setMemberLimit)
export const useSetDefaultLimit = () => useEndpoint(setDefaultMemberLimit)
export const useGrantRole = () => useEndpoint(grantRole)
export const useRevokeRole = () => useEndpoint(revokeRole)
