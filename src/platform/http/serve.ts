import type { FastifyRequest } from 'fastify'
import { loadFacts } from '../access/actor'
import { admit } from '../access/admit'
import { cookieName, sessionOf, signedSession, tokenOf } from '../access/session-cookie'
import type { Config } from '../config'
import { type FieldError, Problem } from '../errors'
import { sourceOf } from '../limits/source'
import { t } from '../messages/t'
import { allowTime } from './connections'
import { describe } from './describe'
import { accountHeader, type Endpoint, pathParameters } from './endpoint'
import { fieldErrors } from './field-errors'
import type { Caller, Context, Route } from './flow'
import { checkInPieces } from './long-input'
import { mustBeOurOrigin } from './origin'
import { type Server, usualBodyLimit } from './server'

/** Makes an endpoint's declaration a route: documents it, checks its input, hands it to its flow, checks the answer. */
export function serve(
  app: Server,
  context: Context,
  config: Config,
  checkAnswers: boolean,
  { endpoint, handle }: Route,
): void {
  const cookieIs = cookieName(config.baseUrl)
  const inPath = pathParameters(endpoint.path)
  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    // Answers are written by it. Input is checked by the declaration itself, which also normalizes; see readInput.
    schema: { response: { [endpoint.status ?? 200]: endpoint.answer } },
    ...(endpoint.long ? longBody(endpoint, endpoint.long.bytes, context, cookieIs) : {}),
    // The rest of the documentation is made when somebody asks for it.
    config: { swaggerTransform: (() => ({ schema: describe(endpoint) })) as never },
    async handler(request, reply) {
      mustBeOurOrigin(request, config)
      const address = addressOf(request)
      const input = await readInput(endpoint, inPath, request)
      const token = tokenOf(readCookie(request, cookieIs), context.keys)
      const caller: Caller = {
        session: sessionOf(token),
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
      const { answer, cookies } = await inTurn(context, caller, () => handle(context, caller, input as never))
      if (checkAnswers) endpoint.answer.parse(answer)
      if (cookies) reply.header('set-cookie', cookies)
      return reply
        .code(endpoint.status ?? 200)
        .header('cache-control', 'no-store')
        .send(answer)
    },
  })
}

/** Among all requests, and among those of the same account. */
async function inTurn<Result>(
  { requests, requestsOfOne, holders }: Context,
  { session }: Caller,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!session) return requests.run(work)
  const done = requestsOfOne.take(holders.of(session))
  try {
    return await requests.run(work)
  } finally {
    done()
  }
}

/** More is read only of those who may call it: else anybody could fill the memory. */
const longBody = (endpoint: Endpoint, bodyLimit: number, { db, keys }: Context, cookieIs: string) => ({
  bodyLimit,
  async onRequest(request: FastifyRequest) {
    const length = Math.min(Number(request.headers['content-length'] ?? bodyLimit), bodyLimit)
    if (length <= usualBodyLimit) return
    const { actor } = await loadFacts(db, sessionOf(tokenOf(readCookie(request, cookieIs), keys)), {})
    admit(endpoint.access, actor, undefined)
    allowTime(request, length)
  },
})

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[name]
}

/** Read before anything is waited for: a connection that is gone has no address any more. */
const addressOf = (request: FastifyRequest): string => request.ip ?? ''

/** What Better Auth gets to see of a request: the cookie, the browser, and the address as we know it. */
export function headersOf(request: FastifyRequest, address: string = addressOf(request)): Headers {
  const headers = new Headers({ 'x-forwarded-for': address })
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name]
    if (value) headers.set(name, value)
  }
  return headers
}

/** Better Auth knows the newest secret only, so it gets to see the session's cookie as if that had signed it. */
function signAnew(headers: Headers, name: string, value: string): void {
  const others = headers
    .get('cookie')!
    .split(/; */)
    .filter((pair) => !pair.startsWith(`${name}=`))
  headers.set('cookie', [`${name}=${value}`, ...others].join('; '))
}

async function readInput(endpoint: Endpoint, inPath: string[], request: FastifyRequest): Promise<unknown> {
  const rest = queryOrBody(endpoint, request)
  const twice = inPath.filter((name) => name in rest)
  if (twice.length > 0) throw refusal(...twice.map((path) => ({ path, message: t('Belongs into the path only.') })))
  const given = { ...rest, ...(request.params as object) }
  const result = endpoint.long
    ? await checkInPieces(endpoint.input, endpoint.long.list, given)
    : endpoint.input.safeParse(given, { reportInput: true })
  if (!result.success) throw refusal(...fieldErrors(result.error))
  return result.data
}

function queryOrBody({ method }: Endpoint, { query, body }: FastifyRequest): Record<string, unknown> {
  const inQuery = method === 'GET' || method === 'DELETE'
  if (inQuery && body !== undefined)
    throw refusal({ path: '', message: t('Send no body: the query is where it belongs.') })
  if (!inQuery && Object.keys(query as object).length > 0)
    throw refusal({ path: '', message: t('Send no query: the body is where it belongs.') })
  const given = inQuery ? once(query as Record<string, unknown>) : body === undefined ? {} : body
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refusal({ path: '', message: t('Send a JSON object.') })
  return given as Record<string, unknown>
}

/** A query in which nothing is said twice. */
function once(query: Record<string, unknown>): Record<string, unknown> {
  const twice = Object.keys(query).filter((name) => Array.isArray(query[name]))
  if (twice.length > 0)
    throw refusal(
      ...twice.slice(0, 20).map((name) => ({ path: name.slice(0, 100), message: t('Given more than once.') })),
    )
  return query
}

const refusal = (...errors: FieldError[]) => new Problem('invalid_input', errors)
