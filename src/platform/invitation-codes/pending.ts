import { type Sql, sql } from '../db/sql'

/** Whether an invitation is pending, as a condition on the row at the time it is changed. */
export const isPending: Sql = sql`i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now()`

/**
 * The common table expression `proved`: consumes the secret of a mailed invitation for the address that it was mailed
 * to. Of several concurrent uses, one gets it: the row is checked again after the wait for its row lock.
 */
export const proving = (proofHash: string, email: unknown): Sql => sql`
  proved as (
    update invitations i set mailed_to = null, mail_proof = null
    where i.mail_proof = ${proofHash} and i.mailed_to = ${email} and ${isPending}
    returning i.id
  )`
