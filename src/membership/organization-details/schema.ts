import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, reason, seenVersion } from '../../platform/http/fields'
import { organizationForm } from '../organizations/schema'

const endpoint = endpointsOf('Organizations')

const seen = { detailsVersion: seenVersion.describe('The `detailsVersion` last read, for optimistic concurrency.') }

const address = '/api/organizations/{organizationId}/details' as const

export const editOrganizationDetails = endpoint({
  id: 'editOrganizationDetails',
  method: 'PUT',
  path: address,
  access: 'admin',
  summary: 'Edit the details of an accepted organization; a new name or tax id may have to wait for an operator',
  input: z.strictObject({ organizationId: id, ...seen, ...organizationForm }),
  answer: z.object({ waits: z.boolean().describe('Whether a new name or tax id waits for an operator.') }),
  problems: [
    'organization_not_accepted',
    'organization_suspended',
    'organization_ended',
    'organization_name_taken',
    'changed_meanwhile',
  ],
})

export const withdrawIdentityChange = endpoint({
  id: 'withdrawIdentityChange',
  method: 'POST',
  path: `${address}/withdraw`,
  access: 'admin',
  summary: 'Withdraw the new name or tax id that waits for an operator',
  input: z.strictObject({ organizationId: id, ...seen }),
  problems: ['nothing_waits', 'changed_meanwhile'],
})

export const decideIdentityChange = endpoint({
  id: 'decideIdentityChange',
  method: 'POST',
  path: `${address}/decide`,
  access: 'operator',
  summary: 'Accept an organization’s new name or tax id, or refuse it with a reason',
  input: z.strictObject({
    organizationId: id,
    ...seen,
    accept: z.boolean(),
    reason: reason.optional().describe('Required for a refusal.'),
  }),
  problems: ['organization_not_found', 'nothing_waits', 'changed_meanwhile', 'invalid_input'],
})
