import type { QueryClient, QueryFilters } from '@tanstack/react-query'

let latest: Promise<void> = Promise.resolve()

/**
 * Refetches what is on the screen. Responses in progress may be older than the change, so they are cancelled:
 * invalidating alone keeps waiting for a query's first response and never asks again. If another refetch takes over in
 * the meantime, this waits for that one too: only then is the screen current.
 */
export async function refetch(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  const own = restart(client, filters)
  latest = own
  await own
  if (latest !== own) await latest
}

/**
 * After an outage. What is still loading retries on its own: restarting it would forget how often it has failed, and a
 * request that always fails would be repeated for ever.
 */
export const refetchAfterOutage = (client: QueryClient): Promise<void> => client.invalidateQueries()

async function restart(client: QueryClient, filters: QueryFilters): Promise<void> {
  await client.cancelQueries(filters)
  await client.invalidateQueries(filters)
}
