import type { FastifyReply, FastifyRequest } from 'fastify'
import { loadFacts } from '../access/actor'
import { admit } from '../access/admit'
import { cookieName } from '../access/session-cookie'
import type { Config } from '../config'
import { allowTime } from './connections'
import { describe } from './describe'
import { type Endpoint, mediaTypes, pathParameters } from './endpoint'
import type { Caller, Context, EndpointReply, Route } from './flow'
import { readInput } from './input'
import { mustBeOurOrigin } from './origin'
import { RawResponse } from './raw-response'
import { addressOf, RequestCaller } from './request-caller'
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
      const caller = new RequestCaller(request, address, context.keys, cookieIs, endpoint)
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
    const { credential, source } = new RequestCaller(request, addressOf(request), keys, cookieIs, endpoint)
    const check = async () => {
      const { actor } = await loadFacts(db, credential, {})
      admit(endpoint, actor, undefined, credential.kind)
    }
    if (credential.kind === 'session') await check()
    else await programLimits[credential.kind].run(credential.digest, source, check)
    allowTime(request, length)
  },
})
