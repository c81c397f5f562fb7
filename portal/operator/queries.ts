import { confirmAddress, disableAccount, enableAccount, listAccounts } from '../../src/identity/accounts/schema'
import { makeResetLink } from '../../src/identity/passwords/schema'
import { removeSecondFactorOf } from '../../src/identity/second-factors/schema'
import { getSiteSettings, setDefaultMemberLimit, setSitePolicy } from '../../src/identity/site/schema'
import { setMemberLimit } from '../../src/membership/member-limits/schema'
import { decideIdentityChange } from '../../src/membership/organization-details/schema'
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
} from '../../src/membership/organizations/schema'
import { listMails, type Mail, retryMail } from '../../src/messaging/mails/schema'
import type { AnswerOf, InputOf } from '../../src/platform/http/endpoint'
import {
  grantRole,
  listRoleAssignments,
  type RoleAssignment,
  revokeRole,
} from '../../src/roles/role-assignments/schema'
import { decideRoleRequests, listPendingRequests, type PendingRequest } from '../../src/roles/role-requests/schema'
import { exportCatalogue, importCatalogue, retireService, saveService } from '../../src/roles/services/schema'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export type ListedOrganization = AnswerOf<typeof listOrganizations>['items'][number]
export type ListedAccount = AnswerOf<typeof listAccounts>['items'][number]

export const organizationsQuery = (input: InputOf<typeof listOrganizations>) =>
  endpointPages<ListedOrganization>(listOrganizations, input)
export const organizationQuery = (organizationId: string) => endpointQuery(getOrganization, { organizationId })
export const accountsQuery = (input: InputOf<typeof listAccounts>) => endpointPages<ListedAccount>(listAccounts, input)
export const pendingRequestsQuery = (input: InputOf<typeof listPendingRequests> = {}) =>
  endpointPages<PendingRequest>(listPendingRequests, input)
export const roleAssignmentsQuery = (organizationId: string) =>
  endpointPages<RoleAssignment>(listRoleAssignments, { organizationId, limit: 20 })
/** What an organization holds of a service. */
export const heldQuery = (organizationId: string, serviceId: string) =>
  endpointQuery(listRoleAssignments, { organizationId, serviceId, state: 'active' })
export const mailsQuery = (input: InputOf<typeof listMails>) => endpointPages<Mail>(listMails, input)
export const siteSettingsQuery = () => endpointQuery(getSiteSettings, {})

export const useAcceptOrganization = () => useEndpoint(acceptOrganization)
export const useRequestChanges = () => useEndpoint(requestChanges)
export const useRejectOrganization = () => useEndpoint(rejectOrganization)
export const useSuspendOrganization = () => useEndpoint(suspendOrganization)
export const useReinstateOrganization = () => useEndpoint(reinstateOrganization)
export const useDissolveAsOperator = () => useEndpoint(dissolveOrganization)
export const useDecideIdentityChange = () => useEndpoint(decideIdentityChange)
export const useAppointAdmin = () => useEndpoint(appointAdmin)
export const useConfirmAddress = () => useEndpoint(confirmAddress)
export const useDisableAccount = () => useEndpoint(disableAccount)
export const useEnableAccount = () => useEndpoint(enableAccount)
export const useRemoveSecondFactorOf = () => useEndpoint(removeSecondFactorOf)
export const useMakeResetLink = () => useEndpoint(makeResetLink)
export const useSetSitePolicy = () => useEndpoint(setSitePolicy)

export const useRetryMail = () => useEndpoint(retryMail)
export const useSetMemberLimit = () => useEndpoint(setMemberLimit)
export const useSetDefaultLimit = () => useEndpoint(setDefaultMemberLimit)
export const useDecideRoleRequests = () => useEndpoint(decideRoleRequests)
export const useGrantRole = () => useEndpoint(grantRole)
export const useRevokeRole = () => useEndpoint(revokeRole)
export const useSaveService = () => useEndpoint(saveService)
export const useRetireService = () => useEndpoint(retireService)
export const useImportCatalogue = () => useEndpoint(importCatalogue)
export const useExportCatalogue = () => useEndpoint(exportCatalogue)
