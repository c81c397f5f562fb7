import type { FieldError } from '../src/platform/errors'
import { callOf, problemIn } from '../src/platform/http/client'
import { type AnswerOf, accountHeader, type Endpoint, type InputOf } from '../src/platform/http/endpoint'
import { t } from '../src/platform/messages/t'
import type { ProblemCode } from '../src/platform/problems'
import { answered, unanswered } from './connection'
import { pageAccount, reloadForAccount } from './page-account'

/** A refusal as the portal shows it: the server’s problem details, or the portal’s own message if no response came. */
export class ApiError extends Error {
  constructor(
    readonly code: ProblemCode | 'unreachable',
    detail: string,
    readonly status: number,
    readonly errors: FieldError[] = [],
  ) {
    super(detail)
    this.name = 'ApiError'
  }

  /** The error of one field of a form. */
  errorAt(field: string): string | undefined {
    return this.errors.find(({ path }) => isAt(path, field))?.message
  }

  /** The same error, at one field of a form. */
  at(path: string, message = this.message): ApiError {
    return new ApiError(this.code, this.message, this.status, [{ path, message }])
  }
}

/** Whether a path is that of a field, at the top of the body or nested in it. */
export const isAt = (path: string, field: string) => `.${path.replace(/\.\d+$/, '')}`.endsWith(`.${field}`)

const unreachable = t('The site can’t be reached. Check your connection, then try again.')
const unreadable = t('The site sent an unexpected response. Try again. If the problem persists, contact an operator.')

/** Calls an endpoint. Requests that change data state which account the page belongs to. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  const { method, path, body } = callOf(endpoint, input)
  const account = method === 'GET' ? null : pageAccount()
  const response = await reach(path, {
    method,
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
  throw refusal.code === 'signed_in_as_another' ? await reloadForAccount() : refusal
}

/** The body of a download, streamed. */
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

function refusalOf(answer: unknown, status: number) {
  const problem = problemIn(answer)
  if (problem) return new ApiError(problem.code, problem.detail, status, problem.errors)
  if (status < 502) return new ApiError('internal_error', unreadable, status)
  unanswered()
  return new ApiError('unreachable', unreachable, status)
}
