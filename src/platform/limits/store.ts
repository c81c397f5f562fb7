import type { Database } from '../db/database'
import { listed, sql } from '../db/sql'
import type { Counter } from './counters'
import { counting, secondsToWait } from './counting'
import type { Allowance } from './policies'

/** Counts an attempt, or returns the seconds until the next. */
export const countTry = (db: Database, counter: Counter) =>
  db.only<{ wait: number }>(sql`
    with ${counting([counter])}
    select case when passed then 0 else greatest(1, ${secondsToWait([counter])}) end as wait
    from counted`)

/** Takes back the count of one attempt. */
export const uncountTry = (db: Database, { key, tries, seconds }: Counter) =>
  db.rows(sql`
    update tries set drained_at = drained_at - ${seconds / tries}::float8 * interval '1 second' where key = ${key}`)

/** Expired rows count for nothing. They are deleted a few at a time, without waiting for locked rows. */
export const forgetOldTries = (db: Database) =>
  db.rows(sql`
    delete from tries where key in (
      select key from tries where drained_at < now() order by drained_at limit 100 for update skip locked)`)

/** Makes `limits` match these policies; writes nothing if it already does. */
export const fillLimits = (limits: Record<string, Allowance>) => {
  const rows = Object.entries(limits).map(
    ([name, { tries, seconds }]) => sql`(${name}::text, ${tries}::int, ${seconds}::int)`,
  )
  return sql`
    insert into limits as l (name, most, seconds) values ${listed(rows)}
    on conflict (name) do update set most = excluded.most, seconds = excluded.seconds
    where (l.most, l.seconds) is distinct from (excluded.most, excluded.seconds)`
}
