import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, requestAddress } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('Connections')

const address = requestAddress(500)

/** What each kind of system is connected with. The secret is a field of its own. */
export const systemSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jupyterhub'),
    url: address.describe('The hub, without `/hub`.'),
    group: line(1, 255).default('guildhall').describe('The group from which the hub’s configuration gives its rights.'),
  }),
])
export type SystemSettings = z.infer<typeof systemSettings>

const secret = line(1, 4096).describe('The token or password with which this site authenticates there.')

export const connectSystem = endpoint({
  id: 'connectSystem',
  method: 'POST',
  path: '/api/connections/systems',
  access: 'operator',
  fresh: true,
  summary: 'Connect a service to the system that gives access to it; the connection is off until it is switched on',
  input: z.strictObject({ service: catalogueKey, name: line(1, 60), settings: systemSettings, secret }),
  answer: z.object({ id }),
  problems: ['service_not_found', 'service_retired', 'system_connected_already'],
  status: 201,
})

export const changeSystem = endpoint({
  id: 'changeSystem',
  method: 'PUT',
  path: '/api/connections/{connectionId}/system',
  access: 'operator',
  fresh: true,
  summary: 'Change what a system is connected with, or its secret; a connection that pauses is tried at once',
  input: z.strictObject({
    connectionId: id,
    settings: systemSettings,
    secret: secret.nullable().default(null).describe('Null to keep the one that it has.'),
  }),
  problems: ['connection_not_found', 'system_connected_already', 'system_is_another'],
})
