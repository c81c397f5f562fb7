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
 * A sentence about the pending invitations that end with a member's admin privileges, for the dialog that says so. The
 * name is null for the reader's own membership.
 */
export function usePendingInvitations(organizationId: string, membershipId: string | null, name: string | null) {
  const query = useQuery({
    ...endpointQuery(getMembership, { organizationId, membershipId: membershipId ?? '' }),
    enabled: membershipId !== null,
    staleTime: 0,
  })
  const pending = query.data?.pendingInvitations ?? 0
  return { isPending: membershipId !== null && query.isPending, sentence: pending > 0 ? revoked(pending, name) : null }
}

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
