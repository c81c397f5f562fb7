import { Sql, sql } from '../../platform/db/sql'
import type { EventKind } from './schema'

/** An event to be written with a change. All but its kind may be values or columns of the change; of many changes also that. */
export interface Announcement {
  kind: EventKind | Sql
  actor: unknown
  subject?: unknown
  organization?: unknown
  invitation?: unknown
  details?: Record<string, unknown> | Sql
  /** When it happened, where that is not when the statement began. */
  at?: Sql
}

/**
 * The common table expression `announced`, which writes the event for each row of `change` (another common table
 * expression of the same statement): no change, no event.
 */
export const recordingEvent = (
  { kind, actor, subject = null, organization = null, invitation = null, details = {}, at = sql`now()` }: Announcement,
  change: Sql,
): Sql => sql`
  announced as (
    insert into events (kind, actor_id, subject_id, organization_id, invitation_id, details, at)
    select ${kind}, ${actor}::uuid, ${subject}::uuid, ${organization}::uuid, ${invitation}::uuid, ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${at} from ${change}
  )`
