import { type Sql, sql } from '../../platform/db/sql'

/** Not yet known to be applied; of an end, not yet proved. */
export const outstanding: Sql = sql`(
  p.desired is distinct from p.applied or p.uncertain or p.desired is null and p.proved_at is null)`

/** The state of a row `p`. Never stored, so it cannot be wrong. A failure wins: it needs somebody, or time. */
export const rowState: Sql = sql`(
  case when p.error is not null then 'failed' when p.drift is not null then 'drifted'
    when ${outstanding} then 'pending' else 'applied' end)`

/** How far back times are measured and drift is counted. */
const measured = sql`interval '30 days'`

const secondsToProof: Sql = sql`extract(epoch from p.proved_at - p.ended_at)`
const proved: Sql = sql`filter (where p.proved_at >= p.ended_at and p.ended_at > now() - ${measured})`

/** What the ledger of the connection `c` says as a whole, as one row. */
export const countsOfConnection: Sql = sql`
  select count(*) filter (where p.desired is not null)::int as held,
    count(*) filter (where ${outstanding})::int as pending,
    min(p.desired_at) filter (where ${outstanding}) as "oldestPendingAt",
    count(*) filter (where p.error is not null)::int as failed,
    count(*) filter (where p.drift is not null)::int as drifted,
    (select count(*) from propagation_attempts a
      where a.connection_id = c.id and a.outcome = 'drifted' and a.at > now() - ${measured})::int as "driftFound",
    round((percentile_cont(0.5) within group (order by ${secondsToProof}) ${proved})::numeric, 3)::float8 as "medianSecondsToProof",
    round((percentile_cont(0.95) within group (order by ${secondsToProof}) ${proved})::numeric, 3)::float8 as "p95SecondsToProof",
    min(p.observed_at) filter (where p.next_observation_at is not null) as "oldestObservationAt"
  from propagations p where p.connection_id = c.id`
