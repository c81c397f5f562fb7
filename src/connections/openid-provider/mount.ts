import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Bulkhead } from '../../platform/bulkhead'
import { Problem } from '../../platform/errors'
import { addressOf } from '../../platform/http/request-caller'
import type { Server } from '../../platform/http/server'
import { Buckets } from '../../platform/limits/buckets'
import { sourceOf } from '../../platform/limits/source'
import { RepeatedWork } from '../../platform/repeated-work'
import { findConsent, type GivenConsent } from '../openid-sign-ins/consents'
import { clientScopes } from '../openid-sign-ins/scopes'
import { deleteEndedSignIns } from '../openid-sign-ins/store'
import { allowFormsTo, style, styleRoute } from './pages'
import { amrOf, findPerson } from './people'
import { type OpenIdNeeds, OpenIdProvider, portalSessionOf } from './provider'
import { deleteExpiredRecords } from './records'

interface Given extends OpenIdNeeds {
  requests: Bulkhead
}

/** So many requests of a client with a wrong secret may come from one network, and as many again over this many seconds. */
const wrongSecrets = { tries: 30, seconds: 15 * 60 }

/** What `oidc-provider` answers. */
export const openIdRoutes: Record<string, ('GET' | 'POST')[]> = {
  '/.well-known/openid-configuration': ['GET'],
  '/openid/auth': ['GET'],
  '/openid/auth/:uid': ['GET'],
  '/openid/token': ['POST'],
  '/openid/userinfo': ['GET', 'POST'],
  '/openid/introspection': ['POST'],
  '/openid/revocation': ['POST'],
  '/openid/jwks': ['GET'],
  '/openid/logout': ['GET'],
  '/openid/logout/confirm': ['POST'],
  '/openid/logout/success': ['GET'],
}

/** Where a sign-in goes on that needs the person. */
export const signInRoute = '/openid/sign-in/:uid'

/** Where applications authenticate with their secrets. */
const forClients = /^\/openid\/(token|introspection|revocation)\b/

/** An application may have its answer sent as a form, to one of its registered addresses. Policies can't name IPv6 addresses. */
const applications = 'https: http://localhost:* http://127.0.0.1:*'

/** How often expired records are deleted, in ms. */
const tidying = 3600_000

/**
 * The endpoints of OpenID Connect, which `oidc-provider` answers. It writes answers to the connection itself.
 */
export async function mountOpenId(app: Server, given: Given): Promise<void> {
  const { db, requests } = given
  const openId = new OpenIdProvider(given)
  const wrong = new Buckets(wrongSecrets)
  const base = new URL(given.baseUrl)
  const tidy = new RepeatedWork(tidying, () =>
    deleteExpiredRecords(db)
      .then(() => deleteEndedSignIns(db))
      .then(() => undefined, ignored),
  )
  app.addHook('onListen', async () => tidy.start())
  app.addHook('onClose', () => tidy.stop())

  /** Passes a request on with the address of this site, which a proxy may have replaced, and with our headers. */
  async function passOn(request: FastifyRequest, reply: FastifyReply, work: (provider: Provider) => Promise<unknown>) {
    const tried = forClients.test(request.url) ? `${sourceOf(addressOf(request))} ${clientOf(request)}` : null
    const wait = tried === null ? 0 : wrong.secondsToWait(tried)
    if (wait > 0) throw new Problem('too_many_tries', undefined, wait)
    await requests.run(async () => {
      const provider = await openId.current()
      Object.assign(request.raw.headers, { host: base.host, 'x-forwarded-proto': base.protocol.slice(0, -1) })
      delete request.raw.headers['x-forwarded-host']
      // A request may name the host in its first line too.
      request.raw.url = request.url.replace(/^https?:\/\/[^/]*/i, '')
      for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value!)
      if (request.body instanceof Buffer) giveBack(request.raw, request.body)
      if (request.url.startsWith('/openid/auth')) allowFormsTo(reply.raw, applications)
      reply.hijack()
      await work(provider).catch((error) => fail(request, reply.raw, error))
    })
    // An access token that has expired is no attempt at a secret.
    if (reply.raw.statusCode === 401 && tried !== null) wrong.take(tried)
  }

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Read before the request takes a slot, so that slow bodies keep no one else waiting.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_, body, done) =>
      done(null, body),
    )
    scope.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    const answer = (request: FastifyRequest, reply: FastifyReply) =>
      passOn(request, reply, (provider) => provider.callback()(request.raw, reply.raw))
    // They are those of the specifications, which the API's own document leaves out.
    const schema = { hide: true }
    for (const [url, method] of Object.entries(openIdRoutes)) scope.route({ method, url, schema, handler: answer })
    scope.get(styleRoute, { schema }, (_, reply) =>
      reply.type('text/css').header('cache-control', 'public, max-age=86400').send(style),
    )
    scope.get(signInRoute, { schema }, (request, reply) =>
      passOn(request, reply, (provider) => signIn(given, provider, request, reply.raw)),
    )
  })
}

/** The client as which a request comes, as far as it says so; others of its network are not held up by its secret. */
function clientOf({ headers, body }: FastifyRequest): string {
  const basic = /^basic +(\S+)/i.exec(headers.authorization ?? '')?.[1]
  if (basic) return Buffer.from(basic, 'base64').toString().split(':', 1)[0]!.slice(0, 36)
  const form = body instanceof Buffer ? new URLSearchParams(body.toString()) : undefined
  return form?.get('client_id')?.slice(0, 36) ?? ''
}

/** `oidc-provider` reads bodies itself: it reads one that was read already. */
function giveBack(request: IncomingMessage, body: Buffer): void {
  Object.defineProperties(request, { readable: { value: true }, iterator: { value: () => Readable.from([body]) } })
}

/**
 * Goes on with a sign-in that needed the person: back to the application if they are signed in to the portal and may use
 * the service, otherwise to the portal.
 */
async function signIn(given: Given, provider: Provider, { raw }: FastifyRequest, response: ServerResponse) {
  const details = await provider.interactionDetails(raw, response)
  const portal = await portalSessionOf(given, raw)
  const clientId = String(details.params.client_id)
  if (!portal) return redirect(response, `/continue/${details.uid}`)
  if (!(await findPerson(given.db, portal.accountId, clientId)))
    return redirect(response, `/continue/${details.uid}?refused=${clientId}`)
  if (mustAuthenticateAgain(details, portal.authenticatedAt))
    return redirect(response, `/continue/${details.uid}?again=1`)
  const { accountId, authenticatedAt } = portal
  // The application asks for another person than the one who is signed in.
  if (![undefined, accountId].includes(hinted(details)))
    return provider.interactionFinished(raw, response, { error: 'login_required' })
  if (raw.url!.endsWith('?cancel')) return provider.interactionFinished(raw, response, { error: 'access_denied' })
  const wanted = scopesOf(details)
  if (mustAgree(details, wanted, await findConsent(given.db, accountId, clientId)))
    return redirect(response, `/continue/${details.uid}?asking=${clientId}&scopes=${wanted.join('+')}`)
  const login = { accountId, ts: Math.floor(authenticatedAt), amr: amrOf(portal) }
  return provider.interactionFinished(raw, response, { login, consent: {} })
}

/** The person whom the application expects. The library has verified the token. */
function hinted({ params: { id_token_hint: hint } }: Details): string | undefined {
  if (typeof hint !== 'string') return undefined
  return JSON.parse(Buffer.from(hint.split('.')[1]!, 'base64url').toString()).sub
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>

/** What the application wants to learn, of what it may ask for. */
const scopesOf = ({ params }: Details): Scope[] =>
  clientScopes.filter((scope) => String(params.scope).split(' ').includes(scope))

type Scope = (typeof clientScopes)[number]

function mustAgree({ iat, params }: Details, wanted: Scope[], { scopes, givenAt }: GivenConsent): boolean {
  if (scopes === null) return false
  if (givenAt === null || wanted.some((scope) => !scopes.includes(scope))) return true
  return String(params.prompt ?? '').includes('consent') && givenAt < iat!
}

/** The application asks for a sign-in that is newer than the last one. */
function mustAuthenticateAgain({ iat, params, prompt }: Details, authenticatedAt: number): boolean {
  if (authenticatedAt >= iat!) return false
  if (String(params.prompt ?? '').includes('login')) return true
  return prompt.reasons.includes('max_age')
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store' }).end()
}

function fail({ log }: FastifyRequest, response: ServerResponse, error: unknown): void {
  const isExpired = error instanceof Error && error.name === 'SessionNotFound'
  if (!isExpired) log.error({ err: error }, 'an OpenID request failed')
  if (response.headersSent) response.destroy()
  else if (isExpired) redirect(response, '/continue/expired')
  else response.writeHead(500).end()
}

const ignored = () => undefined
