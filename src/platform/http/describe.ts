import type { FastifySchema } from 'fastify'
import { z } from 'zod'
import { detailOf } from '../errors'
import { type ProblemCode, statusOf } from '../problems'
import { type Endpoint, pathParameters } from './endpoint'

/** Refusals that any endpoint may give. */
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

/** Refusals of whoever has to be signed in. */
const ofTheSession: ProblemCode[] = ['not_signed_in', 'signed_in_as_another']

/** What an account may have to do before it reaches more than itself. */
const toDoFirst: ProblemCode[] = ['address_to_confirm', 'terms_to_accept', 'second_factor_to_set_up']

/** What the documentation says of an endpoint. */
export function describe(endpoint: Endpoint): FastifySchema {
  const schema = {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    description: `Who may call it: ${whoMayCall[endpoint.access]}.${endpoint.fresh ? ' Asks for a session that was authenticated within the last ten minutes.' : ''}`,
    ...(endpoint.access === 'anyone' ? {} : { security: [{ session: [] }] }),
    ...inputSchemas(endpoint),
    response: {
      [endpoint.status ?? 200]: { description: whatItAnswers(endpoint), ...toSchema(endpoint.answer, 'output') },
      ...problemResponses(endpoint),
    },
  }
  return schema
}

function whatItAnswers({ answer }: Endpoint): string {
  const fields = answer instanceof z.ZodObject ? Object.keys(answer.shape) : []
  if (fields.includes('items') && fields.includes('next'))
    return 'One page of the list. `next` leads to the following one.'
  if (fields.join() === 'done') return 'It is done.'
  return fields.length > 0
    ? `It worked. The answer has: ${fields.map((name) => `\`${name}\``).join(', ')}.`
    : 'It worked.'
}

type Schema = Record<string, unknown>

/** A declaration as JSON Schema. */
export const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Schema
  return rest
}

/** Splits an endpoint's flat input into what HTTP has: parameters of the path, and a query or a body. */
function inputSchemas({ path, method, input }: Endpoint): {
  params?: Schema
  querystring?: Schema
  body?: Schema
} {
  const names = pathParameters(path)
  const fields = (belongs: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(input.shape as z.ZodRawShape).filter(([name]) => belongs(name)))
  const inPath = fields((name) => names.includes(name))
  const rest = fields((name) => !names.includes(name))
  const place = method === 'GET' || method === 'DELETE' ? 'querystring' : 'body'
  return {
    ...(Object.keys(inPath).length > 0 ? { params: toSchema(z.strictObject(inPath), 'input') } : {}),
    ...(Object.keys(rest).length > 0 || place === 'body' ? { [place]: toSchema(z.strictObject(rest), 'input') } : {}),
  }
}

const whoMayCall: Record<Endpoint['access'], string> = {
  anyone: 'anybody',
  self: 'any signed-in account, also one that has yet to confirm its address, accept the terms or set up a second factor',
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
  if (access !== 'anyone') for (const code of ofTheSession) codes.add(code)
  if (access !== 'anyone' && access !== 'self') for (const code of toDoFirst) codes.add(code)
  if (endpoint.fresh) codes.add('authenticate_again')
  if (access === 'operator') codes.add('operator_needed')
  // What is far too long for an id is no address at all.
  if (path.includes('{')) codes.add('not_found')
  if (path.includes('{organizationId}')) codes.add('organization_not_found')
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
          requestId: { type: 'string', description: 'The role request that stands in the way.' },
        },
      },
    },
  },
})
