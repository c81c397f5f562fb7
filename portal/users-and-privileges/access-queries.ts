import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getAccessEnd, listPendingAccess } from '../../src/connections/delivery-status/schema'
import { listMembersS3Keys } from '../../src/connections/s3-keys/schema'
import type { Membership } from '../../src/membership/memberships/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { askAgainAfter, endpointPages, polledQuery, type RowOf } from '../endpoint-hooks'
import { loadedRows } from '../query-client'

export type AccessOfMembers = AnswerOf<typeof listPendingAccess>

/** That a service is told is not an event, so this asks again, and more often as long as one is being told. */
const pendingAccessQuery = (organizationId: string) =>
  polledQuery(listPendingAccess, { organizationId }, (access) =>
    access?.connected === false ? false : askAgainAfter(access?.pending ?? []),
  )

/** What services were told about members; undefined for readers who may not know, or if no service is connected. */
export function useAccessOfMembers(organizationId: string, may: boolean): AccessOfMembers | undefined {
  const { data } = useQuery({ ...pendingAccessQuery(organizationId), enabled: may })
  return data?.connected ? data : undefined
}

/** How many S3 keys members have, by account. Only some members have any, so all of them are loaded. */
export function useS3KeysOfMembers(organizationId: string, may: boolean): Map<string, RowOf<typeof listMembersS3Keys>> {
  const query = useInfiniteQuery({
    ...endpointPages(listMembersS3Keys, { organizationId, limit: 100 }),
    enabled: may,
  })
  const { hasNextPage, isFetching, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return new Map(loadedRows(query.data).map((row) => [row.id, row]))
}

export const accessEndQuery = (organizationId: string, membershipId: string) =>
  polledQuery(getAccessEnd, { organizationId, membershipId }, (end) => {
    const open = end?.services.filter(({ confirmedAt }) => !confirmedAt) ?? []
    return open.length > 0 && askAgainAfter(open, 1000)
  })

const nameOf = (person: AccessOfMembers['ends'][number]['person']) =>
  person ? personName(person) : t('A deleted account')

/** Someone whose row has gone from the list. Whether they are no longer a member, the server knows. */
export interface Gone {
  membershipId: string
  name: string
}

/**
 * Those who went from the list while it was open, removed here or by another admin, or because they left; and those whose
 * access a service has not confirmed to be over, whenever they went. Each stays until it is closed.
 */
export function useGoneMembers(
  members: Membership[] | undefined,
  list: string,
  ends: AccessOfMembers['ends'],
): [Gone[], (one: Gone) => void] {
  const seen = useRef<{ list: string; members: Membership[] } | null>(null)
  const [gone, setGone] = useState<Gone[]>([])
  const closed = useRef(new Set<string>())
  useEffect(() => {
    const open = ends.filter(({ membershipId }) => !closed.current.has(membershipId))
    setGone((old) => {
      const more = open.filter((end) => !old.some(({ membershipId }) => membershipId === end.membershipId))
      if (more.length === 0) return old
      return [...old, ...more.map(({ membershipId, person }) => ({ membershipId, name: nameOf(person) }))]
    })
  }, [ends])
  useEffect(() => {
    if (!members) return
    const before = seen.current?.list === list ? seen.current.members : []
    seen.current = { list, members }
    const missing = before.filter(({ id, me }) => !me && !members.some((member) => member.id === id))
    if (missing.length === 0) return
    const more = missing.map(({ id, account }) => ({ membershipId: id, name: personName(account) }))
    setGone((old) => [
      ...more,
      ...old.filter(({ membershipId }) => !more.some((one) => one.membershipId === membershipId)),
    ])
  }, [members, list])
  const close = (one: Gone) => {
    closed.current.add(one.membershipId)
    setGone((old) => old.filter((other) => other !== one))
  }
  return [gone, close]
}
