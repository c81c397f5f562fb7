import { endOtherSessions, endSession, listSessions } from '../../src/identity/authentication/schema'
import { addPasskey, removePasskey, renamePasskey, startPasskey } from '../../src/identity/passkeys/schema'
import { changePassword } from '../../src/identity/passwords/schema'
import {
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../src/identity/second-factors/schema'
import { linkProvider, unlinkProvider } from '../../src/identity/upstream-provider/schema'
import { changeOwnAddress, deleteOwnAccount, exportOwnAccount, updateOwnAccount } from '../../src/membership/me/schema'
import { endpointQuery, useEndpoint } from '../endpoint-hooks'
import { makePasskey } from '../sign-in/passkey'
import { tabStorage } from '../tab-storage'

export const sessionsQuery = endpointQuery(listSessions, {})

export const useUpdateOwnAccount = () => useEndpoint(updateOwnAccount)
export const useChangeOwnAddress = () => useEndpoint(changeOwnAddress)
export const useDeleteOwnAccount = () => useEndpoint(deleteOwnAccount, tabStorage.signedIn.drop)
export const useExportOwnAccount = () => useEndpoint(exportOwnAccount)
export const useChangePassword = () => useEndpoint(changePassword)
export const useEndSession = () => useEndpoint(endSession)
export const useEndOtherSessions = () => useEndpoint(endOtherSessions)

export const useStartSecondFactor = () => useEndpoint(startSecondFactor)
export const useConfirmSecondFactor = () => useEndpoint(confirmSecondFactor)
export const useRemoveSecondFactor = () => useEndpoint(removeSecondFactor)
export const useRenewRecoveryCodes = () => useEndpoint(renewRecoveryCodes)

export const useRenamePasskey = () => useEndpoint(renamePasskey)
export const useRemovePasskey = () => useEndpoint(removePasskey)
export const useUnlinkProvider = () => useEndpoint(unlinkProvider)
export const useLinkProvider = () => useEndpoint(linkProvider)

/** Three steps: the challenge, the passkey from the browser, the response. */
export function useAddPasskey() {
  const start = useEndpoint(startPasskey)
  const add = useEndpoint(addPasskey)
  return async (name: string) => {
    const { options } = await start.mutateAsync({})
    await add.mutateAsync({ name, response: await makePasskey(options) })
  }
}
