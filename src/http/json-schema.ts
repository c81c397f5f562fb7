import { z } from 'zod'
import { type Endpoint, pathParameters } from './endpoint'

type Schema = Record<string, unknown>

const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Schema
  return rest
}

/** Splits an endpoint's flat input into what HTTP has: parameters of the path, and a query or a body. */
export function inputSchemas({ path, method, input }: Endpoint): {
  params?: Schema
  querystring?: Schema
  body?: Schema
} {
  const names = pathParameters(path)
  const inPath = names.filter((name) => name in input.shape)
  const mask = Object.fromEntries(inPath.map((name) => [name, true])) as Record<string, true>
  const rest = input.omit(mask as never)
  const place = method === 'GET' || method === 'DELETE' ? 'querystring' : 'body'
  return {
    ...(inPath.length > 0 ? { params: toSchema(input.pick(mask as never), 'input') } : {}),
    ...(Object.keys(rest.shape).length > 0 || place === 'body' ? { [place]: toSchema(rest, 'input') } : {}),
  }
}

export const answerSchema = (endpoint: Endpoint): Schema => toSchema(endpoint.answer, 'output')
