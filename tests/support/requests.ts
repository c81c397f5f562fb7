import { Agent, request } from 'node:http'

export interface Reply {
  status: number
  headers: Headers
  text: string
}

interface Sent {
  method?: string
  body?: string | Uint8Array | undefined
  headers?: Record<string, string>
  /** The local address to call from, such as 127.0.0.2; `fetch` cannot choose one. */
  from?: string
}

/** The body, parsed according to its content type. */
export const bodyOf = ({ headers, text }: Reply): unknown =>
  headers.get('content-type')?.includes('json') ? JSON.parse(text) : text

const agent = new Agent({ keepAlive: true })

/** Like `fetch`, at a third of its cost, because tests make hundreds of thousands of requests. */
export function send(url: string, { method = 'GET', body, headers = {}, from }: Sent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const how = from ? { agent: false as const, localAddress: from } : { agent }
    // Explicit, because Node does not set it for the body of a DELETE.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request(
      url,
      { method, headers: { 'user-agent': 'node', ...length, ...headers }, ...how },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('error', reject).on('end', () => {
          const pairs = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
            values.map((value): [string, string] => [name, value]),
          )
          resolve({ status: response.statusCode!, headers: new Headers(pairs), text })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
