import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { clientScopes } from './scopes'

/** What a person has agreed that an application may learn, if it has to ask them. */
export interface GivenConsent {
  /** Null if operators have agreed for everyone. */
  scopes: (typeof clientScopes)[number][] | null
  /** When they agreed, in seconds; null if they did not. */
  givenAt: number | null
}

export const findConsent = (db: Database, accountId: string, clientId: string) =>
  db.only<GivenConsent>(sql`
    select case when c.asks_consent then coalesce(n.scopes, '{}') end as scopes, extract(epoch from n.given_at)::float8 as "givenAt"
    from openid_clients c left join openid_consents n on n.client_id = c.id and n.account_id = ${accountId} where c.id = ${clientId}`)
