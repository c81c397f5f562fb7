import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/**
 * Refetches what is on the screen. Responses in progress may be older than the change, so they are cancelled:
 * invalidating alone keeps waiting for a query's first response and never asks again.
 */
export async function refetch(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  await client.cancelQueries(filters)
  await client.invalidateQueries(filters)
}
