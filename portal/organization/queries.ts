import { acceptInvitation, previewInvitation, withdrawAcceptance } from '../../src/membership/invitations/schema'
import { leaveOrganization } from '../../src/membership/memberships/schema'
import { editOrganizationDetails, withdrawIdentityChange } from '../../src/membership/organization-details/schema'
import {
  createOrganization,
  dissolveOrganization,
  resubmitOrganization,
} from '../../src/membership/organizations/schema'
import { useEndpoint, useLookUp } from '../endpoint-hooks'

export const useAcceptInvitation = () => useEndpoint(acceptInvitation)
export const useWithdrawAcceptance = () => useEndpoint(withdrawAcceptance)
export const useCreateOrganization = () => useEndpoint(createOrganization)
export const useResubmitOrganization = () => useEndpoint(resubmitOrganization)
export const useEditOrganizationDetails = () => useEndpoint(editOrganizationDetails)
export const useWithdrawIdentityChange = () => useEndpoint(withdrawIdentityChange)
export const useLeaveOrganization = () => useEndpoint(leaveOrganization)
export const useDissolveOrganization = () => useEndpoint(dissolveOrganization)
export const usePreviewInvitation = () => useLookUp(previewInvitation)
