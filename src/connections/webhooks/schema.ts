import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment, pageOf, paging, person, requestAddress } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'
import { attemptOutcome } from '../connection-settings/schema'

const endpoint = endpointsOf('Connections')

const url = requestAddress(500).describe(
  'Where the service receives requests; https, unless the host is on an internal network.',
)
const secret = z.string().describe('The secret that signs requests (Standard Webhooks). It is shown only now.')

/** How long a secret that was replaced signs beside the new one, in hours. */
export const formerSecretHours = 24

export const createWebhook = endpoint({
  id: 'createWebhook',
  method: 'POST',
  path: '/api/connections/webhooks',
  access: 'operator',
  fresh: true,
  summary: 'Connect a service by a webhook; the connection is off until it is switched on',
  input: z.strictObject({ service: catalogueKey, name: line(1, 60), url }),
  answer: z.object({ id, secret }),
  problems: ['service_not_found', 'service_retired', 'webhook_exists'],
  status: 201,
})

export const setWebhookAddress = endpoint({
  id: 'setWebhookAddress',
  method: 'PUT',
  path: '/api/connections/{connectionId}/address',
  access: 'operator',
  fresh: true,
  summary: 'Change where a webhook’s requests go',
  input: z.strictObject({ connectionId: id, url }),
  problems: ['connection_not_found', 'webhook_exists'],
})

export const rotateWebhookSecret = endpoint({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/connections/{connectionId}/secret',
  access: 'operator',
  fresh: true,
  summary: 'Draw a new secret for a webhook; for 24 hours, requests are signed with both',
  input: z.strictObject({ connectionId: id }),
  answer: z.object({ secret }),
  problems: ['connection_not_found'],
})

const delivery = z.object({
  id,
  at: moment,
  accountId: id.nullable().describe('Null for a test.'),
  person: person.nullable().describe('Null for a test, and if the account was deleted.'),
  version: z.int().nullable(),
  outcome: z.string().describe('`applied`, or why it failed: a code.'),
  status: z.int().nullable().describe('The HTTP status of the answer.'),
  milliseconds: z.int(),
  request: z.record(z.string(), z.unknown()).nullable(),
  answer: z.string().nullable().describe('The first 1,000 characters of the answer.'),
})
export type Delivery = z.infer<typeof delivery>

export const listDeliveries = endpoint({
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/connections/{connectionId}/deliveries',
  access: 'operator',
  summary: 'The attempts of the last 30 days to tell a service, newest first',
  input: z.strictObject({ connectionId: id, limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(delivery),
  problems: ['connection_not_found'],
})

export const redeliver = endpoint({
  id: 'redeliver',
  method: 'POST',
  path: '/api/connections/{connectionId}/deliveries/{deliveryId}/redeliver',
  access: 'operator',
  summary: 'Send the newest state of the account of a delivery once more, now',
  input: z.strictObject({ connectionId: id, deliveryId: id }),
  answer: attemptOutcome,
  problems: ['connection_not_found', 'delivery_not_found', 'connection_off', 'connection_elsewhere'],
})

export const sendTest = endpoint({
  id: 'sendTest',
  method: 'POST',
  path: '/api/connections/{connectionId}/test',
  access: 'operator',
  summary: 'Send a test to a webhook, now',
  input: z.strictObject({ connectionId: id }),
  answer: attemptOutcome,
  problems: ['connection_not_found', 'connection_elsewhere'],
})
