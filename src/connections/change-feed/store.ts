import type { Credential } from '../../platform/access/credential'
import { loadForService } from '../../platform/access/service-caller'
import type { Database } from '../../platform/db/database'
import { limitTo } from '../../platform/db/page'
import { many, one, sql } from '../../platform/db/sql'
import type { AccountChange } from './schema'

export interface FeedFacts {
  feed: { connection: string; epoch: number; version: number; oldestVersion: number } | null
  changes: AccountChange[]
}

/** The newest connection of the service that keeps changes for it, and its changes after this version. */
export const loadChanges = (db: Database, key: Credential, boundTo: string, after: number, limit: number) =>
  loadForService<FeedFacts>(db, key, {
    feed: one(
      sql`select c.id as connection, c.epoch, c.version, c.oldest_version as "oldestVersion" ${feedOf(boundTo)}`,
    ),
    changes: many(sql`
      select p.account_id as "accountId", p.version, p.desired_at as at, case when p.desired is not null then
        json_build_object('organizationId', p.desired->'organization', 'access', p.desired->'access', 'quota', p.desired->'quota') end as held
      from propagations p where p.connection_id = (select c.id ${feedOf(boundTo)}) and p.version > ${after}
      order by p.version ${limitTo(limit + 1)}`),
  })

const feedOf = (boundTo: string) => sql`
  from connections c where c.service_id = (select "serviceId" from caller) and c.kind = 'pull' and c.enabled and c.bound_to = ${boundTo}
  order by c.id desc limit 1`
