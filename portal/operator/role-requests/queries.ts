import type { InputOf } from '../../../src/platform/http/endpoint'
import { decideRoleRequests, listPendingRequests } from '../../../src/roles/role-requests/schema'
import { endpointPages, useEndpoint } from '../../endpoint-hooks'

export const pendingRequestsQuery = (input: InputOf<typeof listPendingRequests> = {}) =>
  endpointPages(listPendingRequests, input)

export const useDecideRoleRequests = () => useEndpoint(decideRoleRequests)
