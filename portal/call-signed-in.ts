import type { AnswerOf, Endpoint, InputOf } from '../src/platform/http/endpoint'
import { ApiError, call } from './api'
import { signingInAgain } from './reauthentication'
import { somethingUnsaved } from './ui/unsaved'

/** What has been sent and not been answered. */
const writes = new Set<Promise<unknown>>()

/**
 * Calls an endpoint that wants somebody signed in. Where the session has ended under something that is being written or
 * sent, signing in again is asked for over the page, and then it is done. Elsewhere it is for the page to notice.
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

/** What is read meanwhile may be refused first. The page must not go then: what was sent would go with it. */
async function aWriteAsks(): Promise<boolean> {
  await Promise.allSettled(writes)
  return signingInAgain.isOpen()
}
