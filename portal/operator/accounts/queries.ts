import { confirmAddress, disableAccount, enableAccount, listAccounts } from '../../../src/identity/accounts/schema'
import { makeResetLink } from '../../../src/identity/passwords/schema'
import { removeSecondFactorOf } from '../../../src/identity/second-factors/schema'
import type { AnswerOf, InputOf } from '../../../src/platform/http/endpoint'
import { endpointPages, useEndpoint } from '../../endpoint-hooks'

export type ListedAccount = AnswerOf<typeof listAccounts>['items'][number]

export const accountsQuery = (input: InputOf<typeof listAccounts>) => endpointPages<ListedAccount>(listAccounts, input)

export const useConfirmAddress = () => useEndpoint(confirmAddress)
export const useDisableAccount = () => useEndpoint(disableAccount)
export const useEnableAccount = () => useEndpoint(enableAccount)
export const useRemoveSecondFactorOf = () => useEndpoint(removeSecondFactorOf)
export const useMakeResetLink = () => useEndpoint(makeResetLink)
