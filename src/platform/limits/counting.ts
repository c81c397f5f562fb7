import { listed, type Sql, sql } from '../db/sql'
import type { Counter } from './counters'

/**
 * The common table expression `counted`: counts one attempt in each counter if `change` has rows, and returns per key
 * whether it `passed`. Stores that count inside their own statement use it: their writes depend on `counted`, so it
 * counts before they write. The counters are locked in the order of their keys, so that two statements never deadlock.
 */
export function counting(counters: Counter[], change: Sql = sql`(select) once`): Sql {
  const tried = counters
    .map(
      ({ key, tries, seconds }) =>
        sql`select ${key}::text as key, ${tries}::int as most, ${seconds}::int as seconds from ${change}`,
    )
    .reduce((all, one) => sql`${all} union ${one}`)
  return sql`
  counted as materialized (
    select key, count_try(key, most, seconds) as passed from (${tried} order by key) tried
  )`
}

/** For how many seconds an attempt is refused, given the row `t` of an exhausted counter. */
const refusedFor = ({ tries, seconds }: Counter): Sql =>
  sql`greatest(1, ceil(extract(epoch from t.drained_at - now()) - ${seconds - seconds / tries}::float8))::int`

/** The seconds until each of these counters admits an attempt; 0 if all of them do now. Counts nothing. */
export const secondsToWait = (counters: Counter[]): Sql => {
  const waits = counters.map(
    (counter) => sql`(
      select ${refusedFor(counter)} from tries t
      where t.key = ${counter.key}
        and t.drained_at > now() + ${counter.seconds - counter.seconds / counter.tries}::float8 * interval '1 second')`,
  )
  return sql`greatest(0, ${listed(waits)})`
}
