import { setDefaultMemberLimit } from '../../../src/identity/site/schema'
import { setMemberLimit } from '../../../src/membership/member-limits/schema'
import { decideIdentityChange } from '../../../src/membership/organization-details/schema'
import { appointAdmin, getOrganization, listOrganizations } from '../../../src/membership/organizations/schema'
import type { InputOf } from '../../../src/platform/http/endpoint'
import { grantRole, listRoleAssignments, revokeRole } from '../../../src/roles/role-assignments/schema'
import { endpointPages, endpointQuery, type RowOf, useEndpoint } from '../../endpoint-hooks'
import type { OrganizationDecision } from './decisions'

export type ListedOrganization = RowOf<typeof listOrganizations>

export const organizationsQuery = (input: InputOf<typeof listOrganizations>) => endpointPages(listOrganizations, input)
export const organizationQuery = (organizationId: string) => endpointQuery(getOrganization, { organizationId })
export const roleAssignmentsQuery = (organizationId: string) =>
  endpointPages(listRoleAssignments, { organizationId, limit: 20 })
/** What an organization holds of a service. */
export const heldQuery = (organizationId: string, serviceId: string) =>
  endpointQuery(listRoleAssignments, { organizationId, serviceId, state: 'active' })

export const useDecision = ({ endpoint }: OrganizationDecision) => useEndpoint(endpoint)
export const useDecideIdentityChange = () => useEndpoint(decideIdentityChange)
export const useAppointAdmin = () => useEndpoint(appointAdmin)
export const useSetMemberLimit = () => useEndpoint(setMemberLimit)
export const useSetDefaultLimit = () => useEndpoint(setDefaultMemberLimit)
export const useGrantRole = () => useEndpoint(grantRole)
export const useRevokeRole = () => useEndpoint(revokeRole)
