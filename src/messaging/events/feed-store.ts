import { requiredActionsOf } from '../../platform/access/actor'
import { sessionIsLive } from '../../platform/access/session-liveness'
import type { Database } from '../../platform/db/database'
import { limitTo } from '../../platform/db/page'
import { many, nothing, sql } from '../../platform/db/sql'
import type { EventKind } from './schema'

/** What a process has processed so far: a PostgreSQL snapshot (which transactions had ended), as text. */
export type Seen = string

export interface FeedRow {
  transaction: string
  position: string
  kind: EventKind
  actorId: string | null
  subjectId: string | null
  organizationId: string | null
}

/** How many events are read at a time. */
export const most = 1000

/** The current snapshot. */
export const loadSeen = (db: Database) => db.only<{ seen: Seen }>(sql`select pg_current_snapshot()::text as seen`)

const columns = sql`
  transaction, position, kind, actor_id as "actorId", subject_id as "subjectId", organization_id as "organizationId"`

/**
 * Events that are visible now and were not visible in the snapshot `seen`, each once: from transactions that began
 * since, and from those in progress at that time. The query waits for no transaction. So a long one delays nothing,
 * here or in another database of the same PostgreSQL, and a commit that overtakes another is not missed. `after`
 * continues after the previous page.
 */
export const loadNew = (db: Database, seen: Seen, after?: FeedRow) => {
  const rest = after
    ? sql`and (transaction, position) > (${after.transaction}::xid8, ${after.position}::bigint)`
    : nothing
  const some = sql`order by transaction, position ${limitTo(most)}`
  return db.only<{ seen: Seen; events: FeedRow[] }>(sql`
    select pg_current_snapshot()::text as seen, ${many(sql`
      select found.transaction::text, found.position::text, kind, "actorId", "subjectId", "organizationId" from (
        (select ${columns} from events where transaction >= pg_snapshot_xmax(${seen}::pg_snapshot) ${rest} ${some})
        union all
        (select ${columns} from pg_snapshot_xip(${seen}::pg_snapshot) running join events on transaction = running
          where true ${rest} ${some})
      ) found order by found.transaction, found.position ${limitTo(most)}`)} as events`)
}

/** What a session may receive, besides events about its own account. */
export interface StreamAccess {
  accountId: string
  organizationId: string | null
  operator: boolean
  /** False while the account has required actions. Until they are done, it can reach nothing else. */
  admitted: boolean
}

/** What these sessions may receive now. Sessions that have ended are absent. */
export const loadStreamAccess = (db: Database, sessions: string[]) =>
  db.rows<StreamAccess & { session: string }>(sql`
    select s.token as session, a.id as "accountId", m.organization_id as "organizationId", a.operator,
      cardinality(${requiredActionsOf}) = 0 as admitted
    from site, sessions s join accounts a on a.id = s.account_id
    left join memberships m on m.account_id = a.id and m.ended_at is null
    where s.token = any(${sessions}::text[]) and ${sessionIsLive} and a.disabled_at is null`)
