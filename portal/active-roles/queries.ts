import { getMyEntitlements } from '../../src/entitlements/schema'
import { endpointQuery } from '../endpoint-hooks'

export const myEntitlementsQuery = () => endpointQuery(getMyEntitlements, {})
