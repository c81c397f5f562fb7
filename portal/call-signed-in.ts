import type { AnswerOf, Endpoint, InputOf } from '../src/platform/http/endpoint'
import { ApiError, call } from './api'
import { signingInAgain } from './reauthentication'
import { somethingUnsaved } from './ui/unsaved'

/** Changes that have no response yet. */
const writes = new Set<Promise<unknown>>()

/**
 * Calls an endpoint that requires a session. If the session ended while something is unsaved or being sent, a dialog asks
 * to sign in again, and the call is repeated. Otherwise the page handles the refusal.
 */
export async function callSignedIn<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  const reads = endpoint.method === 'GET'
  const answer = call(endpoint, input, signal)
  if (!reads) writes.add(answer)
  try {
    return await answer
  } catch (error) {
    const ended = error instanceof ApiError && error.code === 'not_signed_in' && endpoint.access !== 'anyone'
    if (!ended || (reads && !somethingUnsaved() && !(await aWriteAsks()))) throw error
    if (!(await signingInAgain.ask())) throw error
    return call(endpoint, input, signal)
  } finally {
    writes.delete(answer)
  }
}

/** A read may be refused before a change that was sent earlier. The page must stay for that change. */
async function aWriteAsks(): Promise<boolean> {
  await Promise.allSettled(writes)
  return signingInAgain.isOpen()
}
