import { Problem } from '../../platform/errors'
import { ConcurrencyLimit } from '../../platform/http/concurrency-limit'
import { mediaTypes } from '../../platform/http/endpoint'
import { type EndpointRequest, mustBeTheirPage, type Route, unqueued } from '../../platform/http/flow'
import type { RawResponse } from '../../platform/http/raw-response'
import type { Listener } from './feed'
import { streamEvents } from './schema'

/** The interval between comment lines, which keep proxies from closing an idle connection, in ms. */
export const usualHeartbeat = 20_000

/** In bytes. */
const mostUnread = 64 * 1024

/** The most streams that one process holds open: in total, per session, and per account. */
const most = { inAll: 4000, ofSession: 10, ofAccount: 200 }

export const streamPlaces = () => ({
  ofSessions: new ConcurrencyLimit(most.inAll, most.ofSession),
  ofAccounts: new ConcurrencyLimit(most.inAll, most.ofAccount),
})

/** Server-sent events for the signed-in account. The feed checks the session now and later. */
export const streamRoute: Route = unqueued(streamEvents, async (request, open) => {
  if (!request.caller.session) throw new Problem('not_signed_in')
  const stream = open()
  try {
    await follow(request, stream)
  } catch (error) {
    stream.end()
    throw error
  }
  stream.begin({ 'content-type': mediaTypes.events, 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  stream.write('retry: 1000\n\n')
  const beat = setInterval(() => stream.write(':\n\n'), request.context.heartbeat).unref()
  stream.onceOver(() => clearInterval(beat))
  return { answer: undefined }
})

async function follow(
  { context: { feed, streams }, caller }: EndpointRequest<typeof streamEvents>,
  stream: RawResponse,
): Promise<void> {
  stream.onceOver(streams.ofSessions.take(caller.session))
  const listener: Listener = {
    session: caller.session,
    send(message) {
      // Back-pressure: a client that does not read is disconnected and catches up when it reconnects. Nothing
      // accumulates for it.
      if (stream.unreadLength > mostUnread) stream.cut()
      else stream.write(`data: ${JSON.stringify(message)}\n\n`)
    },
    close: () => stream.end(),
  }
  stream.onceOver(() => feed.leave(listener))
  const accountId = await feed.listen(listener)
  // The client may have left or signed out during the lookup.
  if (stream.isOver || accountId === undefined) throw new Problem('not_signed_in')
  mustBeTheirPage(caller, { id: accountId })
  stream.onceOver(streams.ofAccounts.take(accountId))
}
