import { Sql, sql } from '../../platform/db/sql'
import type { EventKind } from './schema'

/**
 * An event to be written with a change. Everything except its kind may be a value or a column of the change; if there
 * are many changes, so may the kind.
 */
export interface EventToRecord {
  kind: EventKind | Sql
  actor: unknown
  subject?: unknown
  organization?: unknown
  invitation?: unknown
  details?: Record<string, unknown> | Sql
  /** When it happened, if not at the start of the statement. */
  at?: Sql
}

/**
 * The common table expression `announced`, which writes the event for each row of `change`, another common table
 * expression of the same statement. No change, no event.
 */
export const recordingEvent = (
  { kind, actor, subject = null, organization = null, invitation = null, details = {}, at = sql`now()` }: EventToRecord,
  change: Sql,
): Sql => sql`
  announced as (
    insert into events (kind, actor_id, subject_id, organization_id, invitation_id, details, at)
    select ${kind}, ${actor}::uuid, ${subject}::uuid, ${organization}::uuid, ${invitation}::uuid, ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${at} from ${change}
  )`
