import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writeCursor } from '../db/page'
import { Problem } from '../errors'
import type { Context } from '../http/flow'
import { admit } from '../sessions/access'
import { csvHeader, csvLine } from './csv'
import { eventFilters, exportPaths } from './schema'
import { loadEvents } from './store'

/** How many events are read at a time. Each time, access is checked again. */
const batch = 1000

const filters = z.strictObject(eventFilters)

/**
 * The activity of an organization, or of the site, as CSV: all of it that fits the filters, newest first. It streams
 * page by page, so a million events take no more memory than a thousand, and a page begins where the last one ended.
 */
export function serveExport(
  app: FastifyInstance,
  { db }: Context,
  sessionOf: (request: FastifyRequest) => string,
): void {
  for (const path of [exportPaths.organization, exportPaths.site]) {
    const url = path.replace(/\{(\w+)\}/g, ':$1')
    // No HEAD: the framework would read the whole export for it, as fast as it can, and throw it away.
    app.get(url, { schema: { hide: true } as never, exposeHeadRoute: false }, async (request, reply) => {
      const { organizationId } = request.params as { organizationId?: string }
      if (organizationId && !z.uuid().safeParse(organizationId).success) throw new Problem('organization_not_found')
      const checked = filters.safeParse(request.query)
      if (!checked.success)
        throw new Problem('invalid_input', [{ path: 'query', message: 'Not a filter of activity.' }])
      const session = sessionOf(request)

      const load = async (cursor: string | undefined) => {
        const facts = await loadEvents(db, session, organizationId, { ...checked.data, limit: batch, cursor })
        admit(organizationId ? 'adminOrOperator' : 'operator', facts.actor, organizationId)
        if (!facts.exists) throw new Problem('organization_not_found')
        return facts.events
      }
      const first = await load(undefined)
      async function* lines() {
        yield csvHeader
        for (let events = first; events.length > 0; ) {
          yield events.slice(0, batch).map(csvLine).join('')
          events = events.length > batch ? await load(writeCursor(['', events[batch - 1]!.position])) : []
        }
      }
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="activity.csv"')
        .header('cache-control', 'no-store')
        .send(Readable.from(lines()))
    })
  }
}
