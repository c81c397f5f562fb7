import type { IncomingMessage } from 'node:http'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { cookieName, sessionOf, tokenOf } from '../../platform/access/session-cookie'
import { hashToken } from '../../platform/access/token'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { Server } from '../../platform/http/server'
import { decoded } from '../../platform/input/decoded'
import { type Keys, sameBytes } from '../../platform/keys'
import { loadSigningKeys } from '../openid-keys/signing-keys'
import { findConsent } from '../openid-sign-ins/consents'
import { Clients } from './clients'
import { askWhetherToSignOut, saySignedOut, sayWhatFailed } from './pages'
import { amrOf, claimsOf, claimsOfScopes, findPerson, findPortalSession, type PortalSession } from './people'
import { Records } from './records'

export interface OpenIdNeeds {
  db: Database
  keys: Keys
  baseUrl: string
  log: Pick<Server['log'], 'error'>
}

/** In seconds. */
const day = 24 * 3600
const ttl = {
  AuthorizationCode: 60,
  AccessToken: 600,
  IdToken: 600,
  RefreshToken: 14 * day,
  Grant: 14 * day,
  // Of a person; what anyone can begin without signing in lasts an hour.
  Session: (_: unknown, { accountId }: { accountId?: string | undefined }) => (accountId ? 30 * day : 3600),
  Interaction: 3600,
}

/** How often to look for other signing keys, in ms. */
const keysEvery = 1000

/**
 * The OpenID provider of this site. Its keys cannot be changed in place, so a change of keys makes another one; nothing
 * is lost, because all state is in the database.
 */
export class OpenIdProvider {
  private made: { version: string; provider: Provider } | undefined
  private looked = Number.NEGATIVE_INFINITY
  private looking: Promise<Provider> | undefined

  constructor(private readonly given: OpenIdNeeds) {}

  current(): Promise<Provider> {
    if (this.made && performance.now() - this.looked < keysEvery) return Promise.resolve(this.made.provider)
    this.looking ??= this.look().finally(() => {
      this.looking = undefined
    })
    return this.looking
  }

  private async look(): Promise<Provider> {
    const { version, keys } = await loadSigningKeys(this.given.db, this.given.keys)
    if (this.made?.version !== version)
      this.made = { version, provider: providerOf(await import('oidc-provider'), this.given, keys) }
    this.looked = performance.now()
    return this.made.provider
  }
}

/** The session of the portal whose cookie a request carries. */
export function portalSessionOf(
  { db, keys, baseUrl }: OpenIdNeeds,
  request: IncomingMessage,
): Promise<PortalSession | null> {
  const name = `${cookieName(baseUrl)}=`
  const cookie = (request.headers.cookie ?? '').split(/; */).find((one) => one.startsWith(name))
  return findPortalSession(db, sessionOf(tokenOf(cookie && decoded(cookie.slice(name.length)), keys)))
}

/** Loaded with the first request that needs it: it is large, and most sites and commands have no use for it. */
type Library = typeof import('oidc-provider')

function providerOf(library: Library, given: OpenIdNeeds, keys: NonNullable<Configuration['jwks']>['keys']): Provider {
  const { db, baseUrl } = given
  const provider = new library.Provider(baseUrl, {
    adapter: (model) => (model === 'Client' ? new Clients(db) : new Records(model, db, given.keys, library.errors)),
    jwks: { keys },
    cookies: {
      keys: [given.keys.openidCookies, ...given.keys.older.map(({ openidCookies }) => openidCookies)],
      names: { session: 'openid_session', interaction: 'openid_interaction', resume: 'openid_resume' },
    },
    ttl,
    scopes: ['openid', ...Object.keys(claimsOfScopes)],
    claims: { openid: ['sub', 'auth_time', 'amr'], ...claimsOfScopes },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    routes: {
      authorization: '/openid/auth',
      token: '/openid/token',
      userinfo: '/openid/userinfo',
      introspection: '/openid/introspection',
      revocation: '/openid/revocation',
      jwks: '/openid/jwks',
      end_session: '/openid/logout',
    },
    features: {
      // Announced, and the session id is in ID tokens; what ends is told by the ledger.
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      introspection: {
        enabled: true,
        // A client learns about its own tokens only.
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: askWhetherToSignOut, postLogoutSuccessSource: saySignedOut },
    },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // Everything ends with the session of the portal by query, and not with the next sign-in at the same client.
    expiresWithSession: async () => false,
    interactions: { url: (_, { uid }) => `/openid/sign-in/${uid}`, policy: policy(library) },
    // It calls no one by itself: whatever leaves this site goes through one guarded way.
    fetch: () => Promise.reject(new Error('the OpenID provider makes no requests')),
    findAccount: async ({ oidc }, id) => {
      const person = oidc.client && (await findPerson(db, id, oidc.client.clientId))
      return person && { accountId: id, claims: async (use) => claimsOf(id, person, use) }
    },
    loadExistingGrant: async ({ oidc }) => {
      if (!oidc.account) return undefined
      // One for each sign-in: what a replayed code ends is then only what it brought about.
      const [{ clientId, scope = 'openid' }, { accountId }] = [oidc.client!, oidc.account]
      const { scopes } = await findConsent(db, accountId, clientId)
      const grant = new oidc.provider.Grant({ clientId, accountId })
      grant.addOIDCScope(scopes ? ['openid', ...scopes].join(' ') : scope)
      await grant.save()
      return grant
    },
    renderError: (context, { error, error_description: description }) => sayWhatFailed(context, error, description),
  })
  provider.proxy = true
  provider.on('server_error', (_, error) => given.log.error({ err: error }, 'an OpenID request failed'))
  followPortal(given, provider)
  endPortalToo(given, provider)
  provider.Client.prototype.compareClientSecret = function (given: string) {
    return sameBytes(Buffer.from(this.clientSecret ?? ''), Buffer.from(hashToken(given)))
  }
  return provider
}

/**
 * The session of the portal is the only one: the provider's own session is that of the person who is signed in to the
 * portal now, and ends with theirs.
 */
function followPortal(given: OpenIdNeeds, provider: Provider): void {
  // Its type leaves out what it is made from.
  const Session = provider.Session as typeof provider.Session & { new (given?: object): ProviderSession }
  const byCookie = Session.get.bind(Session)
  Session.get = async (context: KoaContextWithOIDC) => {
    const portal = await portalSessionOf(given, context.req)
    if (!portal) {
      const session = await byCookie(context)
      return session.accountId === undefined ? session : remembered(context, new Session())
    }
    const session = (await Session.findByUid(portal.id)) ?? new Session({ uid: portal.id, jti: portal.id })
    session.loginAccount({
      accountId: portal.accountId,
      loginTs: Math.floor(portal.authenticatedAt),
      amr: amrOf(portal),
    })
    return remembered(context, session)
  }
}

type ProviderSession = InstanceType<Provider['Session']>

/** Signing out of the provider is signing out of the portal. */
function endPortalToo({ db }: OpenIdNeeds, { Session }: Provider): void {
  const destroy = Session.prototype.destroy
  Session.prototype.destroy = async function () {
    if (this.accountId)
      await db.rows(sql`delete from sessions where id::text = ${this.uid} and account_id = ${this.accountId}`)
    await destroy.call(this)
  }
}

function remembered(context: KoaContextWithOIDC, session: ProviderSession): ProviderSession {
  context.oidc?.entity('Session', session as never)
  return session
}

/** Signing in is asked for where someone is not signed in, and where they may not use the service: the portal says why. */
function policy({ interactionPolicy }: Library) {
  const prompts = interactionPolicy.base()
  prompts
    .get('login')!
    .checks.add(
      new interactionPolicy.Check(
        'access_missing',
        'the person may not use this service',
        'access_denied',
        ({ oidc }) => Boolean(oidc.session?.accountId) && !oidc.account,
      ),
    )
  return prompts
}
