import { command, done, type Route } from '../../platform/http/flow'
import { loadOrganization } from '../organizations/store'
import { decideLimit, decideLimitRequest } from './rules'
import { requestHigherLimit, setMemberLimit } from './schema'
import { saveLimit, saveLimitRequest } from './store'

export const memberLimitRoutes: Route[] = [
  command(requestHigherLimit, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ organization, actor }, { limit, reason }) => {
      decideLimitRequest(organization, limit)
      return { actor, limit, reason }
    },
    save: (db, { actor, limit, reason }) => saveLimitRequest(db, actor, limit, reason),
    answer: done,
  }),

  command(setMemberLimit, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ organization, actor }, input) => {
      decideLimit(organization, input.seen)
      return { operator: actor, ...input }
    },
    save: saveLimit,
    answer: done,
  }),
]
