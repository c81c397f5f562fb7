import { recordingEvent } from '../../messaging/events/recording'
import type { EventKind } from '../../messaging/events/schema'
import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import { personOf } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { many, nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { endingLogoutConnection, keepingLogoutConnection } from './logout-connection'
import type { changeOpenIdClient, createOpenIdClient, OpenIdClient } from './schema'

export const loadOpenIdClients = (db: Database, credential: Credential) =>
  loadFacts<{ clients: OpenIdClient[] }>(db, credential, {
    clients: many(sql`
      select c.id, c.name, c.redirect_uris as "redirectUris", c.post_logout_redirect_uris as "postLogoutRedirectUris",
        c.backchannel_logout_uri as "backchannelLogoutUri", c.scopes, c.asks_consent as "asksConsent", case when s.id is not null then json_build_object('key', s.key, 'name', s.name) end as service,
        c.authentication, c.created_at as "createdAt", ${personOf(sql`a`)} as "createdBy"
      from openid_clients c join accounts a on a.id = c.created_by left join services s on s.id = c.service_id
      where c.ended_at is null order by c.id desc`),
  })

export interface NewClientFacts {
  /** Null if there is none with this key. */
  service: { id: string; retired: boolean } | null
}

export const loadServiceOfClient = (db: Database, credential: Credential, key: string | null) =>
  loadFacts<NewClientFacts>(db, credential, {
    service: one(sql`select id, retired_at is not null as retired from services where key = ${key}`),
  })

export interface ClientFacts {
  client: { authentication: OpenIdClient['authentication'] } | null
}

export const loadOpenIdClient = (db: Database, credential: Credential, clientId: string) =>
  loadFacts<ClientFacts>(db, credential, {
    client: one(sql`select authentication from openid_clients where id = ${clientId} and ended_at is null`),
  })

export type NewClient = Omit<CheckedInputOf<typeof createOpenIdClient>, 'service'> & {
  id: string
  serviceId: string | null
  secretHash: string | null
}

const recorded = (kind: EventKind, by: Operator): Sql =>
  recordingEvent(
    { kind, actor: by, details: sql`jsonb_build_object('clientId', changed.id, 'name', changed.name)` },
    sql`changed`,
  )

/** The service's row is locked, so that no client is made for one that is being retired. */
export const saveOpenIdClient = (db: Database, by: Operator, client: NewClient, boundTo: string) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, locked as materialized (
      select s.id from services s, operator where s.id = ${client.serviceId}::uuid and s.retired_at is null for no key update of s
    ), changed as (
      insert into openid_clients (id, name, service_id, authentication, secret_hash, redirect_uris, post_logout_redirect_uris, backchannel_logout_uri, scopes, asks_consent, created_by)
      select ${client.id}::uuid, ${client.name}, (select id from locked), ${client.authentication}, ${client.secretHash},
        ${client.redirectUris}::text[], ${client.postLogoutRedirectUris}::text[], ${client.backchannelLogoutUri}, ${client.scopes}::text[], ${client.asksConsent}, operator.id
      from operator where ${client.serviceId}::uuid is null or exists (select from locked)
      returning id, name, service_id, backchannel_logout_uri
    ), ${keepingLogoutConnection(boundTo)}, ${recorded('openid_client_created', by)}
    select id from changed`)

const changing = (by: Operator, clientId: string, change: Sql, kind: EventKind, more: Sql = nothing): Sql => sql`
  with ${operatorFirst(by.id)}, changed as (
    update openid_clients c set ${change} from operator where c.id = ${clientId} and c.ended_at is null
    returning c.id, c.name, c.service_id, c.backchannel_logout_uri, c.asks_consent
  ), ${more} ${recorded(kind, by)}
  select id from changed`

/** The client is locked first, so that what is found of its connection is the newest. */
const afterLocking = (db: Database, clientId: string, change: Sql) =>
  db.transaction(async (transaction) => {
    await transaction.rows(sql`select from openid_clients where id = ${clientId} for no key update`)
    const [saved] = await transaction.rows<{ id: string }>(change)
    return saved
  })

export const saveOpenIdSettings = (
  db: Database,
  by: Operator,
  client: CheckedInputOf<typeof changeOpenIdClient>,
  boundTo: string,
) => afterLocking(db, client.clientId, changingSettings(by, client, boundTo))

const changingSettings = (by: Operator, client: CheckedInputOf<typeof changeOpenIdClient>, boundTo: string): Sql =>
  changing(
    by,
    client.clientId,
    sql`name = ${client.name}, redirect_uris = ${client.redirectUris}::text[], post_logout_redirect_uris = ${client.postLogoutRedirectUris}::text[],
        backchannel_logout_uri = ${client.backchannelLogoutUri}, scopes = ${client.scopes}::text[], asks_consent = ${client.asksConsent}`,
    'openid_client_changed',
    // What is on its way may lead to an address that is not registered any more.
    sql`begun as (delete from openid_records r using changed where r.client_id = changed.id and r.model in ('Interaction', 'AuthorizationCode')),
        forgotten as (delete from openid_consents n using changed where n.client_id = changed.id and not changed.asks_consent), ${keepingLogoutConnection(boundTo)},`,
  )

export const saveOpenIdSecret = (db: Database, by: Operator, clientId: string, secretHash: string) =>
  db.first<{ id: string }>(changing(by, clientId, sql`secret_hash = ${secretHash}`, 'openid_client_secret_replaced'))

export const saveOpenIdEnd = (db: Database, by: Operator, clientId: string) =>
  afterLocking(
    db,
    clientId,
    changing(by, clientId, sql`ended_at = now()`, 'openid_client_ended', sql`${endingLogoutConnection},`),
  )
