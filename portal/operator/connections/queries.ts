import {
  createConnection,
  listConnections,
  resyncConnection,
  switchConnection,
} from '../../../src/connections/connection-settings/schema'
import { createWebhook } from '../../../src/connections/webhooks/schema'
import { endpointQuery, useEndpoint } from '../../endpoint-hooks'

/** What is delivered is not an event, so the pages poll. */
export const connectionsQuery = () => ({ ...endpointQuery(listConnections, {}), refetchInterval: 5000 })

export const useCreateConnection = () => useEndpoint(createConnection)
export const useCreateWebhook = () => useEndpoint(createWebhook)
export const useSwitchConnection = () => useEndpoint(switchConnection)
export const useResyncConnection = () => useEndpoint(resyncConnection)
