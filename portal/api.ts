import type { FieldError, ProblemDocument } from '../src/platform/errors'
import {
  type AnswerOf,
  accountHeader,
  type Endpoint,
  type InputOf,
  pathParameters,
} from '../src/platform/http/endpoint'
import type { ProblemCode } from '../src/platform/problems'
import { answered, unanswered } from './connection'
import { loadAnew, whosePage } from './whose-page'

/** A refusal as the portal shows it: the server's problem document, or our own sentence when no answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: ProblemCode | 'unreachable',
    detail: string,
    readonly status: number,
    readonly errors: FieldError[] = [],
  ) {
    super(detail)
    this.name = 'Refusal'
  }

  /** What is wrong with one field of a form. */
  errorAt(field: string): string | undefined {
    return this.errors.find(({ path }) => isAt(path, field))?.message
  }

  /** The same, said at one field of a form. */
  at(path: string, message = this.message): ApiError {
    return new ApiError(this.code, this.message, this.status, [{ path, message }])
  }
}

/** Whether a part of a refusal is about a field, in the body itself or in one of its parts. */
export const isAt = (path: string, field: string) => path === field || path.endsWith(`.${field}`)

const unreachable = 'The site cannot be reached. Check your connection, then try again.'
const unreadable = 'The site gave an answer that cannot be read. Try again; if it stays, tell an operator.'

/**
 * Calls one endpoint of the contract. The path takes its parameters from the input; the rest is query or body. What
 * changes something says whose page it comes from.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  const { url, body } = request(endpoint, input as Record<string, unknown>)
  const account = endpoint.method === 'GET' ? null : whosePage()
  const response = await reach(url, {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(account ? { [accountHeader]: account } : {}),
    },
    ...(body ? { body } : {}),
    ...(signal ? { signal } : {}),
  })
  const answer = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as AnswerOf<E>
  const refusal = refusalOf(answer, response.status)
  throw refusal.code === 'signed_in_as_another' ? await loadAnew() : refusal
}

/** A file of any length, as it comes. */
export async function stream(url: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await reach(url, { signal })
  if (response.ok && response.body) return response.body
  throw refusalOf(await response.json().catch(() => undefined), response.status)
}

async function reach(url: string, options: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, { credentials: 'same-origin', ...options })
    if (response.ok) answered()
    return response
  } catch (error) {
    if (options.signal?.aborted) throw error
    unanswered()
    throw new ApiError('unreachable', unreachable, 0)
  }
}

function request(endpoint: Endpoint, input: Record<string, unknown>) {
  const rest = { ...input }
  let url: string = endpoint.path
  for (const name of pathParameters(endpoint.path)) {
    url = url.replace(`{${name}}`, encodeURIComponent(String(rest[name])))
    delete rest[name]
  }
  if (endpoint.method !== 'GET' && endpoint.method !== 'DELETE') return { url, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return { url: query.size > 0 ? `${url}?${query}` : url, body: null }
}

function refusalOf(answer: unknown, status: number) {
  const problem = answer as Partial<ProblemDocument> | undefined
  if (problem?.code && problem.detail) return new ApiError(problem.code, problem.detail, status, problem.errors)
  if (status < 502) return new ApiError('internal_error', unreadable, status)
  unanswered()
  return new ApiError('unreachable', unreachable, status)
}
