import { request } from 'node:http'
import type { Endpoint, InputOf } from '../http/endpoint'
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
 * another network would. `fetch` cannot choose where it calls from.
 */
export function callFrom<E extends Endpoint>(
  address: string,
  url: string,
  endpoint: E,
  input: InputOf<E>,
  headers: Record<string, string> = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const options = {
      method: endpoint.method,
      localAddress: address,
      agent: false as const,
      headers: { origin: testBaseUrl, 'content-type': 'application/json', ...headers },
    }
    const sent = request(url + endpoint.path, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        const { code, detail } = JSON.parse(text) as { code?: string; detail?: string }
        const retryAfter = response.headers['retry-after']
        resolve({
          status: response.statusCode!,
          code,
          detail,
          retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
          cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
        })
      })
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(input))
  })
}
