import type { BetterAuthOptions } from 'better-auth'
import type { Database } from '../db/database'
import { stamped } from '../sessions/stamps'
import { namesIn } from './claims'
import { saveSaid } from './store'

type Arrival = NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']>

/**
 * Better Auth asks this of everybody who comes from the provider. Who is not known yet, or is to be linked, has to have
 * a verified address there. Who is known is known by the subject alone; name and verified address are taken over.
 */
export const arrival =
  (db: Database): Arrival =>
  async ({ user, source }) => {
    if (source.method !== 'oauth') return
    const verified = user.emailVerified === true
    if (source.action !== 'sign-in') return verified ? undefined : { error: 'address_unverified' }
    const names = namesIn(source.oauth?.profile ?? {}) ?? null
    await saveSaid(db, stamped(String(user.id)), { names, email: verified && user.email ? user.email : null })
    return
  }
