import { createHash } from 'node:crypto'
import type { GenericOAuthConfig } from 'better-auth/plugins'
import { remember } from '../../platform/access/stamps'
import type { Provider } from '../../platform/config'
import type { Database } from '../../platform/db/database'
import { addressIn, countryIn, namesFor } from './claims'
import { callbackPath } from './schema'
import { findStampsOf } from './store'

/**
 * An identity is the pair of issuer and subject. The issuer is therefore part of the provider's id: with another issuer
 * in the settings, the same subjects are other people.
 */
export function providerId({ issuer }: Provider): string {
  return `oidc-${createHash('sha256').update(issuer).digest('hex').slice(0, 16)}`
}

/**
 * The site's identity provider as Better Auth's plugin expects it. Addresses count only if the provider has verified
 * them.
 */
export function providerConfig(db: Database, provider: Provider, baseUrl: string): GenericOAuthConfig {
  return {
    providerId: providerId(provider),
    name: provider.name,
    discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    redirectURI: baseUrl + callbackPath,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    mapProfileToUser: async (profile) => {
      const address = addressIn(profile)
      for (const account of await findStampsOf(db, providerId(provider), profile.sub, address.email)) remember(account)
      const { firstName, lastName } = namesFor(profile)
      // A cast: its type lacks our fields. The picture is not used here, and is untrusted input.
      return {
        ...address,
        image: undefined,
        name: firstName,
        lastName,
        country: countryIn(profile),
      } as never
    },
  }
}
