import fc from 'fast-check'

/** The subset of JSON Schema that the document uses. */
export interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
}

interface Parameter {
  name: string
  in: string
  schema: Schema
}

/** One operation of the OpenAPI document. */
export interface Operation {
  id: string
  method: string
  path: string
  parameters: Parameter[]
  body: Schema | undefined
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
  /** The credentials of which one is needed, and the scopes of tokens; empty if none is. */
  security: Partial<Record<'session' | 'token' | 'serviceKey', string[]>>[]
}

export interface Request {
  operation: Operation
  caller: number
  path: Record<string, string>
  query: Record<string, string>
  body: unknown
}

interface OpenApi {
  paths: Record<string, Record<string, Record<string, unknown>>>
}

/** Every operation of the document except streams, whose answers never end. */
export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => !isStream(operation))
      .map(([method, operation]) => {
        const content = (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content
        return {
          id: operation.operationId as string,
          method: method.toUpperCase(),
          path,
          parameters: (operation.parameters ?? []) as Parameter[],
          body: content?.['application/json']?.schema,
          responses: operation.responses as Operation['responses'],
          security: (operation.security ?? []) as Operation['security'],
        }
      }),
  )
}

const isStream = ({ responses }: Record<string, unknown>): boolean =>
  Object.values(responses as Operation['responses']).some(({ content }) => content && 'text/event-stream' in content)

/** Unexpected texts. */
export const nastyTexts = [
  '',
  ' ',
  'null',
  '0',
  '-1',
  '%00',
  '../..',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '\u202Etxt.exe',
  '\uD800',
  'a'.repeat(5000),
  '9'.repeat(40),
  '2026-02-30T99:99:99Z',
  'İ',
]
const nasty = fc.constantFrom(...nastyTexts)

/** A URL cannot contain half a surrogate pair. */
export const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '�') || '-'

/** A text that mostly fits the schema; for an ID, mostly an existing one. */
function text(schema: Schema, ids: string[]): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid' || schema.pattern?.includes('0-9a-fA-F'))
    return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...ids) }, fc.uuid(), nasty)
  if (schema.format === 'email' || schema.pattern?.includes('@')) return fc.oneof(fc.emailAddress(), nasty)
  if (schema.format === 'date-time')
    return fc.oneof(
      fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
      nasty,
    )
  return fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('PH', 'accepted', 'open', ...ids),
    nasty,
  )
}

/** A value that mostly fits the schema. */
export function value(schema: Schema, ids: string[]): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => value(choice, ids)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string') return text(schema, ids)
  if (type === 'integer' || type === 'number')
    return fc.oneof(
      fc.integer({ min: Math.max(schema.minimum ?? -5, -1e9), max: Math.min(schema.maximum ?? 5000, 1e9) }),
      fc.constantFrom(0, -1, 1.5, 1e21),
    )
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'array') return fc.array(value(schema.items ?? {}, ids), { maxLength: 4 })
  if (type === 'object' || schema.properties) return object(schema, ids)
  return fc.jsonValue({ maxDepth: 2 })
}

function object({ properties = {}, required = [] }: Schema, ids: string[]): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, value(schema, ids)]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
}

/** Occasionally replaces the value with one of an unrelated type. */
const wild = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })

/** A request to one of the operations, by one of the callers. */
export function requests(operations: Operation[], callers: number, ids: string[]): fc.Arbitrary<Request> {
  return fc.constantFrom(...operations).chain((operation) => {
    const named = (place: string) =>
      Object.fromEntries(
        operation.parameters
          .filter((parameter) => parameter.in === place)
          .map(({ name, schema }) => [name, value(schema, ids).map(String)]),
      )
    return fc.record({
      operation: fc.constant(operation),
      caller: fc.nat({ max: callers - 1 }),
      path: fc.record(named('path')),
      query: fc.record(named('query'), { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>,
      body: operation.body ? wild(value(operation.body, ids)) : fc.constant(undefined),
    })
  })
}
