import { writeCursor } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { ConcurrencyLimit } from '../../platform/http/concurrency-limit'
import { mediaTypes } from '../../platform/http/endpoint'
import { admitted, type EndpointRequest, type Route, unqueued } from '../../platform/http/flow'
import { csvHeader, csvLine } from './csv'
import { exportEvents, exportOrganizationEvents } from './schema'
import { loadEvents } from './store'

/** How many events are read at a time. Access is checked again for each batch. */
const batch = 1000

/** How many downloads one process writes at once: in total, and per account. */
const most = { inAll: 20, ofAccount: 2 }

export const downloadPlaces = () => new ConcurrencyLimit(most.inAll, most.ofAccount)

type ExportRequest = EndpointRequest<typeof exportEvents | typeof exportOrganizationEvents>

async function load(
  request: ExportRequest,
  endpoint: typeof exportEvents | typeof exportOrganizationEvents,
  cursor?: string,
) {
  const { organizationId, ...filters } = { organizationId: undefined, ...request.input }
  const facts = await loadEvents(request.db, request.credential, organizationId, { ...filters, limit: batch, cursor })
  const { actor, exists, events } = admitted(request, endpoint, facts)
  if (!exists) throw new Problem('organization_not_found')
  return { actor, events }
}

/**
 * The activity of an organization or of the site as CSV: every event that matches the filters, newest first. It streams
 * page by page, so a million events take no more memory than a thousand. Keyset pagination makes each page begin where
 * the last one ended.
 */
const download = (endpoint: typeof exportEvents | typeof exportOrganizationEvents): Route =>
  unqueued(endpoint, async (request, open) => {
    const { requests, downloads, log } = request.context
    const first = await requests.run(() => load(request, endpoint))
    const place = downloads.take(first.actor.id)
    const file = open()
    file.onceOver(place)
    file.begin({
      'content-type': mediaTypes.csv,
      'content-disposition': 'attachment; filename="activity.csv"',
      'cache-control': 'no-store',
    })
    try {
      file.write(csvHeader)
      for (let { events } = first; events.length > 0; ) {
        file.write(events.slice(0, batch).map(csvLine).join(''))
        await file.drained()
        if (file.isOver) return { answer: undefined }
        const after = events.length > batch && writeCursor(['', events[batch - 1]!.position])
        events = after ? (await load(request, endpoint, after)).events : []
      }
      file.end()
    } catch (error) {
      // The file is incomplete and must not look complete.
      log.warn({ err: error }, 'a download was broken off')
      file.cut()
    }
    return { answer: undefined }
  })

export const exportRoutes: Route[] = [download(exportOrganizationEvents), download(exportEvents)]
