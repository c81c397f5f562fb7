import type { Database } from '../db/database'
import { named, one, type Sql, sql } from '../db/sql'
import type { Credential } from './credential'

/** The service that asks, as its key says. */
export interface ServiceCaller {
  keyId: string
  serviceId: string
  /** Whether the last recorded use of the key is more than a minute ago. */
  idle: boolean
}

export type AskedByService<Facts> = Facts & { caller: ServiceCaller | null }

/** Like `loadFacts`, for a service: the facts may refer to it as the table `caller`. */
export async function loadForService<Facts>(
  db: Database,
  { digest }: Credential,
  facts: { [Name in keyof Facts]: Sql },
): Promise<AskedByService<Facts>> {
  const columns = named({ caller: one(sql`select * from caller`), ...facts })
  return db.loadBatched(sql`
    with caller as materialized (
      select k.id as "keyId", k.service_id as "serviceId",
        coalesce(k.last_used_at < now() - interval '1 minute', true) as idle
      from service_keys k where k.hash = ${digest} and k.ended_at is null and k.expires_at > now()
    ) select ${columns}`)
}
