import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Bulkhead } from '../bulkhead'
import type { Server } from './server'

/** How many connections one process holds. Beyond that, new ones are refused. Each takes some 20 kB. */
const most = 8000

/** From this number on, idle keep-alive connections are closed. */
const many = 6000

/** How long work in flight may take when the server shuts down, in ms. */
const shutdownTimeoutMs = 10_000

/**
 * Connection timeouts in ms: for the headers of a request, for the whole request, for reading an answer, and between
 * two requests. A connection that is too slow is detected within two seconds.
 */
export const bounds = {
  requestTimeout: 20_000,
  connectionTimeout: 60_000,
  keepAliveTimeout: 72_000,
  maxRequestsPerSocket: 10_000,
  // A request without Host is refused by us, like any other malformed request.
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2000, requireHostHeader: false },
} as const

/**
 * The minimum rate of a long body in bytes per second. It gets that much time in addition to the usual time of a
 * request.
 */
const minBytesPerSecond = 50_000

/** Long bodies being received, and their deadlines. */
const long = new WeakMap<Socket, { request: IncomingMessage; until: number }>()

/** Gives a request the time that a body of this length takes on a slow connection. */
export function allowTime({ raw, server }: FastifyRequest, bytes: number): void {
  const until = Date.now() + server.server.requestTimeout + (bytes / minBytesPerSecond) * 1000
  long.set(raw.socket, { request: raw, until })
}

/** Whether a request that has reached the usual time limit has more time. If so, it is given up at its own deadline. */
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

/** On shutdown, new requests are refused, and those in flight are answered unless they are too slow. */
export function answerWhatIsInFlight(app: Server): void {
  app.addHook('preClose', async () => {
    // A connection that has just been answered would otherwise stay open for its next request.
    const idle = setInterval(() => app.server.closeIdleConnections(), 50).unref()
    const late = setTimeout(() => app.server.closeAllConnections(), shutdownTimeoutMs).unref()
    app.server.once('close', () => {
      clearInterval(idle)
      clearTimeout(late)
    })
  })
}

/** Work for a connection that is gone is finished, too, before the database is closed. */
export function finishWhatIsInFlight(app: Server, requests: Bulkhead): void {
  app.addHook('onClose', async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, shutdownTimeoutMs).unref())
    await Promise.race([requests.ended(), late])
  })
}
