import type { InputOf } from '../../../src/platform/http/endpoint'
import { decideRoleRequests, listPendingRequests, type PendingRequest } from '../../../src/roles/role-requests/schema'
import { endpointPages, useEndpoint } from '../../endpoint-hooks'

export const pendingRequestsQuery = (input: InputOf<typeof listPendingRequests> = {}) =>
  endpointPages<PendingRequest>(listPendingRequests, input)

export const useDecideRoleRequests = () => useEndpoint(decideRoleRequests)
