import type { Sql } from './sql'

/** A condition that always holds in the database. `guildhall check` verifies it. */
export interface Invariant {
  /** The condition, as a sentence that stands alone. */
  claim: string
  /** Ids of rows that violate it. There may be millions of events: a query scans them once, not once per row. */
  violations: Sql
}
