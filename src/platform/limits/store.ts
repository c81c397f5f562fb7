import type { Database } from '../db/database'
import { listed, sql } from '../db/sql'
import type { Counter } from './counters'
import { counting, secondsToWait } from './counting'
import type { Allowance } from './policies'

/** Counts a try, or gives the seconds to wait before the next. */
export const countTry = (db: Database, counter: Counter) =>
  db.only<{ wait: number }>(sql`
    with ${counting([counter])}
    select case when passed then 0 else greatest(${counter.closes ? counter.seconds : 1}::int, ${secondsToWait([counter])}) end as wait
    from counted`)

/** Takes back what one try was counted for. */
export const uncountTry = (db: Database, { key, tries, seconds }: Counter) =>
  db.rows(sql`
    update tries set drained_at = drained_at - ${seconds / tries}::float8 * interval '1 second' where key = ${key}`)

/** Rows whose time has passed count for nothing. They are deleted a few at a time, and without waiting for rows in use. */
export const forgetOldTries = (db: Database) =>
  db.rows(sql`
    delete from tries where key in (
      select key from tries where drained_at < now() order by drained_at limit 100 for update skip locked)`)

/** Makes `limits` what these policies say, and writes nothing where it says so already. */
export const fillLimits = (limits: Record<string, Allowance>) => {
  const rows = Object.entries(limits).map(
    ([name, { tries, seconds }]) => sql`(${name}::text, ${tries}::int, ${seconds}::int)`,
  )
  return sql`
    insert into limits as l (name, most, seconds) values ${listed(rows)}
    on conflict (name) do update set most = excluded.most, seconds = excluded.seconds
    where (l.most, l.seconds) is distinct from (excluded.most, excluded.seconds)`
}
