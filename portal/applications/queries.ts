import {
  consentToApplication,
  getApplication,
  listApplications,
  signOutOfApplication,
} from '../../src/connections/openid-sign-ins/schema'
import { endpointQuery, useEndpoint } from '../endpoint-hooks'

export const applicationsQuery = () => endpointQuery(listApplications, {})
export const askingApplicationQuery = (clientId: string) => endpointQuery(getApplication, { clientId })

export const useConsent = () => useEndpoint(consentToApplication)
export const useSignOutOfApplication = () => useEndpoint(signOutOfApplication)
