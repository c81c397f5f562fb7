import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { Provider as Settings } from '../../src/platform/config'

/** The issuer's claims about a person. */
export type Identity = Record<string, unknown>

/** A real OpenID provider on this machine. Signing in requires a name, but no password. */
export interface Issuer {
  settings: Settings
  /** Claims by subject. */
  people: Map<string, Identity>
  /** Walks the provider's pages as this subject; returns the callback address with its parameters. */
  visit(address: string, subject: string): Promise<string>
  stop(): Promise<void>
}

interface Options {
  /** The client's base URL; its callback is the only allowed redirect URI. */
  baseUrl: string
  port?: number
  /** Whether the ID token contains all claims, like Keycloak's, or only the userinfo endpoint returns them. */
  tellsInToken?: boolean
}

export async function startIssuer({ baseUrl, port = 0, tellsInToken = true }: Options): Promise<Issuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { issuer, clientId: 'guildhall', clientSecret: 'a secret for tests', name: 'Reef ID' }
  const people = new Map<string, Identity>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [`${baseUrl}/api/oauth2/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: !tellsInToken,
    claims: { email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name', 'country'] },
    cookies: { keys: ['a key for tests'] },
    ttl: { Interaction: 3600, Grant: 3600, Session: 3600, AccessToken: 3600, IdToken: 3600, AuthorizationCode: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/enter/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url!.startsWith('/enter/')) return void answer(request, response)
    const subject = new URL(request.url!, issuer).searchParams.get('subject')
    if (!subject) return void response.setHeader('content-type', 'text/html').end(page)
    void provider.interactionFinished(request, response, { login: { accountId: subject } })
  })
  return { settings, people, visit, stop: () => stop(server) }
}

const page = `<!doctype html><html lang="en"><title>Reef ID</title><h1>Reef ID</h1>
<form><label>User name <input name="subject"></label> <button>Sign in</button></form></html>`

/** Acts as a browser: follows redirects, keeps cookies, and enters the name when prompted. */
async function visit(address: string, subject: string): Promise<string> {
  const home = new URL(address).origin
  const cookies = new Map<string, string>()
  for (let next = address; ; ) {
    if (new URL(next).origin !== home) return next
    const asked = new URL(next).pathname.startsWith('/enter/') ? `${next}?${new URLSearchParams({ subject })}` : next
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(asked, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`the issuer answered ${response.status} ${await response.text()}`)
    next = new URL(location, next).href
  }
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
