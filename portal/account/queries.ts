import { useMutation, useQueryClient } from '@tanstack/react-query'
import { registerAccount } from '../../src/identity/accounts/schema'
import { signIn, signOut } from '../../src/identity/authentication/schema'
import { claimSetupLink, getSiteInfo, previewSetupLink } from '../../src/identity/site/schema'
import type { AnswerOf, InputOf } from '../../src/platform/http/endpoint'
import { ApiError, call } from '../api'
import { endpointQuery, useEndpoint, useLookUp } from '../endpoint-hooks'
import { pendingLinks } from '../pending-links'
import { meQuery } from '../session'
import { noteWhosePage } from '../whose-page'

export const siteInfoQuery = endpointQuery(getSiteInfo, {})

export const useClaimSetupLink = () => useEndpoint(claimSetupLink)
export const usePreviewSetupLink = () => useLookUp(previewSetupLink)

/** Where a second factor is still to come, nobody is signed in yet, and nothing is asked for anew. */
export function useSignIn() {
  const client = useQueryClient()
  return useMutation<AnswerOf<typeof signIn>, ApiError, InputOf<typeof signIn>>({
    mutationKey: [signIn.id],
    mutationFn: (input) => call(signIn, input),
    onSuccess: ({ secondFactor }) => (secondFactor ? undefined : client.invalidateQueries()),
  })
}

/**
 * Registers, then signs in with what was typed. Where the site sends mail, an address that has an account already is
 * answered like a new one; then the password is most likely another, and nobody is signed in.
 */
export function useRegisterAccount() {
  const client = useQueryClient()
  return useMutation<{ signedIn: boolean }, ApiError, InputOf<typeof registerAccount>>({
    mutationKey: [registerAccount.id],
    mutationFn: async (input) => {
      await call(registerAccount, input)
      return { signedIn: await trySigningIn(input) }
    },
    // Also after a refusal: what was wrong may be that the site's policy is another by now.
    onSettled: () => client.invalidateQueries(),
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

/** Nothing of the old session stays in memory. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation<unknown, ApiError>({
    mutationKey: [signOut.id],
    mutationFn: () => call(signOut, {}),
    onSuccess: () => {
      pendingLinks.signedIn.drop()
      void noteWhosePage(null)
      client.setQueryData(meQuery.queryKey, null)
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
    },
  })
}
