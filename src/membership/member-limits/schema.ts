import { z } from 'zod'
import { memberLimit } from '../../identity/site/schema'
import { endpoint } from '../../platform/http/endpoint'
import { doneAnswer, id, reason } from '../../platform/http/fields'

export const requestHigherLimit = endpoint({
  id: 'requestHigherLimit',
  method: 'POST',
  path: '/api/organizations/{organizationId}/limit-request',
  access: 'admin',
  tag: 'Organizations',
  summary: 'Request a higher member limit',
  input: z.strictObject({ organizationId: id, limit: memberLimit, reason }),
  answer: doneAnswer,
  problems: ['organization_not_accepted', 'organization_suspended', 'organization_ended', 'limit_not_higher'],
})

export const setMemberLimit = endpoint({
  id: 'setMemberLimit',
  method: 'PUT',
  path: '/api/organizations/{organizationId}/limit',
  access: 'operator',
  tag: 'Organizations',
  summary: 'Set how many members an organization may have, which also answers its request; existing members stay',
  input: z.strictObject({
    organizationId: id,
    limit: memberLimit.nullable().describe('Null for the site’s default.'),
    seen: z
      .strictObject({ limit: memberLimit.nullable(), wanted: memberLimit.nullable() })
      .describe('`memberLimit` and `limitWanted.limit` as last read, for optimistic concurrency.'),
    reason,
  }),
  answer: doneAnswer,
  problems: ['organization_not_found', 'organization_ended', 'changed_meanwhile'],
})
