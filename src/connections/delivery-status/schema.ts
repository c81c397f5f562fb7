import { z } from 'zod'
import { organizationStates } from '../../platform/access/organization-state'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment, person } from '../../platform/http/fields'
import { connectionKinds } from '../connection-settings/schema'

const endpoint = endpointsOf('Entitlements')

export const deliveryStates = ['ready', 'pending', 'delayed'] as const

const delivery = z.object({
  kind: z.enum(connectionKinds),
  state: z
    .enum(deliveryStates)
    .describe('`ready` if the service has what you hold, `pending` if it is being told, `delayed` if that fails.'),
  since: moment.describe('Since when the service has it, or since when it is being told.'),
  failingSince: moment.nullable().describe('Since when the service has not answered.'),
  nextAttemptAt: moment.nullable(),
})
export type DeliveryOfService = z.infer<typeof delivery>

const serviceStatus = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  usable: z.boolean().describe('Whether you may use it: it takes an access role and a quota role.'),
  missing: z.array(z.enum(['access', 'quota'])).describe('The roles that you lack.'),
  requestedAt: moment.nullable().describe('Since when a request of your organization for it has been waiting.'),
  deliveries: z.array(delivery).describe('What its connections were told; empty if the service is not connected.'),
})
export type ServiceStatus = z.infer<typeof serviceStatus>

export const getMyDeliveryStatus = endpoint({
  id: 'getMyDeliveryStatus',
  method: 'GET',
  path: '/api/me/delivery-status',
  access: 'account',
  summary: 'For each service: whether it knows what you hold, or what you lack to use it',
  answer: z.object({
    organization: z.object({ id, name: z.string(), state: z.enum(organizationStates) }).nullable(),
    services: z.array(serviceStatus),
  }),
})

export const listPendingAccess = endpoint({
  id: 'listPendingAccess',
  method: 'GET',
  path: '/api/organizations/{organizationId}/pending-access',
  access: 'adminOrOperator',
  summary:
    'The members whose access has not reached a service yet, at most 500, and the former members whose end of access has not; for all others, every service knows',
  input: z.strictObject({ organizationId: id }),
  answer: z.object({
    connected: z.boolean().describe('Whether any service is connected, so that there is something to know.'),
    pending: z.array(
      z.object({
        accountId: id,
        service: z.object({ key: z.string(), name: z.string() }),
        since: moment,
        failingSince: moment.nullable(),
      }),
    ),
    ends: z
      .array(z.object({ membershipId: id, person: person.nullable().describe('Null if the account was deleted.') }))
      .describe('The former members whose access a service has not confirmed to be over, latest first, at most 50.'),
  }),
})

const accessEnd = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  endedAt: moment,
  confirmedAt: moment.nullable().describe('When the service confirmed it; null while it has not.'),
  failingSince: moment.nullable().describe('Since when the service has not answered.'),
})
export type AccessEnd = z.infer<typeof accessEnd>

export const getAccessEnd = endpoint({
  id: 'getAccessEnd',
  method: 'GET',
  path: '/api/organizations/{organizationId}/former-members/{membershipId}/access-end',
  access: 'adminOrOperator',
  summary: 'Whether the services have confirmed that a former member’s access ended',
  input: z.strictObject({ organizationId: id, membershipId: id }),
  answer: z.object({ services: z.array(accessEnd) }),
  problems: ['membership_not_found'],
})
