import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, moment } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { limit } from '../../roles/services/schema'

const endpoint = endpointsOf('Service API')

const at = { at: givenMoment.optional().describe('A past moment; defaults to now.') }

const heldRole = z.object({ key: z.string(), name: z.string(), until: moment.nullable() })
const heldQuota = heldRole.extend({
  limits: z.array(limit),
})
const roles = { access: heldRole.nullable(), quota: heldQuota.nullable() }

const holding = z.object({
  accountId: id,
  organization: z.object({ id, name: z.string() }).nullable(),
  usable: z
    .boolean()
    .describe('Whether the person may use the service: both roles, and nothing that the site requires of them first.'),
  ...roles,
})

export const askAboutAccount = endpoint({
  id: 'askAboutAccount',
  method: 'GET',
  path: '/api/service/accounts/{accountId}',
  access: 'service',
  summary: 'What an account holds on the service of this key',
  input: z.strictObject({ accountId: id, ...at }),
  answer: holding,
  problems: ['nothing_held', 'moment_in_the_future'],
})

export const askAboutOrganization = endpoint({
  id: 'askAboutOrganization',
  method: 'GET',
  path: '/api/service/organizations/{organizationId}',
  access: 'service',
  summary: 'Which roles an organization holds on the service of this key',
  input: z.strictObject({ organizationId: id, ...at }),
  answer: z.object({ organization: z.object({ id, name: z.string() }), ...roles }),
  problems: ['nothing_held', 'moment_in_the_future'],
})

/** More than for people: services read whole lists. */
export const serviceLimit = z.coerce
  .number(says('Must be a number.'))
  .int(says('Must be a whole number.'))
  .min(1, says('At least 1.'))
  .max(500, says('At most 500.'))
  .default(100)
  .describe('The maximum number of accounts, 1 to 500.')

export const listHolders = endpoint({
  id: 'listHolders',
  method: 'GET',
  path: '/api/service/accounts',
  access: 'service',
  summary: 'The accounts that hold something on the service of this key, by id',
  input: z.strictObject({
    ...at,
    limit: serviceLimit,
    cursor: id.optional().describe('The `next` of the previous page.'),
  }),
  answer: z.object({
    at: moment.describe('The moment of this page.'),
    items: z.array(holding),
    next: id.nullable().describe('Pass as `cursor` to get the next page; null on the last page.'),
  }),
  problems: ['moment_in_the_future'],
})
