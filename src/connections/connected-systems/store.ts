import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { nothing, one, type Sql, sql } from '../../platform/db/sql'
import { changingConnection, retryingFailed } from '../connection-settings/store'
import type { SystemSettings } from './schema'

export interface SystemFacts {
  system: { kind: string; remote: string } | null
}

export const loadSystem = (db: Database, credential: Credential, connectionId: string) =>
  loadFacts<SystemFacts>(db, credential, {
    system: one(sql`
      select kind, remote from connections where id = ${connectionId} and remote is not null and deleted_at is null`),
  })

/** What deleted connections left in this part of the system, as the last one that knew it says. */
const leftIn = (remote: string): Sql => sql`
  select distinct on (r.kind, r.external_id) r.* from remote_objects r join connections c on c.id = r.connection_id
  where c.deleted_at is not null and c.remote = ${remote} order by r.kind, r.external_id, c.deleted_at desc`

/** The new connection knows it as its own, and has to find out what should still be in use. */
export const adoptingLeftIn = (remote: string) => ({
  owners: sql`former as materialized (${leftIn(remote)}), owners as materialized (select distinct account_id from former),`,
  more: sql`adopted as (
    insert into remote_objects (connection_id, kind, account_id, membership_id, external_id, created_at)
    select created.id, f.kind, f.account_id, f.membership_id, f.external_id, f.created_at from created, former f
  ),`,
})

export interface SystemChange {
  connectionId: string
  kind: SystemSettings['kind']
  remote: string
  settings: Record<string, string | null>
  /** Null to keep it. */
  sealed: Buffer | null
}

/** What failed is tried again at once. */
export const saveSystem = (
  db: Database,
  by: Operator,
  { connectionId, kind, remote, settings, sealed }: SystemChange,
) =>
  db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      kind,
      sealed ? 'connection_secret_rotated' : 'connection_changed',
      sql`remote = ${remote}, settings = jsonb_strip_nulls(${JSON.stringify(settings)}::jsonb), paused_until = null
        ${sealed ? sql`, secret_sealed = ${sealed}::bytea` : nothing}`,
      retryingFailed(),
    ),
  )
