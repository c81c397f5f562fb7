import { type Sql, sql } from '../../platform/db/sql'

/**
 * The common table expression `settings`: the site's one row, locked, while it says what was decided on; empty when it says
 * something else by now, and then all has to be loaded and decided anew. It is locked before anything else: a statement that
 * has waited for another row still sees the settings as they were when it began, and so would save by what holds no more.
 * Changing the settings waits for such a save, and other saves do not.
 */
export const whileSite = (says: Sql): Sql => sql`
  settings as materialized (select * from site where ${says} for share)`

/** Of a row that is locked after it. */
export const siteUnchanged: Sql = sql`and (select count(*) from settings) > 0`
