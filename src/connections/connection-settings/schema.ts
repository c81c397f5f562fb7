import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('Connections')

export const connectionKinds = ['pull', 'webhook'] as const

const connection = z.object({
  id,
  service: z.object({ key: z.string(), name: z.string() }),
  kind: z.enum(connectionKinds),
  name: z.string(),
  enabled: z.boolean(),
  elsewhere: z.boolean().describe('Whether it belongs to a site at another URL, and is off here for that reason.'),
  held: z.int().describe('How many accounts may use the service.'),
  pending: z.int().describe('How many changes have not been applied yet.'),
  problem: z.string().nullable().describe('Why it is failing: a code; null if it is not.'),
  failingSince: moment.nullable(),
  pausedUntil: moment.nullable().describe('Until when nothing is tried.'),
  oldestPendingAt: moment.nullable().describe('Since when the oldest change has been waiting.'),
  url: z.string().nullable().describe('Where a webhook’s requests go.'),
  withheld: z
    .int()
    .describe('How many unexplained losses the last comparison has withheld until an operator confirms them.'),
  comparedAt: moment.nullable().describe('When its ledger was last compared with all entitlements.'),
})
export type ConnectionItem = z.infer<typeof connection>

export const listConnections = endpoint({
  id: 'listConnections',
  method: 'GET',
  path: '/api/connections',
  access: 'operator',
  summary: 'The connections to services, and their state',
  answer: z.object({ connections: z.array(connection) }),
})

export const createConnection = endpoint({
  id: 'createConnection',
  method: 'POST',
  path: '/api/connections',
  access: 'operator',
  fresh: true,
  summary: 'Keep the changes for a service that asks for them; the connection is off until it is switched on',
  input: z.strictObject({ service: catalogueKey, kind: z.literal('pull'), name: line(1, 60) }),
  answer: z.object({ id }),
  problems: ['service_not_found', 'service_retired'],
  status: 201,
})

export const switchConnection = endpoint({
  id: 'switchConnection',
  method: 'PUT',
  path: '/api/connections/{connectionId}/enabled',
  access: 'operator',
  fresh: true,
  summary: 'Switch a connection on or off. Off, the service learns of no change; on, everything is compared first',
  input: z.strictObject({ connectionId: id, enabled: z.boolean() }),
  problems: ['connection_not_found'],
})

export const resyncConnection = endpoint({
  id: 'resyncConnection',
  method: 'POST',
  path: '/api/connections/{connectionId}/resync',
  access: 'operator',
  summary: 'Compare the ledger of a connection with all entitlements now, and apply withheld losses if confirmed',
  input: z.strictObject({
    connectionId: id,
    confirmLosses: z.boolean().default(false).describe('Whether losses that nothing explains are applied.'),
  }),
  problems: ['connection_not_found'],
})
