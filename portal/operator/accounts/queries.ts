import { confirmAddress, disableAccount, enableAccount, listAccounts } from '../../../src/identity/accounts/schema'
import { makeResetLink } from '../../../src/identity/passwords/schema'
import { removeSecondFactorOf } from '../../../src/identity/second-factors/schema'
import type { InputOf } from '../../../src/platform/http/endpoint'
import { endpointPages, type RowOf, useEndpoint } from '../../endpoint-hooks'

export type ListedAccount = RowOf<typeof listAccounts>

export const accountsQuery = (input: InputOf<typeof listAccounts>) => endpointPages(listAccounts, input)

export const useConfirmAddress = () => useEndpoint(confirmAddress)
export const useDisableAccount = () => useEndpoint(disableAccount)
export const useEnableAccount = () => useEndpoint(enableAccount)
export const useRemoveSecondFactorOf = () => useEndpoint(removeSecondFactorOf)
export const useMakeResetLink = () => useEndpoint(makeResetLink)
