import { useMutation } from '@tanstack/react-query'
import type { AnswerOf } from '../../src/http/endpoint'
import {
  acceptTerms,
  changeOwnAddress,
  confirmOwnAddress,
  deleteOwnAccount,
  exportOwnAccount,
  mailConfirmationLink,
  updateOwnAccount,
} from '../../src/own-account/schema'
import { changePassword, previewReset, requestPasswordReset, resetPassword } from '../../src/passwords/schema'
import { endOtherSessions, endSession, listSessions } from '../../src/sessions/schema'
import { call, type Refusal } from '../api'
import { carried } from '../carried'
import { endpointQuery, useEndpoint } from '../endpoint-hooks'

export const sessionsQuery = endpointQuery(listSessions, {})

export const useUpdateOwnAccount = () => useEndpoint(updateOwnAccount)
export const useMailConfirmationLink = () => useEndpoint(mailConfirmationLink)
export const useConfirmOwnAddress = () => useEndpoint(confirmOwnAddress)
export const useChangeOwnAddress = () => useEndpoint(changeOwnAddress)
export const useAcceptTerms = () => useEndpoint(acceptTerms)
export const useDeleteOwnAccount = () => useEndpoint(deleteOwnAccount, carried.signedIn.drop)
export const useExportOwnAccount = () => useEndpoint(exportOwnAccount)
export const useChangePassword = () => useEndpoint(changePassword)
export const useRequestPasswordReset = () => useEndpoint(requestPasswordReset)
export const useResetPassword = () => useEndpoint(resetPassword, carried.signedIn.drop)

/** Not a query: the token stays out of query keys, and one that is no good is never asked for again by itself. */
export const usePreviewReset = () =>
  useMutation<AnswerOf<typeof previewReset>, Refusal, string>({
    mutationKey: [previewReset.id],
    mutationFn: (token) => call(previewReset, { token }),
  })

export const useEndSession = () => useEndpoint(endSession)
export const useEndOtherSessions = () => useEndpoint(endOtherSessions)
