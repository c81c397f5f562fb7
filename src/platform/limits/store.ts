import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import type { Counter } from './counters'

const seconds = (number: number): Sql => sql`${number}::float8 * interval '1 second'`
/** How far one try moves a counter on: so many of them fill its time. */
const step = (counter: Counter): Sql => seconds(counter.seconds / counter.tries)

/**
 * Counts a try, or gives the seconds to wait before the next. It is one conditional update of one row, which
 * PostgreSQL checks again after waiting for it: however many try at once, in however many processes, no more get
 * through than may. A try that is refused counts for nothing, so waiting always helps.
 */
export const countTry = (db: Database, counter: Counter) =>
  db.only<{ wait: number }>(sql`
    with counted as (
      insert into tries as t (key, drained_at) values (${counter.key}, now() + ${step(counter)})
      on conflict (key) do update set drained_at = greatest(t.drained_at, now()) + ${step(counter)}
      where greatest(t.drained_at, now()) + ${step(counter)} <= now() + ${seconds(counter.seconds)}
      returning key
    )
    select case when exists (select from counted) then 0 else coalesce((
      select greatest(1, ceil(extract(epoch from t.drained_at + ${step(counter)} - ${seconds(counter.seconds)} - now())))
      from tries t where t.key = ${counter.key}), 1) end::int as wait`)

/** Takes back what one try was counted for. */
export const uncountTry = (db: Database, counter: Counter) =>
  db.rows(sql`update tries set drained_at = drained_at - ${step(counter)} where key = ${counter.key}`)

/** Rows whose time has passed count for nothing; they are removed a few at a time, and nobody waits for a row in use. */
export const forgetOldTries = (db: Database) =>
  db.rows(sql`
    delete from tries where key in (
      select key from tries where drained_at < now() order by drained_at limit 100 for update skip locked)`)
