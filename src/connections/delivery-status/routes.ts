import { Problem } from '../../platform/errors'
import { query, type Route } from '../../platform/http/flow'
import { getAccessEnd, getMyDeliveryStatus, listPendingAccess } from './schema'
import { loadAccessEnd, loadDeliveryStatus, loadPendingAccess } from './store'

export const deliveryStatusRoutes: Route[] = [
  query(getMyDeliveryStatus, {
    load: ({ db, credential, context }) => loadDeliveryStatus(db, credential, context.baseUrl),
    answer: ({ organization, services }) => ({ organization, services }),
  }),

  query(listPendingAccess, {
    load: ({ db, credential, context, input }) =>
      loadPendingAccess(db, credential, input.organizationId, context.baseUrl),
    answer: ({ exists, connected, pending, ends }) => {
      if (!exists) throw new Problem('organization_not_found')
      return { connected, pending, ends }
    },
  }),

  query(getAccessEnd, {
    load: ({ db, credential, context, input: { organizationId, membershipId } }) =>
      loadAccessEnd(db, credential, organizationId, membershipId, context.baseUrl),
    answer: ({ exists, ended, services }) => {
      if (!exists) throw new Problem('organization_not_found')
      if (!ended) throw new Problem('membership_not_found')
      return { services }
    },
  }),
]
