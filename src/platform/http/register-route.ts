import type { FastifyReply, FastifyRequest } from 'fastify'
import { loadFacts } from '../access/actor'
import { admit } from '../access/admit'
import { cookieName, sessionOf, signedSession, tokenOf } from '../access/session-cookie'
import type { Config } from '../config'
import { sourceOf } from '../limits/source'
import { allowTime } from './connections'
import { describe } from './describe'
import { accountHeader, type Endpoint, mediaTypes, pathParameters } from './endpoint'
import type { Caller, Context, EndpointReply, Route } from './flow'
import { readInput } from './input'
import { mustBeOurOrigin } from './origin'
import { bearerToken, presentedCredential } from './presented-credential'
import { RawResponse } from './raw-response'
import { type Server, usualBodyLimit } from './server'

/**
 * Turns an endpoint's declaration into a route: documents it, checks its input, passes it to its flow, checks the
 * answer.
 */
export function registerRoute(
  app: Server,
  context: Context,
  config: Config,
  checkAnswers: boolean,
  { endpoint, unqueued, handle }: Route,
): void {
  const cookieIs = cookieName(config.baseUrl)
  const inPath = pathParameters(endpoint.path)
  const { answer } = endpoint
  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    // Serializes answers. The declaration itself checks and normalizes input; see readInput.
    schema: typeof answer === 'string' ? {} : { response: { [endpoint.status ?? 200]: answer } },
    // A stream has no HEAD: the framework would read all of it, as fast as it can, and discard it.
    exposeHeadRoute: answer !== 'csv' && answer !== 'events',
    ...(endpoint.long ? longBody(endpoint, endpoint.long.bytes, context, cookieIs) : {}),
    // The rest of the documentation is generated on demand.
    config: { swaggerTransform: (() => ({ schema: describe(endpoint) })) as never },
    async handler(request, reply) {
      mustBeOurOrigin(request, config)
      const address = addressOf(request)
      const input = await readInput(endpoint, inPath, request)
      const token = tokenOf(readCookie(request, cookieIs), context.keys)
      const session = sessionOf(token)
      const caller: Caller = {
        session,
        credential: presentedCredential(endpoint, session, bearerToken(request)),
        account: request.headers[accountHeader]?.toString(),
        get source() {
          return sourceOf(address)
        },
        get headers() {
          const headers = headersOf(request, address)
          if (token) signAnew(headers, cookieIs, signedSession(token, context.keys))
          return headers
        },
      }
      const work = () => handle(context, caller, input as never, () => new RawResponse(reply))
      const replied = await inTurn(context, caller, unqueued ?? false, work)
      if (checkAnswers && typeof answer !== 'string') answer.parse(replied.answer)
      return send(endpoint, replied, reply)
    },
  })
}

/** Sends an answer as its declaration says. A streamed answer has already been sent by the flow. */
function send({ answer: declared, status }: Endpoint, { answer, cookies }: EndpointReply, reply: FastifyReply) {
  if (cookies?.length) reply.header('set-cookie', cookies)
  if (typeof declared !== 'string')
    return reply
      .code(status ?? 200)
      .header('cache-control', 'no-store')
      .send(answer)
  if (declared === 'csv' || declared === 'events') return undefined
  if (declared !== 'redirect') return reply.type(mediaTypes[declared]).send(answer)
  return reply.header('cache-control', 'no-store').redirect(answer as string, status)
}

/** Takes a slot among all requests, and among those of the same account or token. */
async function inTurn<Result>(
  { requests, requestsOfOne, sessionOwners, programLimits }: Context,
  { session, credential, source }: Caller,
  unqueued: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  const queued = unqueued ? work : () => requests.run(work)
  if (credential.kind !== 'session') return programLimits[credential.kind].run(credential.digest, source, queued)
  if (unqueued || !session) return queued()
  const done = requestsOfOne.take(sessionOwners.of(session))
  try {
    return await queued()
  } finally {
    done()
  }
}

/** Reads a longer body only from callers who may use the endpoint: otherwise anyone could fill the memory. */
const longBody = (endpoint: Endpoint, bodyLimit: number, { db, keys, programLimits }: Context, cookieIs: string) => ({
  bodyLimit,
  async onRequest(request: FastifyRequest) {
    const length = Math.min(Number(request.headers['content-length'] ?? bodyLimit), bodyLimit)
    if (length <= usualBodyLimit) return
    const session = sessionOf(tokenOf(readCookie(request, cookieIs), keys))
    const credential = presentedCredential(endpoint, session, bearerToken(request))
    const check = async () => {
      const { actor } = await loadFacts(db, credential, {})
      admit(endpoint, actor, undefined, credential.kind)
    }
    if (credential.kind === 'session') await check()
    else await programLimits[credential.kind].run(credential.digest, sourceOf(addressOf(request)), check)
    allowTime(request, length)
  },
})

function readCookie(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[name]
}

/** Read before any await: a closed connection no longer has an address. */
const addressOf = (request: FastifyRequest): string => request.ip ?? ''

/** The headers that Better Auth receives: the cookie, the browser, and the address as we determined it. */
function headersOf(request: FastifyRequest, address: string): Headers {
  const headers = new Headers({ 'x-forwarded-for': address })
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name]
    if (value) headers.set(name, value)
  }
  return headers
}

/** Better Auth knows only the newest secret, so it receives the session's cookie signed with that secret. */
function signAnew(headers: Headers, name: string, value: string): void {
  const others = headers
    .get('cookie')!
    .split(/; */)
    .filter((pair) => !pair.startsWith(`${name}=`))
  headers.set('cookie', [`${name}=${value}`, ...others].join('; '))
}
