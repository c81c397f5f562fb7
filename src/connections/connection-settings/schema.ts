import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('Connections')

/** What a connection may do while it is on: report differences, also grant what is missing, or everything. */
export const connectionModes = ['report', 'grant', 'on'] as const

/** Systems in which Guildhall writes who may use a service. */
export const systemKinds = ['jupyterhub', 'keystone', 'keycloak', 'ldap', 'scim'] as const

export const connectionKinds = ['pull', 'webhook', 's3', 'openid', ...systemKinds] as const

/** How an attempt ended that an operator asked for. */
export const attemptOutcome = z.object({
  outcome: z.string().describe('`applied`, or why it failed: a code.'),
  status: z.int().nullable().describe('The HTTP status of the answer, if there was one.'),
  milliseconds: z.int(),
  detail: z.string().nullable().describe('What is missing, such as a right.'),
})

const connection = z.object({
  id,
  service: z
    .object({ key: z.string(), name: z.string() })
    .nullable()
    .describe('Null for an application that stands for no service.'),
  kind: z.enum(connectionKinds),
  name: z.string(),
  enabled: z.boolean(),
  mode: z.enum(connectionModes),
  everEnabled: z.boolean().describe('Whether it was ever switched on.'),
  elsewhere: z.boolean().describe('Whether it belongs to a site at another URL, and is off here for that reason.'),
  held: z.int().describe('How many accounts may use the service; of an application, how many are signed in to it.'),
  pending: z.int().describe('How many changes have not been applied yet.'),
  problem: z.string().nullable().describe('Why it is failing: a code; null if it is not.'),
  failingSince: moment.nullable(),
  pausedUntil: moment.nullable().describe('Until when nothing is tried.'),
  oldestPendingAt: moment.nullable().describe('Since when the oldest change has been waiting.'),
  url: z.string().nullable().describe('Where requests go.'),
  gateway: z
    .object({ accessKey: z.string(), bytesLimit: z.string().nullable(), objectsLimit: z.string().nullable() })
    .nullable()
    .describe('Of an S3 gateway: the access key it is told with, and which numbers of the quota roles it enforces.'),
  settings: z
    .record(z.string(), z.string())
    .nullable()
    .describe('Of a connected system: what it is connected with, apart from its secret.'),
  failed: z.int().describe('How many changes have failed at the last attempt, or wait for an operator.'),
  drifted: z.int().describe('For how many accounts the service differs from what was applied there.'),
  driftFound: z.int().describe('How often that was found in the last 30 days.'),
  medianSecondsToProof: z
    .number()
    .nullable()
    .describe('From the end of access until the service confirmed it, in seconds; of the last 30 days.'),
  p95SecondsToProof: z.number().nullable().describe('95 % of them took no longer.'),
  oldestObservationAt: moment.nullable().describe('Every account was looked at in the service since then.'),
  strangers: z
    .object({ count: z.int(), names: z.array(z.string()).describe('The first 20.') })
    .nullable()
    .describe('What the last listing found in the service that Guildhall did not make. It is left alone.'),
  askedAt: moment
    .nullable()
    .describe('When a service that asks for its changes last used one of its keys, to the minute.'),
  listedAt: moment.nullable().describe('When everything in the service was last listed.'),
  endingSince: moment.nullable().describe('Since when everything is being taken back, to delete the connection.'),
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
    confirmLosses: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Applies losses that nothing explains, if they are no more than this: `withheld`, as you have seen it.',
      ),
  }),
  problems: ['connection_not_found', 'connection_off', 'connection_elsewhere', 'losses_changed'],
})

export const checkConnection = endpoint({
  id: 'checkConnection',
  method: 'POST',
  path: '/api/connections/{connectionId}/check',
  access: 'operator',
  summary: 'Find out, now, whether a service can be reached and accepts us, and which right is missing',
  input: z.strictObject({ connectionId: id }),
  answer: attemptOutcome,
  problems: ['connection_not_found', 'connection_asks_itself', 'connection_elsewhere'],
})

export const deleteConnection = endpoint({
  id: 'deleteConnection',
  method: 'POST',
  path: '/api/connections/{connectionId}/delete',
  access: 'operator',
  fresh: true,
  summary: 'Delete a connection: take back first what was applied, or leave it in the service as it is',
  input: z.strictObject({
    connectionId: id,
    revoke: z.boolean().describe('Whether everything is taken back first. The connection goes once that is confirmed.'),
  }),
  problems: ['connection_not_found', 'connection_of_application', 'connection_off', 'connection_elsewhere'],
})
