import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import {
  changingConnection,
  type NewConnectionFacts,
  retryingFailed,
  serviceToConnect,
} from '../connection-settings/store'
import type { GatewayUserItem, listGatewayUsers } from './schema'

export interface GatewayFacts {
  exists: boolean
}

const gatewayExists = (connectionId: string): Sql =>
  sql`exists (select from connections where id = ${connectionId} and kind = 's3' and deleted_at is null)`

export const loadGateway = (db: Database, credential: Credential, connectionId: string) =>
  loadFacts<GatewayFacts>(db, credential, { exists: gatewayExists(connectionId) })

/** The users that deleted connections left at a gateway, as the last one that knew them says. */
const usersLeftAt = (endpoint: string): Sql => sql`
  select distinct on (r.external_id) r.*, c.service_id from remote_objects r join connections c on c.id = r.connection_id
  where c.kind = 's3' and c.deleted_at is not null and c.settings->>'endpoint' = ${endpoint} order by r.external_id, c.deleted_at desc`

/**
 * Whether users of another service may be in use there. Their keys belong to that service, so what becomes of them would not
 * reach the gateway.
 */
const leftByOthers = (endpoint: string, serviceId: Sql): Sql =>
  sql`exists (select from (${usersLeftAt(endpoint)}) l where l.off_at is null and l.service_id <> ${serviceId})`

export const loadGatewayToConnect = (db: Database, credential: Credential, service: string, endpoint: string) =>
  loadFacts<NewConnectionFacts & { isLeft: boolean }>(db, credential, {
    service: serviceToConnect(service),
    isLeft: leftByOthers(endpoint, sql`(select id from services where key = ${service})`),
  })

/**
 * Users that a deleted connection left at this gateway: the new one knows them as its own, and has to find out for each
 * whether it should still be in use.
 */
export const adoptingUsersAt = (endpoint: string, serviceId: string) => ({
  owners: sql`former as materialized (${usersLeftAt(endpoint)}), owners as materialized (select distinct account_id from former),`,
  more: sql`adopted as (
    insert into remote_objects (connection_id, kind, account_id, membership_id, external_id, created_at)
    select created.id, f.kind, f.account_id, f.membership_id, f.external_id, f.created_at from created, former f
  ),`,
  unless: leftByOthers(endpoint, sql`${serviceId}::uuid`),
})

/** What failed because of the former keys is tried again at once. */
export const saveGatewayKeys = (
  db: Database,
  by: Operator,
  connectionId: string,
  { accessKey, sealed }: { accessKey: string; sealed: Buffer },
) =>
  db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      's3',
      'connection_secret_rotated',
      sql`secret_sealed = ${sealed}::bytea, settings = c.settings || jsonb_build_object('accessKey', ${accessKey}::text), paused_until = null`,
      retryingFailed(),
    ),
  )

/** Everyone who has keys gets other limits, which is a change of their rows. */
export const saveGatewayLimits = (
  db: Database,
  by: Operator,
  connectionId: string,
  limits: { bytesLimit: string | null; objectsLimit: string | null },
) =>
  db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      's3',
      'connection_changed',
      sql`settings = jsonb_strip_nulls(c.settings || ${JSON.stringify(limits)}::jsonb)`,
      sql`, signalled as (
        insert into change_signals (account_id)
        select p.account_id from propagations p, changed where p.connection_id = changed.id and p.desired is not null
      )`,
    ),
  )

const userColumns = columns<GatewayUserItem>({
  id: sql`coalesce(r.membership_id, r.account_id)`,
  uid: sql`r.external_id`,
  person: sql`case when a.deleted_at is null then ${personForActor(sql`a`)} end`,
  organization: sql`case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end`,
  createdAt: sql`r.created_at`,
  confirmed: sql`r.off_at is not null or exists (
    select from propagations p where p.connection_id = r.connection_id and p.account_id = r.account_id and p.applied is not null)`,
  offAt: sql`r.off_at`,
})

export const loadGatewayUsers = (
  db: Database,
  credential: Credential,
  { connectionId, users, limit, cursor }: CheckedInputOf<typeof listGatewayUsers>,
) => {
  const page = pageAfter(newestFirst(sql`r.created_at`, sql`coalesce(r.membership_id, r.account_id)`), cursor, limit)
  const ended = sql`(m.ended_at is not null or a.deleted_at is not null)`
  return loadFacts<GatewayFacts & { users: LoadedPage<GatewayUserItem> }>(db, credential, {
    exists: gatewayExists(connectionId),
    users: page.of(
      userColumns,
      sql`from remote_objects r join accounts a on a.id = r.account_id
        left join memberships m on m.id = r.membership_id left join organizations o on o.id = m.organization_id
        where r.connection_id = ${connectionId} and r.kind = 'user'
          ${users ? sql`and ${ended} = ${users === 'left'}` : nothing} ${page.where} ${page.orderAndLimit}`,
    ),
  })
}
