import {
  type DeliveryOfService,
  getMyDeliveryStatus,
  type ServiceStatus,
} from '../../src/connections/delivery-status/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { polledQuery } from '../endpoint-hooks'

export type DeliveryStatus = AnswerOf<typeof getMyDeliveryStatus>

/** That a service is told is not an event, so this asks again, and more often as long as one is being told. */
export const myDeliveryStatusQuery = () =>
  polledQuery(getMyDeliveryStatus, {}, (status) => {
    const told = status?.services.some(({ deliveries }) => deliveries.some(({ state }) => state === 'pending'))
    return told ? 2000 : 10_000
  })

const worstFirst = ['delayed', 'pending', 'ready'] as const

/** A service may have several connections. The one that lags most says when it can be used. */
export const slowestOf = ({ deliveries }: ServiceStatus): DeliveryOfService | undefined =>
  worstFirst.map((state) => deliveries.find((one) => one.state === state)).find((found) => found !== undefined)

/** Whether something keeps the person from using the service now. */
export const isLacking = (status: ServiceStatus): boolean => {
  const slowest = slowestOf(status)
  return !status.usable || (slowest !== undefined && slowest.state !== 'ready')
}
