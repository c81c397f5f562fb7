import { createHash } from 'node:crypto'
import type { GenericOAuthConfig } from 'better-auth/plugins'
import type { Provider } from '../config'

/**
 * Who somebody is, is the issuer and his subject there. So the issuer is part of the provider's id: with another
 * issuer in the settings, its subjects are other people.
 */
export function providerId({ issuer }: Provider): string {
  return `oidc-${createHash('sha256').update(issuer).digest('hex').slice(0, 16)}`
}

/** The site's identity provider as Better Auth's plugin takes it. Addresses count only where the provider has verified them. */
export function providerConfig(provider: Provider): GenericOAuthConfig {
  return {
    providerId: providerId(provider),
    name: provider.name,
    discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
  }
}
