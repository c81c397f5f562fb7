import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { consentToApplication, getApplication, listApplications, signOutOfApplication } from './schema'
import { loadApplication, loadApplications, loadAskingApplication, saveApplicationSignOut, saveConsent } from './store'

function mustExist<Found>(application: Found | null): Found {
  if (application === null) throw new Problem('openid_client_not_found')
  return application
}

export const openIdSignInRoutes: Route[] = [
  query(listApplications, {
    load: ({ db, credential }) => loadApplications(db, credential),
    answer: ({ applications }) => ({ applications }),
  }),

  query(getApplication, {
    load: ({ db, credential, input }) => loadAskingApplication(db, credential, input.clientId),
    answer: ({ application }) => mustExist(application),
  }),

  command(consentToApplication, {
    load: ({ db, credential, input }) => loadAskingApplication(db, credential, input.clientId),
    decide: ({ actor, application }, { clientId, scopes }) => {
      const { scopes: most } = mustExist(application)
      return { actor, clientId, scopes: scopes.filter((scope) => most.includes(scope)) }
    },
    save: (db, { actor, clientId, scopes }) => saveConsent(db, actor, clientId, scopes),
    answer: done,
  }),

  command(signOutOfApplication, {
    load: ({ db, credential, input }) => loadApplication(db, credential, input.clientId),
    decide: ({ actor, known }, { clientId }) => {
      if (!known) throw new Problem('openid_client_not_found')
      return { actor, clientId }
    },
    save: (db, { actor, clientId }) => saveApplicationSignOut(db, actor, clientId),
    answer: done,
  }),
]
