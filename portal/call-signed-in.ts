import type { AnswerOf, Endpoint, InputOf } from '../src/http/endpoint'
import { call, Refusal } from './api'
import { signingInAgain } from './prove-again'
import { somethingUnsaved } from './ui/unsaved'

/**
 * Calls an endpoint that wants somebody signed in. Where the session has ended under something that is being written or
 * sent, signing in again is asked for over the page, and then it is done. Elsewhere it is for the page to notice.
 */
export async function callSignedIn<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  try {
    return await call(endpoint, input, signal)
  } catch (error) {
    const ended = error instanceof Refusal && error.code === 'not_signed_in' && endpoint.access !== 'anyone'
    if (!ended || (endpoint.method === 'GET' && !somethingUnsaved())) throw error
    if (!(await signingInAgain.ask())) throw error
    return call(endpoint, input, signal)
  }
}
