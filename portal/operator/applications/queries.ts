import {
  changeOpenIdClient,
  createOpenIdClient,
  endOpenIdClient,
  listOpenIdClients,
  replaceOpenIdSecret,
} from '../../../src/connections/openid-clients/schema'
import { endpointQuery, useEndpoint } from '../../endpoint-hooks'

export const openIdClientsQuery = () => endpointQuery(listOpenIdClients, {})

export const useCreateOpenIdClient = () => useEndpoint(createOpenIdClient)
export const useChangeOpenIdClient = () => useEndpoint(changeOpenIdClient)
export const useReplaceOpenIdSecret = () => useEndpoint(replaceOpenIdSecret)
export const useEndOpenIdClient = () => useEndpoint(endOpenIdClient)
