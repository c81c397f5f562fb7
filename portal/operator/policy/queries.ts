import { getSiteSettings, setSitePolicy } from '../../../src/identity/site/schema'
import { endpointQuery, useEndpoint } from '../../endpoint-hooks'

export const siteSettingsQuery = () => endpointQuery(getSiteSettings, {})

export const useSetSitePolicy = () => useEndpoint(setSitePolicy)
