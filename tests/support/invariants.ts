import { checkInvariants } from '../../src/cli/check'
import type { Database } from '../../src/platform/db/database'
import { openDatabase } from '../../src/platform/db/open'

/** The broken invariants that `guildhall check` finds, with the IDs for which they do not hold. */
export async function brokenInvariants(db: Database): Promise<string[]> {
  const findings = await checkInvariants(db)
  return findings.filter(({ ids }) => ids.length > 0).map(({ claim, ids }) => `${claim}: ${ids.join(', ')}`)
}

/** The same for an embedded database that no process has open, or for a PostgreSQL database. */
export async function brokenInvariantsAt(place: {
  databaseUrl: string | undefined
  dataDir: string
}): Promise<string[]> {
  const db = await openDatabase(place, 'wholeTables')
  try {
    return await brokenInvariants(db)
  } finally {
    await db.pool.end()
  }
}
