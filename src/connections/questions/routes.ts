import { Problem } from '../../platform/errors'
import { type Route, serviceQuery } from '../../platform/http/flow'
import { askAboutAccount, askAboutOrganization, listHolders } from './schema'
import { loadHolders, loadHolding, loadOrganizationHolding } from './store'

/** What is not held on the caller's service and what does not exist have one answer. */
function mustBeHeld<Held>(held: Held | null, inTheFuture: boolean): Held {
  if (inTheFuture) throw new Problem('moment_in_the_future')
  if (held === null) throw new Problem('nothing_held')
  return held
}

export const questionRoutes: Route[] = [
  serviceQuery(askAboutAccount, {
    load: ({ db, credential, input }) => loadHolding(db, credential, input.accountId, input.at),
    answer: ({ holding, inTheFuture }) => mustBeHeld(holding, inTheFuture),
  }),

  serviceQuery(askAboutOrganization, {
    load: ({ db, credential, input }) => loadOrganizationHolding(db, credential, input.organizationId, input.at),
    answer: ({ held, inTheFuture }) => mustBeHeld(held, inTheFuture),
  }),

  serviceQuery(listHolders, {
    load: ({ db, credential, input }) => loadHolders(db, credential, input),
    answer: ({ at, holders, inTheFuture }, { limit }) => {
      if (inTheFuture) throw new Problem('moment_in_the_future')
      const items = holders.slice(0, limit)
      return { at, items, next: holders.length > limit ? items.at(-1)!.accountId : null }
    },
  }),
]
