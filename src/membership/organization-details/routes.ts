import { command, done, type Route, Unchanged } from '../../platform/http/flow'
import { loadOrganization } from '../organizations/store'
import { decideDetails, mustHaveReason, mustWait } from './rules'
import { decideIdentityChange, editOrganizationDetails, withdrawIdentityChange } from './schema'
import { loadDetails, saveDetails, saveIdentityDecision, saveIdentityWithdrawal } from './store'

export const organizationDetailsRoutes: Route[] = [
  command(editOrganizationDetails, {
    load: ({ db, credential, input }) => loadDetails(db, credential, input.organizationId),
    decide: ({ actor, organization, setting }, { organizationId, detailsVersion, ...details }) => {
      const decided = decideDetails(organization, details, { detailsVersion, needsAcceptance: setting === 'accept' })
      if (!decided.change) return new Unchanged({ waits: decided.waits })
      return { actor, seen: { detailsVersion, setting }, change: decided.change }
    },
    save: (db, { actor, seen, change }) => saveDetails(db, actor, seen, change),
    answer: (_, { change }) => ({ waits: change.wanted !== null }),
  }),

  command(withdrawIdentityChange, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ actor, organization }, { detailsVersion }) => {
      mustWait(organization, detailsVersion)
      return { actor, detailsVersion }
    },
    save: (db, { actor, detailsVersion }) => saveIdentityWithdrawal(db, actor, detailsVersion),
    answer: done,
  }),

  command(decideIdentityChange, {
    load: ({ db, credential, input }) => loadOrganization(db, credential, input.organizationId),
    decide: ({ actor, organization }, { detailsVersion, accept, reason }) => {
      mustHaveReason(accept, reason)
      return { operator: actor, organization: mustWait(organization, detailsVersion), accept, reason }
    },
    save: saveIdentityDecision,
    answer: done,
  }),
]
