import type { InputOf } from '../../src/platform/http/endpoint'
import { getOrganizationEntitlements } from '../../src/roles/entitlements/schema'
import { listRoleRequests, requestRoles, withdrawRoleRequest } from '../../src/roles/role-requests/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export const roleRequestsQuery = (input: InputOf<typeof listRoleRequests>) => endpointPages(listRoleRequests, input)
export const pendingOfOrganizationQuery = (organizationId: string) =>
  endpointQuery(listRoleRequests, { organizationId, state: 'pending', limit: 100 })
export const organizationEntitlementsQuery = (organizationId: string) =>
  endpointQuery(getOrganizationEntitlements, { organizationId })

export const useRequestRoles = () => useEndpoint(requestRoles)
export const useWithdrawRoleRequest = () => useEndpoint(withdrawRoleRequest)
