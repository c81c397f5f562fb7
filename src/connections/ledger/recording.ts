import { type Author, recordingEvent } from '../../messaging/events/recording'
import type { EventKind } from '../../messaging/events/schema'
import { type Sql, sql } from '../../platform/db/sql'

/**
 * Records an event about a connection, for each row of the common table expression `changed`: `id` and `name` of the
 * connection, and `key` of its service. `more` is an object with further details.
 */
export const recordingConnection = (kind: EventKind, actor: Author, more: Sql = sql`'{}'`): Sql =>
  recordingEvent(
    {
      kind,
      actor,
      details: sql`jsonb_build_object('connectionId', changed.id, 'name', changed.name, 'service', changed.key) || ${more}`,
    },
    sql`changed`,
  )
