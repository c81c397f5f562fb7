import { type Sql, sql } from '../../platform/db/sql'

/**
 * The common table expression `settings`: the row of the site, locked. It is empty if the settings differ from those
 * that the decision was based on; the caller must then load and decide again. The row is locked before all others: a
 * statement that waited for another row would still read the settings from its original snapshot, and would apply
 * outdated settings. A change of the settings waits for such a save; saves do not wait for each other.
 */
export const whileSite = (says: Sql): Sql => sql`
  settings as materialized (select * from site where ${says} for share)`

/** The guard for a row that is locked after it. */
export const siteUnchanged: Sql = sql`and (select count(*) from settings) > 0`
