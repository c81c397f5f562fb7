import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { changingConnection, retryingFailed } from '../connection-settings/store'
import type { Change } from '../kinds/connector'
import { type ClaimedConnection, changeColumns, usedConnection } from '../ledger/delivery-store'
import { usableFormerSecrets } from '../ledger/former-secrets'
import { type Delivery, formerSecretHours, type listDeliveries } from './schema'

export interface WebhookFacts {
  exists: boolean
}

const webhook = (connectionId: string): Sql =>
  sql`connections where id = ${connectionId} and kind = 'webhook' and deleted_at is null`

export const loadWebhook = (db: Database, credential: Credential, connectionId: string) =>
  loadFacts<WebhookFacts>(db, credential, { exists: sql`exists (select from ${webhook(connectionId)})` })

/** Accounts that a deleted webhook of the service let in at this address, as far as is known. */
const leftAt = (serviceId: Sql, url: string): Sql => sql`
  select distinct p.account_id from propagations p join connections d on d.id = p.connection_id
  where d.service_id = ${serviceId} and d.kind = 'webhook' and d.deleted_at is not null and d.settings->>'url' = ${url}
    and (p.applied is not null or p.uncertain or p.claim is not null)`

export const adoptingAccountsAt = (serviceId: string, url: string) => ({
  owners: sql`owners as materialized (${leftAt(sql`${serviceId}::uuid`, url)}),`,
  more: nothing,
})

/**
 * What failed because of the former address is tried again at once. What answers at the new one may have heard a later
 * connection, so the epoch is above those of all; and it is told once of whomever that connection left there.
 */
export const saveWebhookAddress = (db: Database, by: Operator, connectionId: string, url: string) => {
  const left = leftAt(sql`c.service_id`, url)
  return db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      'webhook',
      'connection_changed',
      sql`settings = c.settings || jsonb_build_object('url', ${url}::text), paused_until = null,
        epoch = (select max(e.epoch) + 1 from connections e where e.service_id = c.service_id),
        version = c.version + (select count(*) from (${left}) l)`,
      sql`, adopted as (
        insert into propagations as p (connection_id, account_id, version, next_attempt_at, ends_access, ended_at, uncertain)
        select changed.id, l.account_id, changed.version + 1 - row_number() over (order by l.account_id), now(), true, now(), true
        from changed join connections c on c.id = changed.id cross join lateral (${left}) l
        on conflict (connection_id, account_id) do update set version = excluded.version, uncertain = true, proved_at = null,
          next_attempt_at = now(), ends_access = p.ends_access or p.desired is null
        returning p.account_id
      ) ${retryingFailed(sql`and p.account_id not in (select account_id from adopted)`)}`,
    ),
  )
}

/** A request has a signature for each secret, and receivers accept headers of a few kilobytes. */
const mostFormerSecrets = 20

/** The former secret goes on beside the new one, and beside those that were replaced shortly before. */
export const saveRotation = (db: Database, by: Operator, connectionId: string, sealed: Buffer) =>
  db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      'webhook',
      'connection_secret_rotated',
      sql`secret_sealed = ${sealed}::bytea, former_secrets = jsonb_path_query_array(
        jsonb_build_object('sealed', encode(c.secret_sealed, 'base64'), 'until', now() + make_interval(hours => ${formerSecretHours}::int)) || ${usableFormerSecrets},
        ${`$[0 to ${mostFormerSecrets - 1}]`}::jsonpath)`,
    ),
  )

const deliveryColumns = columns<Delivery>({
  id: sql`p.id`,
  at: sql`p.at`,
  accountId: sql`p.account_id`,
  person: sql`case when a.id is not null then ${personForActor(sql`a`)} end`,
  version: sql`p.version`,
  outcome: sql`p.outcome`,
  status: sql`p.status`,
  milliseconds: sql`p.milliseconds`,
  request: sql`p.request`,
  answer: sql`p.answer`,
})

export const loadDeliveries = (
  db: Database,
  credential: Credential,
  { connectionId, limit, cursor }: CheckedInputOf<typeof listDeliveries>,
) => {
  const page = pageAfter(newestFirst(sql`p.at`, sql`p.id`), cursor, limit)
  return loadFacts<WebhookFacts & { deliveries: LoadedPage<Delivery> }>(db, credential, {
    exists: sql`exists (select from ${webhook(connectionId)})`,
    deliveries: page.of(
      deliveryColumns,
      sql`from propagation_attempts p left join accounts a on a.id = p.account_id and a.deleted_at is null
        where p.connection_id = ${connectionId} ${page.where} ${page.orderAndLimit}`,
    ),
  })
}

/** A webhook with its secrets, and the newest state of the account of one of its deliveries. */
export const findWebhook = (db: Database, connectionId: string, deliveryId: string | null) =>
  db.first<Omit<ClaimedConnection, 'changes'> & { change: Change | null }>(sql`
    select ${usedConnection},
      ${one(sql`
        select ${changeColumns} from propagation_attempts a join propagations p on p.connection_id = a.connection_id and p.account_id = a.account_id
        where a.id = ${deliveryId}::uuid and a.connection_id = c.id`)} as change
    from connections c join services s on s.id = c.service_id where c.id = ${connectionId} and c.kind = 'webhook' and c.deleted_at is null`)
