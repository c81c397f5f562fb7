import { type Sql, sql } from '../../platform/db/sql'

/** Those of the former secrets of the connection `c` that are still used beside the newest, the newest first. */
export const usableFormerSecrets: Sql = sql`(
  select coalesce(jsonb_agg(f.secret order by f.place), '[]') from jsonb_array_elements(c.former_secrets) with ordinality f (secret, place)
  where (f.secret->>'until')::timestamptz > now())`
