import { listed, type Sql, sql } from '../db/sql'
import type { Counter } from './counters'

/**
 * The common table expression `counted`: counts one try in each counter if `change` has rows, and says per key whether
 * it `passed`. Stores that count inside their own statement use it: what they write rests on `counted`, and so counts
 * before it writes. The counters are taken in the order of their keys, so that two statements never wait for each other.
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

/** For how many seconds a try is refused, of the row `t` of a counter that is used up. */
const refusedFor = ({ tries, seconds, closes }: Counter): Sql =>
  closes
    ? sql`${seconds}::int`
    : sql`greatest(1, ceil(extract(epoch from t.drained_at - now()) - ${seconds - seconds / tries}::float8))::int`

/** The seconds to wait until each of these counters lets a try through; 0 where all of them do now. It counts nothing. */
export const secondsToWait = (counters: Counter[]): Sql => {
  const waits = counters.map(
    (counter) => sql`(
      select ${refusedFor(counter)} from tries t
      where t.key = ${counter.key}
        and t.drained_at > now() + ${counter.seconds - counter.seconds / counter.tries}::float8 * interval '1 second')`,
  )
  return sql`greatest(0, ${listed(waits)})`
}
