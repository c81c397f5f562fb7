import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../../platform/errors'
import type { Context } from '../../platform/http/flow'
import { ConcurrencyLimit } from '../../platform/http/places'
import { RawResponse } from '../../platform/http/raw-response'
import type { Listener } from './feed'
import { streamPath } from './schema'

/** A comment line now and then keeps proxies from closing a quiet connection. In milliseconds. */
export const usualHeartbeat = 20_000

/** In bytes. */
const mostUnread = 64 * 1024

/** How many streams one process holds open at most: in all, of a session, and of an account. */
const most = { inAll: 4000, ofSession: 10, ofAccount: 200 }

/** `GET /api/events/stream`: server-sent events for the signed-in account. */
export function serveStream(
  app: FastifyInstance,
  { feed }: Context,
  sessionOf: (request: FastifyRequest) => string,
  heartbeat: number,
): void {
  const ofSessions = new ConcurrencyLimit(most.inAll, most.ofSession)
  const ofAccounts = new ConcurrencyLimit(most.inAll, most.ofAccount)
  app.get(streamPath, { schema: { hide: true } as never, exposeHeadRoute: false }, async (request, reply) => {
    const session = sessionOf(request)
    if (!session) throw new Problem('not_signed_in')
    const stream = new RawResponse(reply)
    try {
      await follow(session, stream)
    } catch (error) {
      stream.end()
      throw error
    }
    stream.begin(reply, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    stream.write('retry: 1000\n\n')
    const beat = setInterval(() => stream.write(':\n\n'), heartbeat).unref()
    stream.onceOver(() => clearInterval(beat))
  })

  async function follow(session: string, stream: RawResponse): Promise<void> {
    stream.onceOver(ofSessions.take(session))
    const listener: Listener = {
      session,
      send(message) {
        // Whoever does not read is hung up on, and catches up when they come back: nothing piles up here for them.
        if (stream.unreadLength > mostUnread) stream.cut()
        else stream.write(`data: ${JSON.stringify(message)}\n\n`)
      },
      close: () => stream.end(),
    }
    stream.onceOver(() => feed.leave(listener))
    const accountId = await feed.listen(listener)
    // They may have left, or signed out, while they were looked up.
    if (stream.isOver || accountId === undefined) throw new Problem('not_signed_in')
    stream.onceOver(ofAccounts.take(accountId))
  }
}
