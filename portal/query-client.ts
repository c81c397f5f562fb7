import { type InfiniteData, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { getMe } from '../src/membership/me/schema'
import { ApiError } from './api'
import { isAway, whenConnectionChanges } from './connection'
import { pendingLinks } from './pending-links'
import { type Me, standingChanges } from './standing-changes'
import { personName } from './ui/person-name'
import { toast } from './ui/toast'

/** What one does oneself has its own confirmation; only what others do is told. */
let known: Me | null = null
function tellChanges(next: Me | null) {
  const byMyself = queryClient.isMutating() > 0
  if (!byMyself && known && next && known.account.id === next.account.id)
    for (const { sentence, tone } of standingChanges(known, next)) toast(sentence, tone)
  if (next && pendingLinks.loadedAnew.get()) {
    pendingLinks.loadedAnew.drop()
    toast(`You are signed in as ${personName(next.account)} now. What was entered here before was not sent.`, 'neutral')
  }
  // What one person has seen is not the next one's to see, not even for a moment.
  if (known && known.account.id !== next?.account.id) {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== getMe.id })
  }
  known = next
}

const meKey = [getMe.id]

/** A session that ended, or an organization one is no longer in: whoever notices asks again who we are. */
function noticeRefusal(error: unknown) {
  if (!(error instanceof ApiError)) return
  const outside = error.code === 'not_signed_in' || error.status === 403 || error.code === 'organization_not_found'
  if (outside) void queryClient.invalidateQueries({ queryKey: meKey })
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

/** Until no answer is waited for. */
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

// In another tab somebody may have signed in meanwhile, or out.
window.addEventListener('focus', () => void queryClient.invalidateQueries({ queryKey: meKey }))

// What was shown meanwhile may be old, or a refusal.
whenConnectionChanges(() => {
  if (!isAway()) void queryClient.invalidateQueries()
})

/** Rows of all the pages loaded so far. */
export const loadedRows = <Row>(data: InfiniteData<{ items: Row[] }> | undefined) =>
  data?.pages.flatMap((page) => page.items) ?? []
