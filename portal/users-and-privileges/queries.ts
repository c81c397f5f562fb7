import { useQuery } from '@tanstack/react-query'
import { requestHigherLimit } from '../../src/membership/member-limits/schema'
import {
  getMembership,
  listMemberships,
  type Membership,
  removeMember,
  setAdminPrivileges,
} from '../../src/membership/memberships/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { endpointPages, endpointQuery, useEndpoint } from '../endpoint-hooks'
import { counted } from '../ui/person-name'

export const membershipsQuery = (input: InputOf<typeof listMemberships>) =>
  endpointPages<Membership>(listMemberships, input)

export const useSetAdminPrivileges = () => useEndpoint(setAdminPrivileges)
export const useRemoveMember = () => useEndpoint(removeMember)
export const useRequestHigherLimit = () => useEndpoint(requestHigherLimit)

/** What ends together with somebody's admin privileges; asked for when a window is about to say so. */
export function usePendingInvitations(organizationId: string, membershipId: string | null, maker = 'this person') {
  const query = useQuery({
    ...endpointQuery(getMembership, { organizationId, membershipId: membershipId ?? '' }),
    enabled: membershipId !== null,
    staleTime: 0,
  })
  const pending = query.data?.pendingInvitations ?? 0
  return { isPending: membershipId !== null && query.isPending, sentence: pending > 0 ? revoked(pending, maker) : null }
}

const revoked = (pending: number, maker: string) =>
  `${counted(pending, 'pending invitation')} made by ${maker} will be revoked, and ${pending === 1 ? 'its code stops' : 'their codes stop'} working.`
