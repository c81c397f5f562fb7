import { type InfiniteData, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { getMe } from '../src/membership/me/schema'
import { personName } from '../src/platform/input/names'
import { t } from '../src/platform/messages/t'
import { ApiError } from './api'
import { isAway, whenConnectionChanges } from './connection'
import { membershipChanges } from './membership-changes'
import { refetch, refetchAfterOutage } from './refetch'
import type { Me } from './session'
import { tabStorage } from './tab-storage'
import { toast } from './ui/toast'

/** Shows a toast for changes made by others. Your own actions show their own confirmation. */
let known: Me | null = null
function tellChanges(next: Me | null) {
  const byMyself = queryClient.isMutating() > 0
  if (!byMyself && known && next && known.account.id === next.account.id)
    for (const { sentence, tone } of membershipChanges(known, next)) toast(sentence, tone)
  if (next && tabStorage.reloadedForAccount.get()) {
    tabStorage.reloadedForAccount.drop()
    toast(
      t('You are now signed in as {name}. What was entered here before was not sent.', {
        name: personName(next.account),
      }),
      'neutral',
    )
  }
  // The next person must not see the previous one’s data, not even for a moment.
  if (known && known.account.id !== next?.account.id) {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== getMe.id })
  }
  known = next
}

const meKey = [getMe.id]

/** A refusal may mean that the session or the membership ended: then `getMe` is asked again. */
function noticeRefusal(error: unknown) {
  if (!(error instanceof ApiError)) return
  const outside = error.code === 'not_signed_in' || error.status === 403 || error.code === 'organization_not_found'
  if (outside) void refetch(queryClient, { queryKey: meKey })
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onSuccess: (data, query) => {
      if (query.queryKey[0] === getMe.id) tellChanges(data as Me | null)
    },
    onError: (error, query) => {
      if (query.queryKey[0] !== getMe.id) noticeRefusal(error)
    },
  }),
  mutationCache: new MutationCache({ onError: noticeRefusal }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: 'always',
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
    mutations: { networkMode: 'always', gcTime: 0 },
  },
})

/** Resolves when no query is being fetched. */
export const settled = () =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (queryClient.isFetching() > 0) return
      forget()
      resolve()
    }
    const forget = queryClient.getQueryCache().subscribe(look)
    look()
  })

// Someone may have signed in or out in another tab.
window.addEventListener('focus', () => void refetch(queryClient, { queryKey: meKey }))

// What was loaded before or during an outage may be old, or an error.
whenConnectionChanges(() => {
  if (!isAway()) void refetchAfterOutage(queryClient)
})

/** Rows of all the pages loaded so far. */
export const loadedRows = <Row>(data: InfiniteData<{ items: Row[] }> | undefined) =>
  data?.pages.flatMap((page) => page.items) ?? []
