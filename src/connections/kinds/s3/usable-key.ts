import { type Sql, sql } from '../../../platform/db/sql'

/**
 * The S3 key `k` has neither ended nor expired. Asked at the statement’s own time: in a transaction, `now()` is when it
 * began.
 */
export const usableKey: Sql = sql`(k.ended_at is null and (k.expires_at is null or k.expires_at > statement_timestamp()))`
