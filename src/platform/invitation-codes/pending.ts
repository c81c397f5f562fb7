import { type Sql, sql } from '../db/sql'

/** The same as a condition, on the row as it is when it is changed. */
export const isPending: Sql = sql`i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now()`

/**
 * The common table expression `proved`: uses the secret of a mailed invitation up, for the address that it was mailed
 * to. Of many who use it at once, one gets it; the row is looked at again after waiting for it.
 */
export const proving = (proofHash: string, email: unknown): Sql => sql`
  proved as (
    update invitations i set mailed_to = null, mail_proof = null
    where i.mail_proof = ${proofHash} and i.mailed_to = ${email} and ${isPending}
    returning i.id
  )`
