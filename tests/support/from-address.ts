import { callOf, problemIn } from '../../src/platform/http/client'
import type { Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { bodyOf, send } from './requests'
import { testBaseUrl } from './site'

interface Heard {
  status: number
  code: string | undefined
  detail: string | undefined
  retryAfter: number | undefined
  cookie: string | undefined
}

/**
 * Calls an endpoint that takes a body from another address of this machine (127.0.0.2 and so on), like a client in
 * another network.
 */
export async function callFrom<E extends Endpoint>(
  address: string,
  url: string,
  endpoint: E,
  input: InputOf<E>,
  more: Record<string, string> = {},
): Promise<Heard> {
  const { method, path, body } = callOf(endpoint, input)
  const reply = await send(url + path, {
    method,
    headers: { origin: testBaseUrl, 'content-type': 'application/json', ...more },
    body,
    from: address,
  })
  const { status, headers } = reply
  const problem = problemIn(bodyOf(reply))
  const retryAfter = headers.get('retry-after')
  return {
    status,
    code: problem?.code,
    detail: problem?.detail,
    retryAfter: retryAfter === null ? undefined : Number(retryAfter),
    cookie: headers.getSetCookie()[0]?.split(';')[0],
  }
}
