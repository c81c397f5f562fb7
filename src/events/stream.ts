import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../errors'
import type { Context } from '../http/flow'
import type { Listener } from './feed'
import { streamPath } from './schema'

/** A comment line now and then keeps proxies from closing a quiet connection. In milliseconds. */
const heartbeat = 20_000

/** In bytes. */
const mostUnread = 64 * 1024

/** `GET /api/events/stream`: server-sent events for the signed-in account. */
export function serveStream(
  app: FastifyInstance,
  context: Context,
  sessionOf: (request: FastifyRequest) => string,
): void {
  app.get(streamPath, { schema: { hide: true } as never, exposeHeadRoute: false }, async (request, reply) => {
    const session = sessionOf(request)
    const response = reply.raw
    const listener: Listener = {
      session,
      send(message) {
        // Whoever does not read is hung up on, and catches up when he comes back: nothing piles up here for him.
        if (response.writableLength > mostUnread) response.destroy()
        else response.write(`data: ${JSON.stringify(message)}\n\n`)
      },
      close: () => response.end(),
    }
    if (!session || !(await context.feed.listen(listener))) throw new Problem('not_signed_in')
    const headers = reply.getHeaders() as OutgoingHttpHeaders
    reply.hijack()
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write('retry: 1000\n\n')
    const beat = setInterval(() => response.write(':\n\n'), heartbeat)
    beat.unref()
    response.on('close', () => {
      clearInterval(beat)
      context.feed.leave(listener)
    })
  })
}
