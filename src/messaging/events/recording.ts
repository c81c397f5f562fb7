import type { Actor } from '../../platform/access/actor'
import { Sql, sql } from '../../platform/db/sql'
import type { EventKind } from './schema'

/**
 * Who did it: the caller, with the token that they presented, if any; columns of the change; or null for the system and
 * the command line. A bare id is not enough, so that no token is forgotten.
 */
export type Author = Pick<Actor, 'id' | 'token'> | { id: Sql; tokenId: Sql | null } | null

/**
 * An event to be written with a change. Everything except its kind may be a value or a column of the change; if there
 * are many changes, so may the kind.
 */
export interface EventToRecord {
  kind: EventKind | Sql
  actor: Author
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
    insert into events (kind, actor_id, token_id, subject_id, organization_id, invitation_id, details, at)
    select ${kind}, ${actor?.id ?? null}::uuid, ${tokenOf(actor)}::uuid, ${subject}::uuid, ${organization}::uuid, ${invitation}::uuid, ${details instanceof Sql ? details : JSON.stringify(details)}::jsonb, ${at} from ${change}
  )`

function tokenOf(author: Author): string | Sql | null {
  if (!author) return null
  return 'tokenId' in author ? author.tokenId : (author.token?.id ?? null)
}
