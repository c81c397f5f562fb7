import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { AnswerOf, Endpoint, InputOf } from '../src/platform/http/endpoint'
import { ApiError } from './api'
import { callSignedIn } from './call-signed-in'
import { reauthentication } from './reauthentication'
import { refetch } from './refetch'

/** A query of one endpoint. Its key is the endpoint's name and the input. */
export function endpointQuery<E extends Endpoint>(endpoint: E, input: InputOf<E>) {
  return queryOptions<AnswerOf<E>, ApiError>({
    queryKey: [endpoint.id, input],
    queryFn: ({ signal }) => callSignedIn(endpoint, input, signal),
  })
}

/** The same for an answer that also changes without an event: asked again after so many ms, by what was answered last. */
export const polledQuery = <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  after: (answer: AnswerOf<E> | undefined) => number | false,
) => ({
  ...endpointQuery(endpoint, input),
  refetchInterval: ({ state }: { state: { data: AnswerOf<E> | undefined } }) => after(state.data),
})

/** How soon to ask again about what services are being told, in ms: seldom while none of them answers. */
export const askAgainAfter = (open: { failingSince: string | null }[], soon = 2000): number =>
  open.every(({ failingSince }) => failingSince) ? 10_000 : soon

/** A row of a list. */
export type RowOf<E extends Endpoint> = AnswerOf<E> extends { items: (infer Row)[] } ? Row : never

/** The rows of a list, page by page. Old rows stay visible while a new search loads. */
export function endpointPages<E extends Endpoint, Row = RowOf<E>>(
  endpoint: E,
  input: InputOf<E>,
  rowsOf = (page: AnswerOf<E>) => (page as { items: Row[] }).items,
) {
  return infiniteQueryOptions({
    queryKey: [endpoint.id, input],
    queryFn: async ({ signal, pageParam }) => {
      const page = await callSignedIn(endpoint, { ...input, cursor: pageParam ?? undefined }, signal)
      return { items: rowsOf(page), next: (page as { next: string | null }).next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

/** A change through one endpoint. It is done once every query is refreshed; `atOnce` runs before that. */
export function useEndpoint<E extends Endpoint>(endpoint: E, atOnce?: () => void) {
  const client = useQueryClient()
  return useMutation<AnswerOf<E>, ApiError, InputOf<E>>({
    mutationKey: [endpoint.id],
    mutationFn: (input) => callWithReauthentication(endpoint, input),
    onSuccess: () => {
      atOnce?.()
      return refetch(client)
    },
    // Shows the current state to someone who decided about an older one.
    onError: (refusal) => (refusal.code === 'changed_meanwhile' ? refetch(client) : undefined),
  })
}

/**
 * What a code or a one-time link would do. Not a query: the secret stays out of query keys, and a wrong one is never retried
 * automatically.
 */
export const useLookUp = <E extends Endpoint>(endpoint: E) =>
  useMutation<AnswerOf<E>, ApiError, InputOf<E>>({
    mutationKey: [endpoint.id],
    mutationFn: (input) => callSignedIn(endpoint, input),
  })

/** A sensitive action asks you to sign in again, and is then repeated. */
async function callWithReauthentication<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<AnswerOf<E>> {
  try {
    return await callSignedIn(endpoint, input)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'authenticate_again') throw error
    if (!(await reauthentication.ask())) throw error
    return callSignedIn(endpoint, input)
  }
}
