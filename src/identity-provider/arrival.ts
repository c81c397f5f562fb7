import type { BetterAuthOptions } from 'better-auth'
import { getOAuthState } from 'better-auth/api'
import type { Database } from '../db/database'
import { stamped } from '../sessions/stamps'
import { namesIn } from './claims'
import { isProved, saveSaid } from './store'

type Arrival = NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']>

/**
 * Better Auth asks this of everybody who comes from the provider. Who is not known yet, or is to be linked, has to have
 * a verified address there. An account is linked unasked, by its address alone, where that was proved before: an operator's
 * word is none. Who is known is known by the subject alone; name and verified address are taken over.
 */
export const arrival =
  (db: Database): Arrival =>
  async ({ user, source }) => {
    if (source.method !== 'oauth') return
    const verified = user.emailVerified === true
    if (source.action !== 'sign-in' && !verified) return { error: 'address_unverified' }
    if (source.action === 'link-account') {
      const asked = (await getOAuthState())?.link
      // Whoever registered an address that is not theirs may have attached ways to sign in, which would go on.
      return asked || (await isProved(db, String(user.id))) ? undefined : { error: 'account_not_linked' }
    }
    if (source.action !== 'sign-in') return
    const names = namesIn(source.oauth?.profile ?? {}) ?? null
    await saveSaid(db, stamped(String(user.id)), { names, email: verified && user.email ? user.email : null })
    return
  }
