import { checkInvariants } from '../cli/check'
import type { Database } from '../db/database'

/** What `guildhall check` finds broken: claims, with the ids for which they do not hold. */
export async function brokenInvariants(db: Database): Promise<string[]> {
  const findings = await checkInvariants(db)
  return findings.filter(({ ids }) => ids.length > 0).map(({ claim, ids }) => `${claim}: ${ids.join(', ')}`)
}
