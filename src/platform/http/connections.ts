import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Bulkhead } from '../bulkhead'
import type { Server } from './server'

/** How many connections one process holds: from there on, new ones are refused. Each takes some 20 kB. */
const most = 8000

/** From so many on, those that are kept open and not used have to go. */
const many = 6000

/** How long what is in flight may take when the server is to end, in ms. */
const lastWords = 10_000

/**
 * How long a connection may take, in ms: for the headers of a request, for all of it, for reading an answer, and
 * between two requests. Whatever is too slow is found within two seconds.
 */
export const bounds = {
  requestTimeout: 20_000,
  connectionTimeout: 60_000,
  keepAliveTimeout: 72_000,
  maxRequestsPerSocket: 10_000,
  // A request without Host is refused as others are, by us.
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2000, requireHostHeader: false },
} as const

/** How many bytes of a long body have to come in a second: that much time they have, beyond that of every request. */
const modest = 50_000

/** Long bodies that are being sent, and since when. */
const long = new WeakMap<Socket, { request: IncomingMessage; until: number }>()

/** Gives a request the time that so long a body takes on a modest line. */
export function allowTime({ raw, server }: FastifyRequest, bytes: number): void {
  const until = Date.now() + server.server.requestTimeout + (bytes / modest) * 1000
  long.set(raw.socket, { request: raw, until })
}

/** Whether a request that took as long as requests may has more time. If so, it is given up when that is over, too. */
export function moreTime(socket: Socket, giveUp: () => void): boolean {
  const allowed = long.get(socket)
  if (!allowed || allowed.request.complete || allowed.until <= Date.now()) return false
  const last = setTimeout(() => {
    if (!allowed.request.complete) giveUp()
  }, allowed.until - Date.now()).unref()
  socket.once('close', () => clearTimeout(last))
  return true
}

export function boundConnections({ server }: Server): void {
  server.maxConnections = most
  let open = 0
  let made = 0
  server.on('connection', (socket) => {
    open++
    socket.once('close', () => open--)
    if (open < many || Date.now() - made < 100) return
    made = Date.now()
    server.closeIdleConnections()
  })
}

/** When it ends, new requests are refused, and those in flight are answered if they are not too slow. */
export function answerWhatIsInFlight(app: Server): void {
  app.addHook('preClose', async () => {
    // Those that are answered now would be kept open for the next request.
    const idle = setInterval(() => app.server.closeIdleConnections(), 50).unref()
    const late = setTimeout(() => app.server.closeAllConnections(), lastWords).unref()
    app.server.once('close', () => {
      clearInterval(idle)
      clearTimeout(late)
    })
  })
}

/** What is worked on for a connection that has gone is brought to its end, too, before the database is closed. */
export function finishWhatIsInFlight(app: Server, requests: Bulkhead): void {
  app.addHook('onClose', async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, lastWords).unref())
    await Promise.race([requests.ended(), late])
  })
}
