import { sql } from '../../src/platform/db/sql'
import type { Site } from './site'
import { until } from './until'

/** Waits until a connection has told its service everything, and no change waits to be taken. */
export const settledConnection = (site: Site, connectionId: string) =>
  until(async () => {
    const waiting = await site.db.rows(sql`
      select from change_signals union all
      select from propagations p where p.connection_id = ${connectionId} and (
        p.claim is not null or p.next_attempt_at <= now() or p.error is not null
        or p.desired is distinct from p.applied or p.uncertain or p.desired is null and p.proved_at is null) limit 1`)
    return waiting.length === 0
  })
