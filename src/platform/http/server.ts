import cookie from '@fastify/cookie'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Config } from '../config'
import { problemOfError } from '../db/database-problems'
import { Problem } from '../errors'
import { inLocale, preferredLocale } from '../messages/request-locale'
import type { ProblemCode } from '../problems'
import { bodyText } from './body-text'
import { answerWhatIsInFlight, boundConnections, bounds } from './connections'
import { parseBody, parseLongBody } from './json-body'
import { rememberWhoseAnswer } from './last-resort'
import { othersTurn } from './long-input'
import { refuseExpectation, refuseUnreadable } from './malformed-requests'
import { safeHeaders } from './safe-headers'
import { serializers } from './serializers'

export type Server = FastifyInstance

export const usualBodyLimit: number = 64 * 1024

/** The HTTP server without routes: limits, headers, and the conversion of every failure into problem details. */
export async function createServer(config: Config): Promise<Server> {
  const safe = await safeHeaders(config.baseUrl)
  const app: Server = Fastify({
    logger: config.logLevel !== 'silent' && { level: config.logLevel, redact: ['req.headers.cookie'] },
    logController: new LogController({ disableRequestLogging: true }),
    // Requests are logged only when they fail, so a child logger per request would be wasted.
    childLoggerFactory: (logger) => logger,
    // In X-Forwarded-For, the last address that is not a trusted proxy counts; anyone can write those before it.
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    bodyLimit: usualBodyLimit,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    ...bounds,
    // Errors that Fastify raises before routing: a malformed or overlong address.
    frameworkErrors: (error, request, reply) =>
      inLocale(localeOf(request), () => answer(toProblem(error), reply.headers(safe))),
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, safe),
  })
  app.server.on('checkExpectation', (request, response) => refuseExpectation(request, response, safe))
  app.setSerializerCompiler(serializers)
  boundConnections(app)
  answerWhatIsInFlight(app)
  rememberWhoseAnswer(app)
  // JSON is the only content type.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
    inLocale(localeOf(request), async () => {
      const text = bodyText(request.headers['content-type'], body)
      return text.length > usualBodyLimit ? parseLongBody(text, othersTurn) : parseBody(text)
    }),
  )
  await app.register(cookie)
  app.addHook('onRequest', ({ raw }, reply, done) => {
    // An error of a response whose client is gone, or that has ended, concerns no one else.
    reply.raw.on('error', ignored)
    reply.headers(safe)
    if (raw.headers.host !== undefined || raw.httpVersion !== '1.1') return done()
    reply.header('connection', 'close')
    done(new Problem('malformed_request'))
  })
  app.addHook('preHandler', (request, _, done) => inLocale(localeOf(request), done))
  app.setErrorHandler((error: FastifyError & { headers?: Record<string, string> }, request, reply) => {
    // The client disconnected in the middle of its request: nothing failed, and there is no client to answer.
    if (error === (request.raw.errored as unknown)) return void reply.hijack()
    const problem = toProblem(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    // The total length of the file of which a range was requested.
    if (error.headers) reply.headers(error.headers)
    if (problem.code === 'token_not_valid' || problem.code === 'service_key_not_valid')
      reply.header('www-authenticate', 'Bearer error="invalid_token"')
    if (problem.retryAfter) reply.header('retry-after', String(problem.retryAfter))
    return inLocale(localeOf(request), () => answer(problem, reply))
  })
  return app
}

const ignored = () => {}

/** The language of the sentences in the answer. */
const localeOf = ({ headers }: { headers: FastifyRequest['headers'] }) => preferredLocale(headers['accept-language'])

function answer(problem: Problem, reply: FastifyReply) {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(problem.toDocument())
}

/** Errors of the framework and its file handler. */
const byStatus: Record<number, ProblemCode> = {
  403: 'not_found',
  404: 'not_found',
  412: 'changed_meanwhile',
  416: 'range_not_satisfiable',
}

/** Maps every error to a problem that the product knows. */
function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error
  const known: Record<string, ProblemCode> = {
    FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
    FST_ERR_MAX_PARAM_LENGTH: 'not_found',
    FST_ERR_BAD_URL: 'not_found',
  }
  if (known[error.code]) return new Problem(known[error.code]!)
  const fromDatabase = problemOfError(error)
  if (fromDatabase) return fromDatabase
  const { statusCode = 500 } = error
  return new Problem(statusCode < 500 ? (byStatus[statusCode] ?? 'malformed_request') : 'internal_error')
}
