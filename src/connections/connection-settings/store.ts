import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { many, nothing, one, type Sql, sql } from '../../platform/db/sql'
import { retried } from '../ledger/connection-health'
import { countsOfConnection } from '../ledger/counts'
import { recordingConnection } from '../ledger/recording'
import { deleted, tellingOwners } from '../ledger/store'
import type { ConnectionItem, connectionKinds } from './schema'

export const loadConnections = (db: Database, credential: Credential, boundTo: string) =>
  loadFacts<{ connections: ConnectionItem[] }>(db, credential, {
    connections: many(sql`
      select c.id, case when s.id is not null then json_build_object('key', s.key, 'name', s.name) end as service, c.kind, c.name, c.enabled, c.mode, c.enabled_at is not null as "everEnabled",
        c.bound_to <> ${boundTo} as elsewhere, c.withheld, c.problem, c.failing_since as "failingSince",
        case when c.paused_until > now() then c.paused_until end as "pausedUntil", coalesce(c.settings->>'url', c.settings->>'endpoint', o.backchannel_logout_uri) as url,
        case when c.kind = 's3' then json_build_object('accessKey', c.settings->>'accessKey', 'bytesLimit', c.settings->>'bytesLimit', 'objectsLimit', c.settings->>'objectsLimit') end as gateway,
        case when c.remote is not null then c.settings end as settings,
        case when c.kind = 'pull' then (select max(k.last_used_at) from service_keys k where k.service_id = c.service_id) end as "askedAt",
        c.ending_since as "endingSince", c.compared_at as "comparedAt", c.strangers, c.listed_at as "listedAt", n.*
      from connections c left join services s on s.id = c.service_id left join openid_clients o on o.id = c.client_id
        cross join lateral (${countsOfConnection}) n
      where c.deleted_at is null order by s.key, c.id`),
  })

export interface NewConnectionFacts {
  service: { id: string; retired: boolean } | null
}

export const serviceToConnect = (key: string): Sql =>
  one(sql`select id, retired_at is not null as retired from services where key = ${key}`)

export const loadServiceToConnect = (db: Database, credential: Credential, key: string) =>
  loadFacts<NewConnectionFacts>(db, credential, { service: serviceToConnect(key) })

export interface ConnectionFacts {
  connection: {
    enabled: boolean
    boundTo: string
    kind: (typeof connectionKinds)[number]
    withheld: number
  } | null
}

export const loadConnection = (db: Database, credential: Credential, connectionId: string) =>
  loadFacts<ConnectionFacts>(db, credential, {
    connection: one(
      sql`select enabled, bound_to as "boundTo", kind, withheld from connections where id = ${connectionId} and deleted_at is null`,
    ),
  })

interface NewConnection {
  id: string
  serviceId: string
  kind: (typeof connectionKinds)[number]
  name: string
  boundTo: string
  /** One that is null is left out. */
  settings?: Record<string, string | null>
  /** The part of a connected system that it writes; left out if it is told in another way. */
  remote?: string
  /** Its secret, encrypted for its id, if the kind has one. */
  sealed?: Buffer
}

/** What an earlier connection has left in the service, and the new one has to know. */
interface Adoption {
  /** The accounts that it is about, as the common table expression `owners` with the column `account_id`. */
  owners: Sql
  /** What else is adopted, for the row `created`. */
  more: Sql
  /** Why there can't be a connection now. */
  unless?: Sql
}

const nothingAdopted: Adoption = {
  owners: sql`owners as (select null::uuid as account_id where false),`,
  more: nothing,
}

/** Versions begin again with each connection, so its epoch is above those of the service's earlier ones. */
export const saveConnection = (
  db: Database,
  by: Operator,
  { id, serviceId, kind, name, boundTo, settings = {}, remote, sealed }: NewConnection,
  { owners, more, unless = sql`false` }: Adoption = nothingAdopted,
) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, locked as materialized (
      select s.id, s.key from services s, operator where s.id = ${serviceId} and s.retired_at is null and not ${unless} for no key update of s
    ), ${owners} created as (
      insert into connections (id, service_id, kind, name, bound_to, created_by, settings, remote, secret_sealed, version, epoch)
      select ${id}::uuid, locked.id, ${kind}, ${name}, ${boundTo}, ${by.id}, jsonb_strip_nulls(${JSON.stringify(settings)}::jsonb), ${remote ?? null}, ${sealed ?? null}::bytea, (select count(*) from owners),
        (select coalesce(max(c.epoch), 0) + 1 from connections c where c.service_id = locked.id)
      from locked returning id
    ), ${more} ${tellingOwners(sql`created`)}, ${recordingEvent({ kind: 'connection_created', actor: by, details: sql`jsonb_build_object('connectionId', ${id}::text, 'name', ${name}::text, 'kind', ${kind}::text, 'service', locked.key)` }, sql`created, locked`)}
    select id from created`)

/** Switching on binds it to this site and begins with a comparison of everything. */
export const saveSwitch = (db: Database, by: Operator, connectionId: string, enabled: boolean, boundTo: string) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, changed as (
      update connections c set enabled = ${enabled}, ${enabled ? sql`enabled_at = now(),` : nothing} bound_to = ${boundTo}, comparison_claimed_until = null
      from operator
      where c.id = ${connectionId} and c.deleted_at is null
        and (c.enabled <> ${enabled} ${enabled ? sql`or c.bound_to <> ${boundTo}` : nothing})
      returning c.id, c.name, (select key from services where id = c.service_id) as key
    ), ${recordingConnection(enabled ? 'connection_switched_on' : 'connection_switched_off', by)}
    select id from changed`)

/** After `changingConnection`: what failed is tried again at once. */
export const retryingFailed = (only: Sql = nothing): Sql => sql`, ${retried(sql`changed`, only)}`

/** Changes a connection of this kind, and records it. `more` is done with it, for the row `changed`. */
export const changingConnection = (
  by: Operator,
  connectionId: string,
  kind: (typeof connectionKinds)[number],
  event: 'connection_changed' | 'connection_secret_rotated',
  change: Sql,
  more: Sql = nothing,
): Sql => sql`
  with ${operatorFirst(by.id)}, changed as (
    update connections c set ${change} from operator, services s
    where c.id = ${connectionId} and c.kind = ${kind} and c.deleted_at is null and s.id = c.service_id
    returning c.id, c.name, c.version, s.key
  ), ${recordingConnection(event, by)} ${more}
  select id from changed`

/**
 * Deletes a connection. With `revoke` everything that was applied is taken back first: the next comparison wants nothing,
 * and a worker deletes the connection once the service has confirmed that.
 */
export const saveConnectionDeletion = (db: Database, by: Operator, connectionId: string, revoke: boolean) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, changed as (
      update connections c set ${revoke ? sql`ending_since = coalesce(c.ending_since, now()), compared_at = null, comparison_claimed_until = null` : deleted}
      from operator, services s
      where c.id = ${connectionId} and c.deleted_at is null and s.id = c.service_id ${revoke ? sql`and c.enabled` : nothing}
      returning c.id, c.name, s.key
    ), ${recordingConnection(revoke ? 'connection_ending' : 'connection_deleted', by)}
    select id from changed`)
