import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint'
import {
  country,
  done,
  id,
  line,
  moment,
  optionalWebAddress,
  organizationName,
  paragraph,
  person,
  reason,
} from '../../platform/http/fields'

/** What the creator fills in, and may correct when an operator asks for changes. */
export const organizationForm = {
  name: organizationName,
  country,
  description: paragraph(1, 2000).describe('Description of planned activities.'),
  address: line(0, 200).default(''),
  city: line(0, 100).default(''),
  postalCode: line(0, 20).default(''),
  website: optionalWebAddress(200).default(''),
  taxId: line(0, 50).default(''),
}

/** A count of changes, as it was seen. */
export const seenVersion = z.int('Not a whole number.').min(0, 'Not below 0.').max(2_000_000_000, 'Not a version.')
const seen = { detailsVersion: seenVersion.describe('The `detailsVersion` that was seen.') }

/** A new name or tax id that an operator has to accept. Until then the old one holds, and both names are taken. */
export const identityChange = z.object({
  name: z.string().nullable().describe('Null where it stays.'),
  taxId: z.string().nullable().describe('Null where it stays.'),
  by: person,
  at: moment,
})
export type IdentityChange = z.infer<typeof identityChange>

const address = '/api/organizations/{organizationId}/details' as const

export const editOrganizationDetails = endpoint({
  id: 'editOrganizationDetails',
  method: 'PUT',
  path: address,
  access: 'admin',
  tag: 'Organizations',
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
  tag: 'Organizations',
  summary: 'Withdraw the new name or tax id that waits for an operator',
  input: z.strictObject({ organizationId: id, ...seen }),
  answer: done,
  problems: ['nothing_waits', 'changed_meanwhile'],
})

export const decideIdentityChange = endpoint({
  id: 'decideIdentityChange',
  method: 'POST',
  path: `${address}/decide`,
  access: 'operator',
  tag: 'Organizations',
  summary: 'Accept an organization’s new name or tax id, or refuse it with a reason',
  input: z.strictObject({
    organizationId: id,
    ...seen,
    accept: z.boolean(),
    reason: reason.optional().describe('Needed for a refusal.'),
  }),
  answer: done,
  problems: ['organization_not_found', 'nothing_waits', 'changed_meanwhile', 'invalid_input'],
})
