import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'

interface Stale {
  id: string
  secret: string
  codes: string
}

/** Second factors with a part that is encrypted with an older secret than the newest. */
export const loadStale = (db: Database, newest: string, limit: number) =>
  db.rows<Stale>(sql`
    select id, secret, backup_codes as codes from two_factors
    where not starts_with(secret, ${newest}) or not starts_with(backup_codes, ${newest}) order by id limit ${limit}`)

/** Each is guarded by the values that were read. */
export const saveReEncrypted = (db: Database, rows: (Stale & { newSecret: string; newCodes: string })[]) =>
  db.rows<{ id: string }>(sql`
    update two_factors t set secret = r."newSecret", backup_codes = r."newCodes"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, secret text, codes text, "newSecret" text, "newCodes" text)
    where t.id = r.id and t.secret = r.secret and t.backup_codes = r.codes returning t.id`)
