import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, line, moment, pageOf, paging, person } from '../../platform/http/fields'
import { catalogueKey } from '../../roles/services/schema'

const endpoint = endpointsOf('S3 keys')

const name = line(1, 60)
const expiresAt = givenMoment.nullable().describe('When the key expires; null if never.')

export const s3KeyStates = ['ready', 'pending', 'off'] as const

const s3Key = z.object({
  id,
  name: z.string(),
  accessKey: z.string(),
  createdAt: moment,
  expiresAt: moment.nullable(),
  state: z
    .enum(s3KeyStates)
    .describe('`ready` if the gateway has it, `pending` if not yet, `off` while you cannot use the service.'),
  ofMembership: z.boolean().describe('Whether it was made under your membership, with which it ends.'),
})
export type S3Key = z.infer<typeof s3Key>

const keysOfService = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  usable: z.boolean().describe('Whether you can use the service now, and so make keys.'),
  most: z.int().describe('How many keys you can have.'),
  endpoint: z.string().nullable().describe('The address of the S3 API; null while the service has no gateway.'),
  failingSince: moment.nullable().describe('Since when the gateway has not been reached.'),
  keys: z.array(s3Key),
  ending: z
    .array(z.object({ id, name: z.string(), accessKey: z.string(), endedAt: moment }))
    .describe('Keys that ended, and of which the gateway has not confirmed that they are gone: they may still work.'),
})
export type S3KeysOfService = z.infer<typeof keysOfService>

const secret = z.object({
  accessKey: z.string(),
  secret: z.string(),
  endpoint: z.string().nullable(),
})

export const listS3Keys = endpoint({
  id: 'listS3Keys',
  method: 'GET',
  path: '/api/me/s3-keys',
  access: 'account',
  summary: 'Your S3 keys, by service, and the services for which you can make some',
  answer: z.object({ services: z.array(keysOfService) }),
})

export const createS3Key = endpoint({
  id: 'createS3Key',
  method: 'POST',
  path: '/api/me/s3-keys',
  access: 'account',
  fresh: true,
  summary: 'Make an S3 key for a service that you can use',
  input: z.strictObject({ service: catalogueKey, name, expiresAt: expiresAt.default(null) }),
  answer: secret.extend({ id }),
  problems: ['service_not_found', 'service_not_usable', 's3_gateway_missing', 'too_many_s3_keys', 'end_in_the_past'],
  status: 201,
})

export const showS3Secret = endpoint({
  id: 'showS3Secret',
  method: 'POST',
  path: '/api/me/s3-keys/{keyId}/show',
  access: 'account',
  fresh: true,
  summary: 'Show the secret of an S3 key; each showing is in the activity',
  input: z.strictObject({ keyId: id }),
  answer: secret,
  problems: ['s3_key_not_found'],
})

export const resetS3Secret = endpoint({
  id: 'resetS3Secret',
  method: 'POST',
  path: '/api/me/s3-keys/{keyId}/reset',
  access: 'account',
  fresh: true,
  summary: 'Give an S3 key a new secret; the former one is refused as soon as the gateway has the new one',
  input: z.strictObject({ keyId: id }),
  answer: secret,
  problems: ['s3_key_not_found'],
})

export const setS3KeyEnd = endpoint({
  id: 'setS3KeyEnd',
  method: 'PUT',
  path: '/api/me/s3-keys/{keyId}/end',
  access: 'account',
  fresh: true,
  summary: 'Change when an S3 key expires',
  input: z.strictObject({ keyId: id, expiresAt }),
  problems: ['s3_key_not_found', 'end_in_the_past'],
})

export const deleteS3Key = endpoint({
  id: 'deleteS3Key',
  method: 'POST',
  path: '/api/me/s3-keys/{keyId}/delete',
  access: 'account',
  summary: 'Delete an S3 key; the gateway removes it at once',
  input: z.strictObject({ keyId: id }),
  problems: ['s3_key_not_found'],
})

const keysOfMember = z.object({
  id: id.describe('The account.'),
  person,
  services: z.array(z.object({ key: z.string(), name: z.string(), keys: z.int() })),
})
export type S3KeysOfMember = z.infer<typeof keysOfMember>

export const listMembersS3Keys = endpoint({
  id: 'listMembersS3Keys',
  method: 'GET',
  path: '/api/organizations/{organizationId}/s3-keys',
  access: 'adminOrOperator',
  summary: 'How many S3 keys members made under their membership, by name; never the keys themselves',
  input: z.strictObject({ organizationId: id, limit: paging.limit, cursor: paging.cursor }),
  answer: pageOf(keysOfMember),
})
