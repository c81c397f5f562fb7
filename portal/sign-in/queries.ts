import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { authenticateAgain } from '../../src/identity/authentication/schema'
import {
  addPasskey,
  authenticateAgainWithPasskey,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from '../../src/identity/passkeys/schema'
import {
  confirmSecondFactor,
  giveSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../src/identity/second-factors/schema'
import { getSignInMethods } from '../../src/identity/sign-in-methods/schema'
import { linkProvider, startProviderSignIn, unlinkProvider } from '../../src/identity/upstream-provider/schema'
import { siteInfoQuery } from '../account/queries'
import { type ApiError, call } from '../api'
import { endpointQuery, useEndpoint } from '../endpoint-hooks'
import { refetch } from '../refetch'
import { askForPasskey, makePasskey } from './passkey'

export const useSiteInfo = () => useQuery(siteInfoQuery)
export const useSignInMethods = () => useQuery(endpointQuery(getSignInMethods, {}))

export const useGiveSecondFactor = () => useEndpoint(giveSecondFactor)
export const useStartSecondFactor = () => useEndpoint(startSecondFactor)
export const useConfirmSecondFactor = () => useEndpoint(confirmSecondFactor)
export const useRemoveSecondFactor = () => useEndpoint(removeSecondFactor)
export const useRenewRecoveryCodes = () => useEndpoint(renewRecoveryCodes)

export const useRenamePasskey = () => useEndpoint(renamePasskey)
export const useRemovePasskey = () => useEndpoint(removePasskey)
export const useUnlinkProvider = () => useEndpoint(unlinkProvider)
export const useLinkProvider = () => useEndpoint(linkProvider)
export const useStartProviderSignIn = () => useEndpoint(startProviderSignIn)

/** Three steps: the challenge, the passkey from the browser, the response. */
export function useAddPasskey() {
  const start = useEndpoint(startPasskey)
  const add = useEndpoint(addPasskey)
  return async (name: string) => {
    const { options } = await start.mutateAsync({})
    await add.mutateAsync({ name, response: await makePasskey(options) })
  }
}

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
