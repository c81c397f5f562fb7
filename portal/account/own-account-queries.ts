import { endOtherSessions, endSession, listSessions } from '../../src/identity/authentication/schema'
import { changePassword, previewReset, requestPasswordReset, resetPassword } from '../../src/identity/passwords/schema'
import {
  acceptTerms,
  changeOwnAddress,
  confirmOwnAddress,
  deleteOwnAccount,
  exportOwnAccount,
  mailConfirmationLink,
  updateOwnAccount,
} from '../../src/membership/me/schema'
import { endpointQuery, useEndpoint, useLookUp } from '../endpoint-hooks'
import { pendingLinks } from '../pending-links'

export const sessionsQuery = endpointQuery(listSessions, {})

export const useUpdateOwnAccount = () => useEndpoint(updateOwnAccount)
export const useMailConfirmationLink = () => useEndpoint(mailConfirmationLink)
export const useConfirmOwnAddress = () => useEndpoint(confirmOwnAddress)
export const useChangeOwnAddress = () => useEndpoint(changeOwnAddress)
export const useAcceptTerms = () => useEndpoint(acceptTerms)
export const useDeleteOwnAccount = () => useEndpoint(deleteOwnAccount, pendingLinks.signedIn.drop)
export const useExportOwnAccount = () => useEndpoint(exportOwnAccount)
export const useChangePassword = () => useEndpoint(changePassword)
export const useRequestPasswordReset = () => useEndpoint(requestPasswordReset)
export const useResetPassword = () => useEndpoint(resetPassword, pendingLinks.signedIn.drop)
export const usePreviewReset = () => useLookUp(previewReset)
export const useEndSession = () => useEndpoint(endSession)
export const useEndOtherSessions = () => useEndpoint(endOtherSessions)
