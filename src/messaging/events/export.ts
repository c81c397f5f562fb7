import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { admit } from '../../platform/access/admit'
import { writeCursor } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { id } from '../../platform/http/fields'
import type { Context } from '../../platform/http/flow'
import { ConcurrencyLimit } from '../../platform/http/places'
import { RawResponse } from '../../platform/http/raw-response'
import { t } from '../../platform/messages/t'
import { csvHeader, csvLine } from './csv'
import { eventFilters, exportPaths } from './schema'
import { loadEvents } from './store'

/** How many events are read at a time. Each time, access is checked again. */
const batch = 1000

const filters = z.strictObject(eventFilters)

/** How many downloads one process writes at once: in all, and of an account. */
const most = { inAll: 20, ofAccount: 2 }

function organizationIn(params: unknown): { organizationId?: string } {
  const checked = z.object({ organizationId: id.optional() }).safeParse(params)
  if (!checked.success) throw new Problem('organization_not_found')
  return checked.data
}

/**
 * The activity of an organization, or of the site, as CSV: all of it that fits the filters, newest first. It streams
 * page by page, so a million events take no more memory than a thousand, and a page begins where the last one ended.
 */
export function serveExport(
  app: FastifyInstance,
  { db, requests }: Context,
  sessionOf: (request: FastifyRequest) => string,
): void {
  const places = new ConcurrencyLimit(most.inAll, most.ofAccount)
  for (const path of [exportPaths.organization, exportPaths.site]) {
    const url = path.replace(/\{(\w+)\}/g, ':$1')
    // No HEAD: the framework would read the whole export for it, as fast as it can, and throw it away.
    app.get(url, { schema: { hide: true } as never, exposeHeadRoute: false }, async (request, reply) => {
      const { organizationId } = organizationIn(request.params)
      const checked = filters.safeParse(request.query)
      if (!checked.success)
        throw new Problem('invalid_input', [{ path: 'query', message: t('Not a filter of activity.') }])
      const session = sessionOf(request)

      const load = async (cursor: string | undefined) => {
        const facts = await loadEvents(db, session, organizationId, { ...checked.data, limit: batch, cursor })
        const actor = admit(organizationId ? 'adminOrOperator' : 'operator', facts.actor, organizationId)
        if (!facts.exists) throw new Problem('organization_not_found')
        return { actor, events: facts.events }
      }
      const first = await requests.run(() => load(undefined))
      const place = places.take(first.actor.id)
      const file = new RawResponse(reply)
      file.onceOver(place)
      file.begin(reply, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="activity.csv"',
        'cache-control': 'no-store',
      })
      try {
        file.write(csvHeader)
        for (let { events } = first; events.length > 0; ) {
          file.write(events.slice(0, batch).map(csvLine).join(''))
          await file.drained()
          if (file.isOver) return
          events = events.length > batch ? (await load(writeCursor(['', events[batch - 1]!.position]))).events : []
        }
        file.end()
      } catch (error) {
        // What was sent is not the whole, and must not look so.
        request.log.warn({ err: error }, 'a download was broken off')
        file.cut()
      }
    })
  }
}
