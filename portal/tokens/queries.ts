import { useQuery } from '@tanstack/react-query'
import {
  createOrganizationToken,
  createToken,
  endOrganizationToken,
  endToken,
  listOrganizationTokens,
  listTokens,
  renewOrganizationToken,
} from '../../src/membership/tokens/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { endpointQuery, useEndpoint } from '../endpoint-hooks'
import { useMe } from '../session'

/** A new token, with what the window shows of it. */
export interface MadeToken extends AnswerOf<typeof createToken> {
  scopes: readonly string[]
}

export const tokensQuery = endpointQuery(listTokens, {})
export const organizationTokensQuery = (organizationId: string) =>
  endpointQuery(listOrganizationTokens, { organizationId })

/** How many usable tokens the reader has made: personal ones, and those of the organization whose tokens they see. */
export function useOwnTokens(organizationId: string | null): number {
  const { account } = useMe()
  const personal = useQuery(tokensQuery)
  const ofOrganization = useQuery({
    ...organizationTokensQuery(organizationId ?? ''),
    enabled: organizationId !== null,
  })
  const made = ofOrganization.data?.tokens.filter(({ maker, endedAt }) => maker.id === account.id && endedAt === null)
  return [...(personal.data?.tokens ?? []), ...(made ?? [])].filter(({ expired }) => !expired).length
}

interface TokenInput {
  name: string
  scopes: string[]
  days: number
}

/** Creates a token of the organization, or a personal one. */
export function useCreateToken(organizationId: string | null) {
  const personal = useEndpoint(createToken)
  const ofOrganization = useEndpoint(createOrganizationToken)
  return (input: TokenInput) =>
    organizationId ? ofOrganization.mutateAsync({ organizationId, ...input }) : personal.mutateAsync(input)
}

/** Ends a token of the organization, or a personal one. */
export function useEndToken(organizationId: string | null) {
  const personal = useEndpoint(endToken)
  const ofOrganization = useEndpoint(endOrganizationToken)
  return (tokenId: string) =>
    organizationId ? ofOrganization.mutateAsync({ organizationId, tokenId }) : personal.mutateAsync({ tokenId })
}

export const useRenewToken = () => useEndpoint(renewOrganizationToken)
