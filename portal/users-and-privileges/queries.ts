import { useQuery } from '@tanstack/react-query'
import { requestHigherLimit } from '../../src/membership/member-limits/schema'
import {
  getMembership,
  listMemberships,
  removeMember,
  setAdminPrivileges,
} from '../../src/membership/memberships/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { formatMessage } from '../../src/platform/messages/format-message'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'

export const membershipsQuery = (input: InputOf<typeof listMemberships>) => endpointPages(listMemberships, input)

export const useSetAdminPrivileges = () => useEndpoint(setAdminPrivileges)
export const useRemoveMember = () => useEndpoint(removeMember)
export const useRequestHigherLimit = () => useEndpoint(requestHigherLimit)

/**
 * Sentences about what ends with a membership, or with admin privileges: pending invitations and tokens. For the dialog
 * that says so. The name is null for the reader's own membership.
 */
export function useWhatEnds(organizationId: string, membershipId: string | null, name: string | null) {
  const query = useQuery({
    ...endpointQuery(getMembership, { organizationId, membershipId: membershipId ?? '' }),
    enabled: membershipId !== null,
    staleTime: 0,
  })
  const { pendingInvitations = 0, tokens } = query.data ?? {}
  const sentences = [
    ...(pendingInvitations > 0 ? [revoked(pendingInvitations, name)] : []),
    ...(tokens ? [tokensEnd(tokens, name)] : []),
  ]
  return { isPending: membershipId !== null && query.isPending, sentences }
}

/** How many tokens end, for a dialog. The name is null for the reader's own tokens. */
export const tokensEnd = (count: number, name: string | null) =>
  name === null
    ? formatMessage(
        '{count, plural, one {Your # token ends, and programs that use it stop working.} other {Your # tokens end, and programs that use them stop working.}}',
        { count },
      )
    : formatMessage(
        '{count, plural, one {# token of {name} ends, and programs that use it stop working.} other {# tokens of {name} end, and programs that use them stop working.}}',
        { count, name },
      )

const revoked = (count: number, name: string | null) =>
  name === null
    ? formatMessage(
        '{count, plural, one {Your # pending invitation will be revoked, and its code will stop working.} other {Your # pending invitations will be revoked, and their codes will stop working.}}',
        { count },
      )
    : formatMessage(
        '{count, plural, one {# pending invitation created by {name} will be revoked, and its code will stop working.} other {# pending invitations created by {name} will be revoked, and their codes will stop working.}}',
        { count, name },
      )
