import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { registerAccount } from '../../src/identity/accounts/schema'
import { authenticateAgain, signIn, signOut } from '../../src/identity/authentication/schema'
import { authenticateAgainWithPasskey, signInWithPasskey, startPasskeySignIn } from '../../src/identity/passkeys/schema'
import { previewReset, requestPasswordReset, resetPassword } from '../../src/identity/passwords/schema'
import { giveSecondFactor } from '../../src/identity/second-factors/schema'
import { getSignInMethods } from '../../src/identity/sign-in-methods/schema'
import { claimSetupLink, getSiteInfo, previewSetupLink } from '../../src/identity/site/schema'
import { startProviderSignIn } from '../../src/identity/upstream-provider/schema'
import { acceptTerms, confirmOwnAddress, mailConfirmationLink } from '../../src/membership/me/schema'
import type { AnswerOf, InputOf } from '../../src/platform/http/endpoint'
import { ApiError, call } from '../api'
import { endpointQuery, useEndpoint, useLookUp } from '../endpoint-hooks'
import { notePageAccount } from '../page-account'
import { refetch } from '../refetch'
import { meQuery } from '../session'
import { tabStorage } from '../tab-storage'
import { askForPasskey } from './passkey'

export const useSiteInfo = () => useQuery(endpointQuery(getSiteInfo, {}))
export const useSignInMethods = () => useQuery(endpointQuery(getSignInMethods, {}))

export const useClaimSetupLink = () => useEndpoint(claimSetupLink)
export const usePreviewSetupLink = () => useLookUp(previewSetupLink)
export const useMailConfirmationLink = () => useEndpoint(mailConfirmationLink)
export const useConfirmOwnAddress = () => useEndpoint(confirmOwnAddress)
export const useAcceptTerms = () => useEndpoint(acceptTerms)
export const useRequestPasswordReset = () => useEndpoint(requestPasswordReset)
export const usePreviewReset = () => useLookUp(previewReset)
export const useResetPassword = () => useEndpoint(resetPassword, tabStorage.signedIn.drop)

/** If a second factor is still required, no one is signed in yet, and nothing is refetched. */
export function useSignIn() {
  const client = useQueryClient()
  return useMutation<AnswerOf<typeof signIn>, ApiError, InputOf<typeof signIn>>({
    mutationKey: [signIn.id],
    mutationFn: (input) => call(signIn, input),
    onSuccess: ({ secondFactor }) => (secondFactor ? undefined : refetch(client)),
  })
}

export const useGiveSecondFactor = () => useEndpoint(giveSecondFactor)
export const useStartProviderSignIn = () => useEndpoint(startProviderSignIn)

export function useSignInWithPasskey() {
  const client = useQueryClient()
  return useMutation<unknown, ApiError>({
    mutationKey: [signInWithPasskey.id],
    mutationFn: async () => {
      const { options } = await call(startPasskeySignIn, {})
      return call(signInWithPasskey, { response: await askForPasskey(options) })
    },
    onSuccess: () => refetch(client),
  })
}

/** Not with `useEndpoint`, which calls this after a refusal. */
export function useAuthenticateAgain() {
  return useMutation<unknown, ApiError, { password: string } | 'passkey'>({
    mutationKey: [authenticateAgain.id],
    mutationFn: async (proof) => {
      if (proof !== 'passkey') return call(authenticateAgain, proof)
      const { options } = await call(startPasskeySignIn, {})
      return call(authenticateAgainWithPasskey, { response: await askForPasskey(options) })
    },
  })
}

/**
 * Registers, then signs in with the same credentials. If the site sends mail, an address that already has an account gets
 * the same answer as a new one. Its password is most likely different, so the sign-in fails.
 */
export function useRegisterAccount() {
  const client = useQueryClient()
  return useMutation<{ signedIn: boolean }, ApiError, InputOf<typeof registerAccount>>({
    mutationKey: [registerAccount.id],
    mutationFn: async (input) => {
      await call(registerAccount, input)
      return { signedIn: await trySigningIn(input) }
    },
    // Also after a refusal: the site’s policy may have changed.
    onSettled: () => refetch(client),
  })
}

async function trySigningIn({ email, password }: { email: string; password: string }): Promise<boolean> {
  try {
    return !(await call(signIn, { email, password })).secondFactor
  } catch (error) {
    if (error instanceof ApiError && error.code === 'wrong_credentials') return false
    throw error
  }
}

/** Signs out and removes everything of the old session from memory. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation<unknown, ApiError>({
    mutationKey: [signOut.id],
    mutationFn: () => call(signOut, {}),
    onSuccess: () => {
      tabStorage.signedIn.drop()
      void notePageAccount(null)
      client.setQueryData(meQuery.queryKey, null)
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
    },
  })
}
