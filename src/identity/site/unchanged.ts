import { type Sql, sql } from '../../platform/db/sql'

/**
 * The common table expression `settings`: the site's one row, locked, while it matches what the decision rests on;
 * empty when it does not, and then the caller has to load and decide again. It is locked before all other rows: a
 * statement that has waited for another row still reads the settings from the snapshot of its start, and so would save
 * by outdated settings. Changing the settings waits for such a save, and other saves do not.
 */
export const whileSite = (says: Sql): Sql => sql`
  settings as materialized (select * from site where ${says} for share)`

/** The guard for a row that is locked after it. */
export const siteUnchanged: Sql = sql`and (select count(*) from settings) > 0`
