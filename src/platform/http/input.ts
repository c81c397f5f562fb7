import type { FastifyRequest } from 'fastify'
import { type FieldError, invalidInput, Problem } from '../errors'
import { t } from '../messages/t'
import { inQuery } from './client'
import type { Endpoint } from './endpoint'
import { fieldErrors } from './field-errors'
import { checkInPieces } from './long-input'

/** The input of a request, checked and normalized by the endpoint's declaration. */
export async function readInput(endpoint: Endpoint, inPath: string[], request: FastifyRequest): Promise<unknown> {
  const rest = queryOrBody(endpoint, request)
  const twice = inPath.filter((name) => name in rest)
  if (twice.length > 0) throw refusal(...twice.map((path) => ({ path, message: t('Allowed in the path only.') })))
  const given = { ...rest, ...(request.params as object) }
  const result = endpoint.long?.list
    ? await checkInPieces(endpoint.input, endpoint.long.list, given)
    : endpoint.input.safeParse(given, { reportInput: true })
  if (!result.success) throw refusal(...fieldErrors(result.error))
  return result.data
}

function queryOrBody(endpoint: Endpoint, { query, body }: FastifyRequest): Record<string, unknown> {
  const fromQuery = inQuery(endpoint)
  if (fromQuery && body !== undefined)
    throw invalidInput('', t('This endpoint takes no body. Send its parameters in the query string.'))
  if (!fromQuery && Object.keys(query as object).length > 0)
    throw invalidInput('', t('This endpoint takes no query string. Send its parameters in the body.'))
  const given = fromQuery
    ? (endpoint.lenient ? textsOf : once)(query as Record<string, unknown>)
    : body === undefined
      ? {}
      : body
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidInput('', t('Send a JSON object.'))
  return given as Record<string, unknown>
}

/** A query without repeated parameters. */
function once(query: Record<string, unknown>): Record<string, unknown> {
  const twice = Object.keys(query).filter((name) => Array.isArray(query[name]))
  if (twice.length > 0)
    throw refusal(
      ...twice.slice(0, 20).map((name) => ({ path: name.slice(0, 100), message: t('Specified more than once.') })),
    )
  return query
}

/** The parameters that a query contains once; the others are ignored. */
const textsOf = (query: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => typeof value === 'string'))

const refusal = (...errors: FieldError[]) => new Problem('invalid_input', errors)
