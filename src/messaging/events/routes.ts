import { writeCursor } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { query, type Route } from '../../platform/http/flow'
import { exportRoutes } from './export'
import { type EventItem, listEvents, listOrganizationEvents } from './schema'
import { loadEvents } from './store'
import { streamRoute } from './stream'

function page(events: (EventItem & { position: string })[], limit: number) {
  const items = events.slice(0, limit)
  const last = items.at(-1)
  return { items, next: events.length > limit && last ? writeCursor(['', last.position]) : null }
}

export const eventRoutes: Route[] = [
  query(listOrganizationEvents, {
    load: ({ db, credential, input: { organizationId, ...filters } }) =>
      loadEvents(db, credential, organizationId, filters),
    answer: ({ exists, events }, { limit }) => {
      if (!exists) throw new Problem('organization_not_found')
      return page(events, limit)
    },
  }),

  query(listEvents, {
    load: ({ db, credential, input }) => loadEvents(db, credential, undefined, input),
    answer: ({ events }, { limit }) => page(events, limit),
  }),

  ...exportRoutes,
  streamRoute,
]
