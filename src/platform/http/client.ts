import type { ProblemDocument } from '../errors'
import { type Endpoint, type InputOf, pathParameters } from './endpoint'

/** A call as an HTTP request. */
export interface HttpCall {
  method: Endpoint['method']
  /** Includes the query. */
  path: string
  /** JSON, if the endpoint takes a body. */
  body: string | undefined
}

/** Whether the endpoint takes its input, apart from the path parameters, in the query. */
export const inQuery = ({ method }: Endpoint): boolean => method === 'GET' || method === 'DELETE'

/**
 * Builds a call from an endpoint's declaration: the path takes its parameters from the input, the rest is the query or
 * the body. Empty values are left out of a query.
 */
export function callOf<E extends Endpoint>(endpoint: E, input: InputOf<E>): HttpCall {
  const { method } = endpoint
  const rest: Record<string, unknown> = { ...input }
  let path: string = endpoint.path
  for (const name of pathParameters(path)) {
    path = path.replace(`{${name}}`, encodeURIComponent(String(rest[name])))
    delete rest[name]
  }
  if (!inQuery(endpoint)) return { method, path, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  return { method, path: query.size > 0 ? `${path}?${query}` : path, body: undefined }
}

/** The problem in an answer, or undefined if the answer is not ours: it may come from a proxy. */
export function problemIn(answer: unknown): ProblemDocument | undefined {
  const problem = answer as Partial<ProblemDocument> | undefined | null
  return problem?.code && problem.detail ? (problem as ProblemDocument) : undefined
}
