import { type Change, listChanges } from '../../src/connections/change-feed/schema'
import { findWork } from '../../src/connections/ledger/store'
import type { Database } from '../../src/platform/db/database'
import type { TokenHolder } from './token-holder'
import { until } from './until'

/** Waits until the ledger's workers have nothing to do. */
export const untilIdle = (db: Database, baseUrl: string) =>
  until(async () => {
    const { signals, due, comparison } = await findWork(db, baseUrl)
    return !signals && !due && !comparison
  })

/** Every account's newest state, from the beginning of the feed. */
export async function feedOf(service: TokenHolder, limit: number): Promise<Map<string, Change>> {
  const known = new Map<string, Change>()
  for (let after: string | undefined; ; ) {
    const { items, cursor, more } = await service.call(listChanges, { limit, ...(after && { after }) })
    for (const change of items) known.set(change.accountId, change)
    if (!more) return known
    after = cursor
  }
}
