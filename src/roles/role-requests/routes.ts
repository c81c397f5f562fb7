import { v7 as uuid } from 'uuid'
import { toPage, toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { decideParts, decideRequest, roleIdsOf } from './rules'
import { decideRoleRequests, listPendingRequests, listRoleRequests, requestRoles, withdrawRoleRequest } from './schema'
import {
  insertRequest,
  loadParts,
  loadPending,
  loadPendingRequests,
  loadRequestFacts,
  loadRequests,
  saveDecisions,
  saveRequestWithdrawal,
} from './store'

export const roleRequestRoutes: Route[] = [
  command(requestRoles, {
    load: ({ db, credential, input }) =>
      loadRequestFacts(db, credential, input.organizationId, input.serviceId, roleIdsOf(input)),
    decide: ({ actor, ...facts }, input) => ({
      id: uuid(),
      by: actor,
      serviceId: input.serviceId,
      description: input.description,
      parts: decideRequest(facts, input, actor.organizationState),
    }),
    save: insertRequest,
    answer: ({ id }) => ({ id }),
  }),

  query(listRoleRequests, {
    load: ({ db, credential, input }) => loadRequests(db, credential, input),
    answer: ({ exists, requests }, { limit }) => toPageWithin(exists, requests, limit),
  }),

  command(withdrawRoleRequest, {
    load: ({ db, credential, input }) => loadPending(db, credential, input.organizationId, input.requestId),
    decide: ({ actor, states }, { requestId }) => {
      if (states.length === 0) throw new Problem('role_request_not_found')
      if (!states.includes('pending')) throw new Problem('role_request_decided')
      return { by: actor, requestId }
    },
    save: (db, { by, requestId }) => saveRequestWithdrawal(db, by, requestId),
    answer: done,
  }),

  query(listPendingRequests, {
    load: ({ db, credential, input }) => loadPendingRequests(db, credential, input),
    answer: ({ requests }, { limit }) => {
      const { items, next } = toPage(requests, limit)
      return { items: items.map(withAdmins), next }
    },
  }),

  command(decideRoleRequests, {
    load: ({ db, credential, input }) => loadParts(db, credential, input.decisions),
    decide: ({ actor, parts, now }, { decisions }) => ({
      operator: actor,
      decisions: decideParts(decisions, parts, now).map((decision) => ({ ...decision, id: uuid() })),
    }),
    save: (db, { operator, decisions }) => saveDecisions(db, operator, decisions),
    answer: done,
  }),
]

/** The query returns the admins as rows of one column. */
function withAdmins<Request extends { organization: { admins: unknown[] } }>(request: Request): Request {
  const admins = (request.organization.admins as { person: unknown }[]).map(({ person }) => person)
  return { ...request, organization: { ...request.organization, admins } }
}
