import { useMutation, useQueryClient } from '@tanstack/react-query'
import { registerAccount } from '../../src/accounts/schema'
import { signIn, signOut } from '../../src/sessions/schema'
import { claimSetupLink } from '../../src/site/schema'
import { call, type Refusal } from '../api'
import { useEndpoint } from '../endpoint-hooks'
import { meQuery } from '../session'

export const useSignIn = () => useEndpoint(signIn)
export const useRegisterAccount = () => useEndpoint(registerAccount)
export const useClaimSetupLink = () => useEndpoint(claimSetupLink)

/** Nothing of the old session stays in memory. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation<unknown, Refusal>({
    mutationKey: [signOut.id],
    mutationFn: () => call(signOut, {}),
    onSuccess: () => {
      client.setQueryData(meQuery.queryKey, null)
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
    },
  })
}
