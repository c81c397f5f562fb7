import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Config } from '../config'
import { problemOfError } from '../db/constraints'
import { Problem, type ProblemCode, sentenceOf, statusOf } from '../errors'
import { cookieName, sessionOf } from '../sessions/auth'
import { type Endpoint, pathParameters } from './endpoint'
import type { Context, Route } from './flow'
import { answerSchema, inputSchemas } from './json-schema'
import { mustBeOurOrigin } from './origin'

/** Refusals that any endpoint may give. */
const always: ProblemCode[] = [
  'invalid_input',
  'foreign_origin',
  'payload_too_large',
  'unsupported_media_type',
  'internal_error',
  'database_unavailable',
]

export type Server = FastifyInstance

/** The HTTP server without routes: limits, headers, and how every failure becomes a problem document. */
export async function createServer(config: Config, checkAnswers: boolean): Promise<Server> {
  const app = Fastify({
    logger:
      config.logLevel === 'silent'
        ? false
        : { level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    requestTimeout: 30_000,
  } as never) as unknown as FastifyInstance
  app.decorate('checkAnswers', checkAnswers)
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.baseUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: true }
      : false,
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    if (problem.code === 'too_many_wrong_codes') reply.header('retry-after', '900')
    return reply
      .code(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .serializer(JSON.stringify)
      .send(problem.toDocument())
  })
  return app
}

/** Everything that can go wrong, as one of the problems that the product knows. */
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
  if (error.statusCode && error.statusCode < 500)
    return new Problem('invalid_input', [{ path: '', message: 'The request is not valid JSON.' }])
  return new Problem('internal_error')
}

/** Makes an endpoint's declaration a route: documents it, checks its input, hands it to its flow, checks the answer. */
export function serve(app: Server, context: Context, config: Config, { endpoint, handle }: Route): void {
  const cookieIs = cookieName(config.baseUrl)
  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: {
      operationId: endpoint.id,
      summary: endpoint.summary,
      tags: [endpoint.tag],
      description: `Who may call it: ${whoMayCall[endpoint.access]}.`,
      ...(endpoint.access === 'anyone' ? {} : { security: [{ session: [] }] }),
      ...inputSchemas(endpoint),
      response: { [endpoint.status ?? 200]: answerSchema(endpoint), ...problemResponses(endpoint) },
    } as never,
    // Input is checked by the declaration itself, which also normalizes; see readInput.
    validatorCompiler: () => () => true,
    async handler(request, reply) {
      mustBeOurOrigin(request, config)
      const input = readInput(endpoint, request)
      const caller = {
        session: sessionOf(readCookie(request, cookieIs), context.keys),
        source: request.ip,
        headers: headersOf(request),
      }
      const { answer, cookies } = await handle(context, caller, input as never)
      if ((app as unknown as { checkAnswers: boolean }).checkAnswers) endpoint.answer.parse(answer)
      if (cookies) reply.header('set-cookie', cookies)
      return reply
        .code(endpoint.status ?? 200)
        .header('cache-control', 'no-store')
        .send(answer)
    },
  })
}

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[name]
}

/** What Better Auth gets to see of a request: the cookie, the browser, and the address as we know it. */
function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ 'x-forwarded-for': request.ip })
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name]
    if (value) headers.set(name, value)
  }
  return headers
}

function readInput(endpoint: Endpoint, request: FastifyRequest): unknown {
  const inPath = pathParameters(endpoint.path)
  const rest = (
    endpoint.method === 'GET' || endpoint.method === 'DELETE' ? request.query : (request.body ?? {})
  ) as Record<string, unknown>
  if (typeof rest !== 'object' || Array.isArray(rest))
    throw new Problem('invalid_input', [{ path: '', message: 'Send a JSON object.' }])
  const twice = inPath.filter((name) => name in rest)
  if (twice.length > 0)
    throw new Problem(
      'invalid_input',
      twice.map((path) => ({ path, message: 'Belongs into the path only.' })),
    )
  const result = endpoint.input.safeParse({ ...rest, ...(request.params as object) })
  if (!result.success) throw new Problem('invalid_input', fieldErrors(result.error))
  return result.data
}

function fieldErrors(error: z.ZodError) {
  return error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ path: [path, key.slice(0, 100)].filter(Boolean).join('.'), message: 'Not a known field.' }))
    return [
      { path, message: issue.code === 'invalid_type' && issue.input === undefined ? 'Is missing.' : issue.message },
    ]
  })
}

const whoMayCall: Record<Endpoint['access'], string> = {
  anyone: 'anybody',
  account: 'any signed-in account',
  member: 'members of the organization',
  memberOrOperator: 'members of the organization, and operators',
  admin: 'admins of the organization',
  adminOrOperator: 'admins of the organization, and operators',
  operator: 'operators',
}

/** The problems by status, each with the codes it may carry. */
function problemResponses(endpoint: Endpoint): Record<number, unknown> {
  const { access, path } = endpoint
  const codes = new Set<ProblemCode>([...always, ...endpoint.problems])
  if (access !== 'anyone') codes.add('not_signed_in')
  if (access === 'operator') codes.add('operator_needed')
  if (path.includes('{organizationId}')) codes.add('organization_not_found')
  if (access.startsWith('admin')) codes.add('admin_privileges_needed')
  if (endpoint.method !== 'GET' && access !== 'anyone') codes.add('changed_meanwhile')
  return Object.fromEntries(
    [...groupByStatus(codes)].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${sentenceOf(code)}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema(those) } },
      },
    ]),
  )
}

function groupByStatus(codes: Set<ProblemCode>): Map<number, ProblemCode[]> {
  const groups = new Map<number, ProblemCode[]>()
  for (const code of codes) groups.set(statusOf(code), [...(groups.get(statusOf(code)) ?? []), code])
  return groups
}

const problemSchema = (codes: ProblemCode[]) => ({
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: codes },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
})
