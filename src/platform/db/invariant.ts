import type { Sql } from './sql'

/** Something that is always true of the database. `guildhall check` looks it up. */
export interface Invariant {
  /** What is true, in a sentence that stands by itself. */
  claim: string
  /** Ids of rows for which it is not. There may be millions of events: a query goes through them once, not once for each row. */
  violations: Sql
}
