import type { Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { send } from './requests'
import { testBaseUrl } from './site'

interface Heard {
  status: number
  code: string | undefined
  detail: string | undefined
  retryAfter: number | undefined
  cookie: string | undefined
}

/**
 * Calls an endpoint that takes a body from another address of this machine (127.0.0.2 and so on), as somebody in
 * another network would.
 */
export async function callFrom<E extends Endpoint>(
  address: string,
  url: string,
  endpoint: E,
  input: InputOf<E>,
  more: Record<string, string> = {},
): Promise<Heard> {
  const { status, headers, text } = await send(url + endpoint.path, {
    method: endpoint.method,
    headers: { origin: testBaseUrl, 'content-type': 'application/json', ...more },
    body: JSON.stringify(input),
    from: address,
  })
  const { code, detail } = JSON.parse(text) as { code?: string; detail?: string }
  const retryAfter = headers.get('retry-after')
  return {
    status,
    code,
    detail,
    retryAfter: retryAfter === null ? undefined : Number(retryAfter),
    cookie: headers.getSetCookie()[0]?.split(';')[0],
  }
}
