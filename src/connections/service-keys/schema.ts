import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, line, moment, person } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('Service keys')

/** A service has two usable keys while the new one takes the place of the old one. */
export const mostServiceKeys = 2

const keyItem = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe('How the key begins.'),
  createdAt: moment,
  createdBy: person,
  expiresAt: moment,
  expired: z.boolean(),
  lastUsedAt: moment.nullable().describe('To the minute; null if it was never used.'),
})
export type ServiceKey = z.infer<typeof keyItem>

export const listServiceKeys = endpoint({
  id: 'listServiceKeys',
  method: 'GET',
  path: '/api/services/{key}/keys',
  access: 'operator',
  summary: 'The keys of a service that have not been ended',
  input: z.strictObject({ key: catalogueKey }),
  answer: z.object({ keys: z.array(keyItem) }),
  problems: ['service_not_found'],
})

export const createServiceKey = endpoint({
  id: 'createServiceKey',
  method: 'POST',
  path: '/api/services/{key}/keys',
  access: 'operator',
  fresh: true,
  summary: 'Make a key with which a service asks who holds what on it',
  input: z.strictObject({
    key: catalogueKey,
    name: line(1, 60),
    days: z
      .int(says('Must be a whole number.'))
      .min(1, says('At least 1.'))
      .max(1096, says('At most 1096.'))
      .default(366)
      .describe('The number of days after which it expires.'),
  }),
  answer: z.object({ id, secret: z.string().describe('The key. It is shown only now.'), expiresAt: moment }),
  problems: ['service_not_found', 'service_retired', 'too_many_service_keys'],
  status: 201,
})

export const endServiceKey = endpoint({
  id: 'endServiceKey',
  method: 'POST',
  path: '/api/services/{key}/keys/{keyId}/end',
  access: 'operator',
  summary: 'End a key of a service',
  input: z.strictObject({ key: catalogueKey, keyId: id }),
  problems: ['service_key_not_found'],
})
