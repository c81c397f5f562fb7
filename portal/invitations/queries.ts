import {
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
  listInvitations,
  revokeInvitation,
  showInvitationCode,
} from '../../src/membership/invitations/schema'
import type { AnswerOf, InputOf } from '../../src/platform/http/endpoint'
import { endpointPages, type RowOf, useEndpoint } from '../endpoint-hooks'

export type WaitingAcceptance = RowOf<typeof listAcceptances>
/** What the window with the code shows. */
export type ShownCode = AnswerOf<typeof showInvitationCode>

export const invitationsQuery = (input: InputOf<typeof listInvitations>) => endpointPages(listInvitations, input)
export const acceptancesQuery = (input: InputOf<typeof listAcceptances>) => endpointPages(listAcceptances, input)

export const useCreateInvitation = () => useEndpoint(createInvitation)
export const useShowInvitationCode = () => useEndpoint(showInvitationCode)
export const useRevokeInvitation = () => useEndpoint(revokeInvitation)
export const useApproveAcceptance = () => useEndpoint(approveAcceptance)
export const useDeclineAcceptance = () => useEndpoint(declineAcceptance)
