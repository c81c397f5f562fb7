import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { isLive } from '../sessions/live'
import type { EventKind } from './schema'

/** A place in the feed. Both parts are bigints, kept as text. */
export interface Position {
  transaction: string
  position: string
}

export interface FeedRow extends Position {
  kind: EventKind
  actorId: string | null
  subjectId: string | null
  organizationId: string | null
}

/** The end of the feed: everything of transactions that have ended. */
export const loadEnd = (db: Database) =>
  db.only<Position>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction, '0' as position`)

/**
 * What was written after a position, in the order of transactions. Those that still run, or that began after one
 * that still runs, come later, so a commit that is overtaken by another is not missed.
 */
export const loadNew = (db: Database, { transaction, position }: Position) =>
  db.rows<FeedRow>(sql`
    select transaction::text, position::text, kind, actor_id as "actorId", subject_id as "subjectId", organization_id as "organizationId"
    from events
    where (transaction, position) > (${transaction}::xid8, ${position}::bigint) and transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by transaction, position limit 1000`)

/** What sessions may hear of, now. Sessions that have ended are not there. */
export const loadStanding = (db: Database, sessions: string[]) =>
  db.rows<{ session: string; accountId: string; organizationId: string | null; operator: boolean }>(sql`
    select s.token as session, a.id as "accountId", m.organization_id as "organizationId", a.operator
    from site, sessions s join accounts a on a.id = s.account_id
    left join memberships m on m.account_id = a.id and m.ended_at is null
    where s.token = any(${sessions}::text[]) and ${isLive} and a.disabled_at is null`)
