import type { Where } from '@better-auth/core/db/adapter'
import type { BetterAuthOptions } from 'better-auth'
import { getOAuthState } from 'better-auth/api'
import { stamped } from '../../platform/access/stamps'
import type { Database } from '../../platform/db/database'
import { namesIn } from './claims'
import { mayBeLinkedUnasked, saveProviderProfile } from './provider-store'

type Arrival = NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']>

/**
 * Better Auth calls this for each person who arrives from the provider. An unknown subject, or one to be linked, needs
 * an address that the provider has verified. An account is linked without a request, by its address alone, only if that
 * address was proved before: an operator's vouching is no proof. It is not linked if its holder unlinked the provider:
 * an address may belong to another person by now. A known subject is identified by the subject alone; name and verified
 * address are taken over.
 */
export const validateProviderUser =
  (db: Database): Arrival =>
  async ({ user, source }) => {
    if (source.method !== 'oauth') return
    const verified = user.emailVerified === true
    if (source.action !== 'sign-in' && !verified) return { error: 'address_unverified' }
    if (source.action === 'link-account') {
      // A person who registered an address that is not theirs may have attached sign-in methods, which would keep
      // working.
      const linked = (await isAsked()) || (await mayBeLinkedUnasked(db, String(user.id)))
      return linked ? undefined : { error: 'account_not_linked' }
    }
    if (source.action !== 'sign-in') return
    const names = namesIn(source.oauth?.profile ?? {}) ?? null
    await saveProviderProfile(db, stamped(String(user.id)), {
      names,
      email: verified && user.email ? user.email : null,
    })
    return
  }

/** Whether the person requested the link from within: signed in, under Account. */
const isAsked = async (): Promise<boolean> => Boolean((await getOAuthState())?.link)

/**
 * Guards the start of a link on the account's row. A link without a request starts only if the holder has not unlinked
 * the provider, even while the provider was answering; a requested link clears that mark.
 */
export async function beginningLink(
  providerId: unknown,
): Promise<{ where: Where[]; update: { providerUnlinkedAt?: null } }> {
  if (providerId === 'credential') return { where: [], update: {} }
  return (await isAsked())
    ? { where: [], update: { providerUnlinkedAt: null } }
    : { where: [{ field: 'providerUnlinkedAt', value: null }], update: {} }
}
