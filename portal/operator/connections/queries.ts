import {
  adoptEntries,
  changeSystem,
  connectSystem,
  previewSystem,
  setSystemMode,
} from '../../../src/connections/connected-systems/schema'
import {
  checkConnection,
  createConnection,
  deleteConnection,
  listConnections,
  resyncConnection,
  switchConnection,
} from '../../../src/connections/connection-settings/schema'
import { listLedgerRows, observeConnection, retryConnection } from '../../../src/connections/ledger-rows/schema'
import {
  createS3Gateway,
  listGatewayUsers,
  setS3GatewayKeys,
  setS3GatewayLimits,
} from '../../../src/connections/s3-gateways/schema'
import { createWebhook } from '../../../src/connections/webhooks/schema'
import type { InputOf } from '../../../src/platform/http/endpoint'
import { endpointPages, endpointQuery, useEndpoint } from '../../endpoint-hooks'

/** What is delivered is not an event, so the pages poll. */
const polled = { refetchInterval: 5000 }

export const connectionsQuery = () => ({ ...endpointQuery(listConnections, {}), ...polled })
export const ledgerRowsQuery = (input: InputOf<typeof listLedgerRows>) => ({
  ...endpointPages(listLedgerRows, input),
  ...polled,
})
export const gatewayUsersQuery = (input: InputOf<typeof listGatewayUsers>) => ({
  ...endpointPages(listGatewayUsers, input),
  ...polled,
})

export const useCreateConnection = () => useEndpoint(createConnection)
export const useCreateWebhook = () => useEndpoint(createWebhook)
export const useCreateS3Gateway = () => useEndpoint(createS3Gateway)
export const useConnectSystem = () => useEndpoint(connectSystem)
export const useChangeSystem = () => useEndpoint(changeSystem)
export const usePreviewSystem = () => useEndpoint(previewSystem)
export const useAdoptEntries = () => useEndpoint(adoptEntries)
export const useSetSystemMode = () => useEndpoint(setSystemMode)
export const useSwitchConnection = () => useEndpoint(switchConnection)
export const useResyncConnection = () => useEndpoint(resyncConnection)
export const useCheckConnection = () => useEndpoint(checkConnection)
export const useDeleteConnection = () => useEndpoint(deleteConnection)
export const useRetryConnection = () => useEndpoint(retryConnection)
export const useObserveConnection = () => useEndpoint(observeConnection)
export const useSetGatewayKeys = () => useEndpoint(setS3GatewayKeys)
export const useSetGatewayLimits = () => useEndpoint(setS3GatewayLimits)
