import { type AccountChange, listChanges } from '../../src/connections/change-feed/schema'
import { findWork } from '../../src/connections/ledger/store'
import type { Database } from '../../src/platform/db/database'
import { sql } from '../../src/platform/db/sql'
import type { TokenHolder } from './token-holder'
import { until } from './until'

/** Waits until the ledger's workers have nothing to do. */
export const untilIdle = (db: Database, baseUrl: string) =>
  until(async () => {
    const { signals, due, comparison } = await findWork(db, baseUrl)
    // A comparison that has begun is no longer due.
    const begun = await db.rows(sql`select from connections where enabled and comparison_claimed_until > now()`)
    return !signals && !due && !comparison && begun.length === 0
  })

/** Every account's newest state, from the beginning of the feed. */
export async function feedOf(service: TokenHolder, limit: number): Promise<Map<string, AccountChange>> {
  const known = new Map<string, AccountChange>()
  for (let after: string | undefined; ; ) {
    const { items, cursor, more } = await service.call(listChanges, { limit, ...(after && { after }) })
    for (const change of items) known.set(change.accountId, change)
    if (!more) return known
    after = cursor
  }
}
