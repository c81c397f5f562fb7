import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment, pageOf, paging, person, requestAddress } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('Connections')

const gatewayKeys = {
  accessKey: line(1, 128).describe('Of an administrator of the gateway with users=*;usage=read;metadata=read.'),
  secretKey: line(1, 256),
}
const limits = {
  bytesLimit: catalogueKey
    .nullable()
    .default(null)
    .describe('The number of the quota roles that limits how much a person stores; null for none.'),
  objectsLimit: catalogueKey.nullable().default(null).describe('The one that limits how many objects.'),
}

export const createS3Gateway = endpoint({
  id: 'createS3Gateway',
  method: 'POST',
  path: '/api/connections/s3',
  access: 'operator',
  fresh: true,
  summary: 'Connect a service that gives S3 keys to its RADOS gateway; the connection is off until it is switched on',
  input: z.strictObject({
    service: catalogueKey,
    name: line(1, 60),
    url: requestAddress(500).describe('The gateway, where its S3 API and its administration answer.'),
    ...gatewayKeys,
    ...limits,
  }),
  answer: z.object({ id }),
  problems: ['service_not_found', 'service_retired', 's3_gateway_exists', 's3_gateway_in_use'],
  status: 201,
})

export const setS3GatewayKeys = endpoint({
  id: 'setS3GatewayKeys',
  method: 'PUT',
  path: '/api/connections/{connectionId}/gateway-keys',
  access: 'operator',
  fresh: true,
  summary: 'Replace the administrator’s keys with which a gateway is told; a connection that pauses is tried at once',
  input: z.strictObject({ connectionId: id, ...gatewayKeys }),
  problems: ['connection_not_found'],
})

export const setS3GatewayLimits = endpoint({
  id: 'setS3GatewayLimits',
  method: 'PUT',
  path: '/api/connections/{connectionId}/gateway-limits',
  access: 'operator',
  summary: 'Choose which numbers of the quota roles a gateway enforces; everyone’s are compared at once',
  input: z.strictObject({ connectionId: id, ...limits }),
  problems: ['connection_not_found'],
})

const gatewayUser = z.object({
  id: id.describe('The membership that the user belongs to; the account, if there was none.'),
  uid: z.string().describe('The name of the user at the gateway.'),
  person: person.nullable().describe('Null if the account was deleted.'),
  organization: z.object({ id, name: z.string() }).nullable(),
  createdAt: moment,
  confirmed: z.boolean().describe('Whether the gateway ever confirmed that it has the user.'),
  offAt: moment.nullable().describe('When the gateway confirmed that the user is suspended. Buckets stay.'),
})
export type GatewayUserItem = z.infer<typeof gatewayUser>

export const listGatewayUsers = endpoint({
  id: 'listGatewayUsers',
  method: 'GET',
  path: '/api/connections/{connectionId}/gateway-users',
  access: 'operator',
  summary: 'The users that Guildhall made at a gateway, newest first; those of ended memberships may have left buckets',
  input: z.strictObject({
    connectionId: id,
    users: z.enum(['current', 'left']).optional().describe('Only those of memberships that last, or that have ended.'),
    limit: paging.limit,
    cursor: paging.cursor,
  }),
  answer: pageOf(gatewayUser),
  problems: ['connection_not_found'],
})
