import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment } from '../../platform/http/fields'
import { limit } from '../../roles/services/schema'
import { serviceLimit } from '../questions/schema'

const endpoint = endpointsOf('Service API')

const role = z.object({ key: z.string(), until: moment.nullable() })

const change = z.object({
  accountId: id,
  version: z.int().describe('Later states of an account have higher versions.'),
  at: moment.describe('When the ledger was changed.'),
  held: z
    .object({
      organizationId: id.nullable(),
      access: role,
      quota: role.extend({ limits: z.array(limit) }),
    })
    .nullable()
    .describe('What the person may use now; null if nothing any more.'),
})

export const listChanges = endpoint({
  id: 'listChanges',
  method: 'GET',
  path: '/api/service/changes',
  access: 'service',
  summary:
    'The newest state of each account that may use the service of this key, or may no longer, in the order of changes',
  input: z.strictObject({
    after: z
      .string()
      .max(90)
      .optional()
      .describe('The `cursor` of an earlier answer; without it, everything from the beginning.'),
    limit: serviceLimit,
  }),
  answer: z.object({
    items: z.array(change),
    cursor: z.string().describe('Pass as `after` next time.'),
    more: z.boolean().describe('Whether more changes wait already.'),
  }),
  problems: ['no_change_feed', 'cursor_expired'],
})
export type AccountChange = z.infer<typeof change>
