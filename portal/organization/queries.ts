import { useMutation } from '@tanstack/react-query'
import type { AnswerOf } from '../../src/http/endpoint'
import { acceptInvitation, previewInvitation, withdrawAcceptance } from '../../src/invitations/schema'
import { editOrganizationDetails, withdrawIdentityChange } from '../../src/organization-details/schema'
import {
  createOrganization,
  dissolveOrganization,
  leaveOrganization,
  resubmitOrganization,
} from '../../src/organizations/schema'
import type { Refusal } from '../api'
import { callSignedIn } from '../call-signed-in'
import { useEndpoint } from '../endpoint-hooks'

export const useAcceptInvitation = () => useEndpoint(acceptInvitation)
export const useWithdrawAcceptance = () => useEndpoint(withdrawAcceptance)
export const useCreateOrganization = () => useEndpoint(createOrganization)
export const useResubmitOrganization = () => useEndpoint(resubmitOrganization)
export const useEditOrganizationDetails = () => useEndpoint(editOrganizationDetails)
export const useWithdrawIdentityChange = () => useEndpoint(withdrawIdentityChange)
export const useLeaveOrganization = () => useEndpoint(leaveOrganization)
export const useDissolveOrganization = () => useEndpoint(dissolveOrganization)

/** Not a query: the code stays out of query keys, and a wrong one is never asked for again by itself. */
export const usePreviewInvitation = () =>
  useMutation<AnswerOf<typeof previewInvitation>, Refusal, string>({
    mutationKey: [previewInvitation.id],
    mutationFn: (code) => callSignedIn(previewInvitation, { code }),
  })
