import type { ProblemDocument } from '../errors'
import { type Endpoint, type InputOf, pathParameters } from './endpoint'

/** A call as HTTP sends it. */
export interface HttpCall {
  method: Endpoint['method']
  /** With its query. */
  path: string
  /** JSON, where the endpoint takes a body. */
  body: string | undefined
}

/** Whether an endpoint takes its input in the query, as far as it is not in the path. */
export const inQuery = ({ method }: Endpoint): boolean => method === 'GET' || method === 'DELETE'

/**
 * Makes a call of an endpoint's declaration: the path takes its parameters from the input, the rest is the query or the
 * body. What is left empty in a query is not sent.
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

/** The problem that an answer tells, or undefined where it is no answer of ours: a proxy may have given it. */
export function problemIn(answer: unknown): ProblemDocument | undefined {
  const problem = answer as Partial<ProblemDocument> | undefined | null
  return problem?.code && problem.detail ? (problem as ProblemDocument) : undefined
}
