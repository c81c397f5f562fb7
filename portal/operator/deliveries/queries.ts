import {
  listDeliveries,
  redeliver,
  rotateWebhookSecret,
  sendTest,
  setWebhookAddress,
} from '../../../src/connections/webhooks/schema'
import { endpointPages, useEndpoint } from '../../endpoint-hooks'

export const deliveriesQuery = (connectionId: string) => endpointPages(listDeliveries, { connectionId })

export const useRedeliver = () => useEndpoint(redeliver)
export const useSetWebhookAddress = () => useEndpoint(setWebhookAddress)
export const useRotateWebhookSecret = () => useEndpoint(rotateWebhookSecret)
export const useSendTest = () => useEndpoint(sendTest)
