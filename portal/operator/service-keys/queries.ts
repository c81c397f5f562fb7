import { createServiceKey, endServiceKey, listServiceKeys } from '../../../src/connections/service-keys/schema'
import { endpointQuery, useEndpoint } from '../../endpoint-hooks'

export const serviceKeysQuery = (key: string) => endpointQuery(listServiceKeys, { key })

export const useCreateServiceKey = () => useEndpoint(createServiceKey)
export const useEndServiceKey = () => useEndpoint(endServiceKey)
