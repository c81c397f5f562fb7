import type { FastifySchema } from 'fastify'
import { z } from 'zod'
import { firstDo } from '../access/admit'
import { openToOrganizations, scopeOf } from '../access/scopes'
import { detailOf } from '../errors'
import { type ProblemCode, statusOf } from '../problems'
import { inQuery } from './client'
import { type Endpoint, type Media, mediaTypes, pathParameters } from './endpoint'

/** Problems that any endpoint may return. */
export const always: ProblemCode[] = [
  'invalid_input',
  'foreign_origin',
  'payload_too_large',
  'unsupported_media_type',
  'malformed_request',
  'request_too_slow',
  'range_not_satisfiable',
  'expectation_failed',
  'headers_too_large',
  'internal_error',
  'database_unavailable',
  'overloaded',
  'too_many_at_once',
]

/** Problems of endpoints that require a session. */
const ofTheSession: ProblemCode[] = ['not_signed_in', 'signed_in_as_another', 'two_credentials']

/** Problems of endpoints for services. */
const ofServices: ProblemCode[] = ['service_key_not_valid', 'two_credentials', 'too_many_requests', 'too_many_tries']

/** Problems of endpoints that are open to tokens. */
const ofTokens: ProblemCode[] = ['token_not_valid', 'scope_needed', 'too_many_requests']

/** Describes an endpoint for the documentation. */
export function describe(endpoint: Endpoint): FastifySchema {
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    description: [`Access: ${whoMayCall[endpoint.access]}.`, freshness(endpoint), tokenUse(endpoint)]
      .filter(Boolean)
      .join(' '),
    ...(endpoint.access === 'anyone' ? {} : { security: securityOf(endpoint) }),
    ...inputSchemas(endpoint),
    response: {
      [endpoint.status ?? 200]: answerOf(endpoint),
      ...problemResponses(endpoint),
    },
  }
}

const freshness = ({ fresh }: Endpoint) =>
  fresh ? 'Requires a session that was authenticated within the last ten minutes.' : ''

/** Which tokens may use it. */
function tokenUse(endpoint: Endpoint): string {
  const scope = scopeOf(endpoint)
  if (!scope) return endpoint.access === 'anyone' || endpoint.access === 'service' ? '' : 'Tokens cannot use it.'
  return `Tokens${openToOrganizations(endpoint) ? '' : ' of people'} need the scope \`${scope}\`.`
}

const securityOf = (endpoint: Endpoint): Record<string, string[]>[] => {
  if (endpoint.access === 'service') return [{ serviceKey: [] }]
  const scope = scopeOf(endpoint)
  return [{ session: [] }, ...(scope ? [{ token: [scope] }] : [])]
}

const whatIsNoJson: Record<Media, string> = {
  csv: 'A streamed CSV file in UTF-8 (RFC 4180). If the connection breaks off, the file is incomplete.',
  events: 'A stream of server-sent events; it ends with the session.',
  html: 'An HTML page.',
  javascript: 'A script.',
  openapi: 'The OpenAPI document.',
  redirect: 'Redirects to the address in `Location`.',
}

function answerOf({ answer }: Endpoint) {
  if (typeof answer !== 'string') return { description: whatItAnswers(answer), ...toSchema(answer, 'output') }
  const description = whatIsNoJson[answer]
  if (answer === 'redirect') return { description, type: 'null', headers: { Location: { type: 'string' } } }
  const schema = { type: answer === 'openapi' ? 'object' : 'string' }
  return { description, content: { [mediaTypes[answer].split(';')[0]!]: { schema } } }
}

function whatItAnswers(answer: z.ZodType): string {
  const fields = answer instanceof z.ZodObject ? Object.keys(answer.shape) : []
  if (fields.includes('items') && fields.includes('next'))
    return 'One page of the list. `next` is the cursor of the next page.'
  if (fields.join() === 'done') return 'Success.'
  return fields.length > 0
    ? `Success. The answer contains: ${fields.map((name) => `\`${name}\``).join(', ')}.`
    : 'Success.'
}

type Schema = Record<string, unknown>

/** A declaration as JSON Schema. */
export const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Schema
  return rest
}

/** Splits an endpoint's flat input into its HTTP parts: path parameters, and a query or a body. */
function inputSchemas(endpoint: Endpoint) {
  const { path, input } = endpoint
  const names = pathParameters(path)
  const fields = (belongs: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(input.shape as z.ZodRawShape).filter(([name]) => belongs(name)))
  const inPath = fields((name) => names.includes(name))
  const rest = fields((name) => !names.includes(name))
  const place = inQuery(endpoint) ? 'querystring' : 'body'
  return {
    ...(Object.keys(inPath).length > 0 ? { params: toSchema(z.strictObject(inPath), 'input') } : {}),
    ...(Object.keys(rest).length > 0 || place === 'body' ? { [place]: toSchema(z.strictObject(rest), 'input') } : {}),
  }
}

const whoMayCall: Record<Endpoint['access'], string> = {
  anyone: 'anyone',
  self: 'any signed-in account, even before it has confirmed its address, accepted the terms or set up a second factor',
  account: 'any signed-in account',
  member: 'members of the organization',
  memberOrOperator: 'members of the organization, and operators',
  admin: 'admins of the organization',
  adminOrOperator: 'admins of the organization, and operators',
  operator: 'operators',
  service: 'services, with a service key',
}

/** The problems of what the caller identifies themselves by, and of what they still have to do. */
function ofCredentials(endpoint: Endpoint): ProblemCode[] {
  if (endpoint.access === 'anyone') return []
  if (endpoint.access === 'service') return ofServices
  const tokens: ProblemCode[] = scopeOf(endpoint) ? ofTokens : ['session_needed']
  const people: ProblemCode[] = scopeOf(endpoint) && !openToOrganizations(endpoint) ? ['session_needed'] : []
  return [...ofTheSession, ...tokens, ...people, ...(endpoint.access === 'self' ? [] : Object.values(firstDo))]
}

/** The problems by status, each with the codes it may carry. */
function problemResponses(endpoint: Endpoint): Record<number, unknown> {
  const { access, path } = endpoint
  const codes = new Set<ProblemCode>([...always, ...endpoint.problems])
  for (const code of ofCredentials(endpoint)) codes.add(code)
  if (endpoint.fresh) codes.add('authenticate_again')
  if (access === 'operator') codes.add('operator_needed')
  // A value far too long for an id does not match any address.
  if (path.includes('{')) codes.add('not_found')
  if (path.includes('{organizationId}') && access !== 'service') codes.add('organization_not_found')
  if (access.startsWith('admin')) codes.add('admin_privileges_needed')
  if (endpoint.method !== 'GET') codes.add('changed_meanwhile')
  return Object.fromEntries(
    [...groupByStatus(codes)].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${detailOf(code)}`).join('\n\n'),
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
        properties: {
          path: { type: 'string' },
          message: { type: 'string' },
          requestId: { type: 'string', description: 'The role request that prevents this.' },
        },
      },
    },
  },
})
