import type { Where } from '@better-auth/core/db/adapter'
import type { BetterAuthOptions } from 'better-auth'
import { getOAuthState } from 'better-auth/api'
import { stamped } from '../../platform/access/stamps'
import type { Database } from '../../platform/db/database'
import { namesIn } from './claims'
import { mayBeLinkedUnasked, saveProviderProfile } from './provider-store'

type Arrival = NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']>

/**
 * Better Auth asks this of everybody who comes from the provider. Who is not known yet, or is to be linked, has to have
 * a verified address there. An account is linked unasked, by its address alone, where that was proved before: an operator's
 * word is none. Nor is it linked where its holder unlinked the provider: an address may be another person's by now. Who is
 * known is known by the subject alone; name and verified address are taken over.
 */
export const validateProviderUser =
  (db: Database): Arrival =>
  async ({ user, source }) => {
    if (source.method !== 'oauth') return
    const verified = user.emailVerified === true
    if (source.action !== 'sign-in' && !verified) return { error: 'address_unverified' }
    if (source.action === 'link-account') {
      // Whoever registered an address that is not theirs may have attached ways to sign in, which would go on.
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

/** Whether whoever comes is linking from within: signed in, under Account. */
const isAsked = async (): Promise<boolean> => Boolean((await getOAuthState())?.link)

/**
 * A link that begins, as the account's row holds it: one that was not asked for begins only where nobody unlinked the
 * provider, also while the provider was asked; one that was asked for ends that.
 */
export async function beginningLink(
  providerId: unknown,
): Promise<{ where: Where[]; update: { providerUnlinkedAt?: null } }> {
  if (providerId === 'credential') return { where: [], update: {} }
  return (await isAsked())
    ? { where: [], update: { providerUnlinkedAt: null } }
    : { where: [{ field: 'providerUnlinkedAt', value: null }], update: {} }
}
