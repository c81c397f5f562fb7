import { once } from 'node:events'
import { createServer, type IncomingMessage, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the proxy answers instead of the gateway. */
export interface OtherAnswer {
  status: number
  body: string
  /** Whether the gateway carries the request out before. */
  carriedOut?: boolean
}

/** A request, as a proxy sees it. */
export interface Seen {
  method: string
  path: string
  query: URLSearchParams
}

/** A proxy before a real gateway that can answer itself, or let a request wait. */
export interface GatewayProxy {
  /** At an address that tests allow. */
  url: string
  /** Called for each request, which goes on to the gateway if it returns nothing. */
  answer: (seen: Seen) => OtherAnswer | undefined | Promise<OtherAnswer | undefined>
  /** Requests so far. */
  seen: Seen[]
  close(): Promise<void>
}

export async function openGatewayProxy(gateway: string, host: string): Promise<GatewayProxy> {
  const { hostname, port } = new URL(gateway)
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, gateway)
    const seen = { method: request.method!, path: pathname, query: searchParams }
    proxy.seen.push(seen)
    const other = await proxy.answer(seen)
    const answerOtherwise = ({ status, body }: OtherAnswer) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    if (other && !other.carriedOut) return answerOtherwise(other)
    // The signature covers the name by which the gateway was addressed, so it stays as it is.
    const forwarded = send({ hostname, port, method: request.method, path: request.url, headers: request.headers })
    forwarded.on('response', (answer: IncomingMessage) => {
      if (other) return answer.resume().on('end', () => answerOtherwise(other))
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    forwarded.on('error', () => response.destroy())
    response.on('close', () => forwarded.destroy())
    request.pipe(forwarded)
  }).listen(0, host)
  await once(server, 'listening')
  const proxy: GatewayProxy = {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    answer: () => undefined,
    seen: [],
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
