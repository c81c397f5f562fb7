import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { AnswerOf, Endpoint, InputOf } from '../src/http/endpoint'
import { call, Refusal } from './api'
import { proveAgain } from './ui/authenticate-again'

/** A query of one endpoint. Its key is the endpoint's name and the input. */
export function endpointQuery<E extends Endpoint>(endpoint: E, input: InputOf<E>) {
  return queryOptions<AnswerOf<E>, Refusal>({
    queryKey: [endpoint.id, input],
    queryFn: ({ signal }) => call(endpoint, input, signal),
  })
}

/** The rows of a list, page by page. Old rows stay in sight while a new search is on its way. */
export function endpointPages<Row>(endpoint: Endpoint, input: Record<string, unknown>) {
  return infiniteQueryOptions({
    queryKey: [endpoint.id, input],
    queryFn: ({ signal, pageParam }) =>
      call(endpoint, { ...input, cursor: pageParam ?? undefined }, signal) as Promise<{
        items: Row[]
        next: string | null
      }>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

/** A change through one endpoint. It is done when every page shows the new state. */
export function useEndpoint<E extends Endpoint>(endpoint: E) {
  const client = useQueryClient()
  return useMutation<AnswerOf<E>, Refusal, InputOf<E>>({
    mutationKey: [endpoint.id],
    mutationFn: (input) => callAsMyself(endpoint, input),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** What is sensitive may want a proof first that it is still them. Once they gave it, the change is made. */
async function callAsMyself<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<AnswerOf<E>> {
  try {
    return await call(endpoint, input)
  } catch (error) {
    const unproven = error instanceof Refusal && error.code === 'authenticate_again'
    if (!unproven || !(await proveAgain())) throw error
    return await call(endpoint, input)
  }
}
