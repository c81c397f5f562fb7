import { toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { query, type Route } from '../../platform/http/flow'
import { loadMyAccess } from './access-store'
import {
  getAccountEntitlements,
  getMyAccess,
  getMyEntitlements,
  getOrganizationEntitlements,
  listMemberEntitlements,
} from './schema'
import {
  type EntitlementFacts,
  loadAccountEntitlements,
  loadMemberEntitlements,
  loadMyEntitlements,
  loadOrganizationEntitlements,
} from './store'

/** Refuses future moments: only the present and the past are known. */
function notAhead<Facts extends { inTheFuture: boolean }>(facts: Facts): Facts {
  if (facts.inTheFuture) throw new Problem('moment_in_the_future')
  return facts
}

function answerOf(facts: EntitlementFacts) {
  const { at, entitlements } = notAhead(facts)
  return { at, entitlements }
}

export const entitlementRoutes: Route[] = [
  query(getMyEntitlements, {
    load: ({ db, credential, input }) => loadMyEntitlements(db, credential, input.at),
    answer: (facts) => answerOf(facts),
  }),

  query(getMyAccess, {
    load: ({ db, credential }) => loadMyAccess(db, credential),
    answer: ({ actor, organization, services }) => ({
      accountId: actor.id,
      organization,
      services: services.map(({ key, name, usable, roles: { access = null, quota = null } }) => ({
        key,
        name,
        usable,
        access,
        quota,
      })),
    }),
  }),

  query(getAccountEntitlements, {
    load: ({ db, credential, input }) => loadAccountEntitlements(db, credential, input.accountId, input.at),
    answer: (facts) => {
      if (!facts.exists) throw new Problem('account_not_found')
      return answerOf(facts)
    },
  }),

  query(getOrganizationEntitlements, {
    load: ({ db, credential, input }) => loadOrganizationEntitlements(db, credential, input.organizationId, input.at),
    answer: (facts) => {
      if (!facts.exists) throw new Problem('organization_not_found')
      return answerOf(facts)
    },
  }),

  query(listMemberEntitlements, {
    load: ({ db, credential, input }) => loadMemberEntitlements(db, credential, input),
    answer: (facts, { limit }) => {
      const { exists, members, entitlements } = notAhead(facts)
      return { ...toPageWithin(exists, members, limit), entitlements }
    },
  }),
]
