import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Config } from '../config'
import { Problem } from '../errors'
import { cookieName, sessionOf } from '../sessions/auth'
import { describe } from './describe'
import { type Endpoint, pathParameters } from './endpoint'
import type { Context, Route } from './flow'
import { mustBeOurOrigin } from './origin'
import type { Server } from './server'

/** Makes an endpoint's declaration a route: documents it, checks its input, hands it to its flow, checks the answer. */
export function serve(
  app: Server,
  context: Context,
  config: Config,
  checkAnswers: boolean,
  { endpoint, handle }: Route,
): void {
  const cookieIs = cookieName(config.baseUrl)
  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: describe(endpoint),
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
      if (checkAnswers) endpoint.answer.parse(answer)
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
