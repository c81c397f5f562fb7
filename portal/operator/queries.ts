import { confirmAddress, listAccounts } from '../../src/accounts/schema'
import type { AnswerOf, InputOf } from '../../src/http/endpoint'
import {
  acceptOrganization,
  appointAdmin,
  dissolveOrganization,
  getOrganization,
  listOrganizations,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  suspendOrganization,
} from '../../src/organizations/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export type ListedOrganization = AnswerOf<typeof listOrganizations>['items'][number]
export type ListedAccount = AnswerOf<typeof listAccounts>['items'][number]

export const organizationsQuery = (input: InputOf<typeof listOrganizations>) =>
  endpointPages<ListedOrganization>(listOrganizations, input)
export const organizationQuery = (organizationId: string) => endpointQuery(getOrganization, { organizationId })
export const accountsQuery = (input: InputOf<typeof listAccounts>) => endpointPages<ListedAccount>(listAccounts, input)

export const useAcceptOrganization = () => useEndpoint(acceptOrganization)
export const useRequestChanges = () => useEndpoint(requestChanges)
export const useRejectOrganization = () => useEndpoint(rejectOrganization)
export const useSuspendOrganization = () => useEndpoint(suspendOrganization)
export const useReinstateOrganization = () => useEndpoint(reinstateOrganization)
export const useDissolveOrganization = () => useEndpoint(dissolveOrganization)
export const useAppointAdmin = () => useEndpoint(appointAdmin)
export const useConfirmAddress = () => useEndpoint(confirmAddress)
