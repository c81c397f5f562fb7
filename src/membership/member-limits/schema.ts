import { z } from 'zod'
import { memberLimit } from '../../identity/site/schema'
import { endpointsOf } from '../../platform/http/declare'
import { id, reason } from '../../platform/http/fields'

const endpoint = endpointsOf('Organizations')

export const requestHigherLimit = endpoint({
  id: 'requestHigherLimit',
  method: 'POST',
  path: '/api/organizations/{organizationId}/limit-request',
  access: 'admin',
  summary: 'Request a higher member limit',
  input: z.strictObject({ organizationId: id, limit: memberLimit, reason }),
  problems: ['organization_not_accepted', 'organization_suspended', 'organization_ended', 'limit_not_higher'],
})

export const setMemberLimit = endpoint({
  id: 'setMemberLimit',
  method: 'PUT',
  path: '/api/organizations/{organizationId}/limit',
  access: 'operator',
  summary: 'Set how many members an organization may have, which also answers its request; existing members stay',
  input: z.strictObject({
    organizationId: id,
    limit: memberLimit.nullable().describe('Null for the site’s default.'),
    seen: z
      .strictObject({ limit: memberLimit.nullable(), wanted: memberLimit.nullable() })
      .describe('`memberLimit` and `limitWanted.limit` as last read, for optimistic concurrency.'),
    reason,
  }),
  problems: ['organization_not_found', 'organization_ended', 'changed_meanwhile'],
})
