import { z } from 'zod'
import { organizationStates } from '../../platform/access/organization-state'
import { doneAnswer, endpointsOf } from '../../platform/http/declare'
import {
  country,
  email,
  id,
  line,
  moment,
  optionalWebAddress,
  organizationName,
  pageOf,
  paging,
  paragraph,
  person,
  reason,
  seenVersion,
} from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { rolesWanted, serviceWanted } from '../../roles/role-requests/schema'

const endpoint = endpointsOf('Organizations')

/** The fields that the creator fills in, and may correct when an operator requests changes. */
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

/** A new name or tax id that an operator has to accept. Until then the old one holds, and both names are taken. */
export const identityChange = z.object({
  name: z.string().nullable().describe('Null if it stays.'),
  taxId: z.string().nullable().describe('Null if it stays.'),
  by: person,
  at: moment,
})

/** A decision states which version of the state the caller saw; in another one it has no effect. */
const seen = { stateVersion: seenVersion.describe('The `stateVersion` last read, for optimistic concurrency.') }

/** What the caller may do with an organization right now. The portal shows what these permit and repeats no rule. */
export const abilities = z.object({
  invite: z.boolean(),
  requestRoles: z.boolean(),
  requestHigherLimit: z.boolean(),
  editDetails: z.boolean(),
  withdrawIdentityChange: z.boolean(),
  decideIdentityChange: z.boolean(),
  setMemberLimit: z.boolean(),
  grantRole: z.boolean(),
  seeInvitations: z.boolean(),
  manageTokens: z.boolean().describe('Make and renew tokens of the organization.'),
  seeTokens: z.boolean().describe('See and end tokens of the organization.'),
  manageMembers: z.boolean(),
  seeActivity: z.boolean(),
  leave: z.boolean().describe('False for the only admin: hand over, or dissolve.'),
  handOver: z.boolean().describe('Hand over to another member, and leave.'),
  dissolve: z.boolean(),
  resubmit: z.boolean(),
  accept: z.boolean(),
  requestChanges: z.boolean(),
  reject: z.boolean(),
  suspend: z.boolean(),
  reinstate: z.boolean(),
  appointAdmin: z.boolean(),
})
export type Abilities = z.infer<typeof abilities>

export const organization = z.object({
  id,
  name: z.string(),
  country: z.string(),
  description: z.string(),
  address: z.string(),
  city: z.string(),
  postalCode: z.string(),
  website: z.string(),
  taxId: z.string(),
  state: z.enum(organizationStates),
  stateVersion: seenVersion.describe(
    'Counts changes of the state. A decision sends the version last read, for optimistic concurrency.',
  ),
  detailsVersion: seenVersion.describe('Counts changes of the details.'),
  stateReason: z.string().nullable().describe('Why it is in this state, if a reason was given.'),
  stateSince: moment,
  createdAt: moment,
  author: person.describe('The author of the request.'),
  members: z.int(),
  admins: z.int(),
  memberLimit: z.int().nullable().describe('How many members it may have; null for no limit.'),
  limitWanted: z
    .object({ limit: z.int(), reason: z.string() })
    .nullable()
    .describe('The higher limit that an admin requested, until an operator decides.'),
  servicesWanted: z.array(serviceWanted).describe('The services it requests, until it is accepted.'),
  identityChange: identityChange.nullable().describe('The new name or tax id that waits for an operator.'),
  mine: z
    .object({ membershipId: id, admin: z.boolean(), since: moment })
    .nullable()
    .describe('The caller’s own membership.'),
  can: abilities,
})
export type Organization = z.infer<typeof organization>

const services = z.array(z.strictObject(rolesWanted)).max(50, says('At most 50 services.'))

export const createOrganization = endpoint({
  id: 'createOrganization',
  method: 'POST',
  path: '/api/organizations',
  access: 'account',
  summary: 'Request an organization; its creator is its first admin',
  input: z.strictObject({
    ...organizationForm,
    services: services.default([]).describe('The requested roles; they become role requests.'),
  }),
  answer: z.object({ id }),
  problems: [
    'already_in_an_organization',
    'waiting_for_own_organization',
    'organization_name_taken',
    'role_not_requestable',
    'invalid_input',
  ],
  status: 201,
})

export const resubmitOrganization = endpoint({
  id: 'resubmitOrganization',
  method: 'PUT',
  path: '/api/organizations/{organizationId}',
  access: 'account',
  summary: 'Correct and resubmit a request: by an admin after changes were requested, by its author after a rejection',
  input: z.strictObject({
    organizationId: id,
    ...seen,
    ...organizationForm,
    services: services.optional().describe('The requested roles from now on; if omitted, they stay as they are.'),
  }),
  problems: [
    'organization_not_found',
    'admin_privileges_needed',
    'wrong_organization_state',
    'changed_meanwhile',
    'role_not_requestable',
    'invalid_input',
    'already_in_an_organization',
    'waiting_for_own_organization',
    'organization_name_taken',
  ],
})

export const getOrganization = endpoint({
  id: 'getOrganization',
  method: 'GET',
  path: '/api/organizations/{organizationId}',
  access: 'memberOrOperator',
  summary: 'An organization, and what the caller may do with it',
  input: z.strictObject({ organizationId: id }),
  answer: organization.extend({
    lookAlikes: z
      .array(z.object({ id, name: z.string() }))
      .describe('Live organizations whose names are easily mistaken for this one’s; for operators only.'),
    tokens: z
      .int()
      .describe('Usable tokens, which end when it is no longer accepted; 0 unless the caller is an operator.'),
  }),
})

export const listOrganizations = endpoint({
  id: 'listOrganizations',
  method: 'GET',
  path: '/api/organizations',
  access: 'operator',
  summary: 'All organizations; the longest waiting or the newest first',
  input: z.strictObject({
    ...paging,
    state: z.enum(organizationStates).optional(),
    sort: z.enum(['newest', 'oldest', 'name']).default('newest'),
  }),
  answer: pageOf(
    organization.pick({
      id: true,
      name: true,
      country: true,
      state: true,
      stateReason: true,
      createdAt: true,
      author: true,
      members: true,
      admins: true,
    }),
  ),
})

export const dissolveOrganization = endpoint({
  id: 'dissolveOrganization',
  method: 'POST',
  path: '/api/organizations/{organizationId}/dissolve',
  access: 'adminOrOperator',
  summary: 'Dissolve: by its sole member, or by an operator with a reason',
  input: z.strictObject({
    organizationId: id,
    ...seen,
    reason: reason.optional().describe('Required for an operator.'),
  }),
  problems: ['not_the_sole_member', 'wrong_organization_state', 'changed_meanwhile', 'invalid_input'],
})

const decision = <Name extends string, Path extends string>(name: Name, path: Path, summary: string) =>
  endpoint({
    id: name,
    method: 'POST',
    path: `/api/organizations/{organizationId}/${path}`,
    access: 'operator',
    summary,
    input: z.strictObject({ organizationId: id, ...seen, reason }),
    problems: ['organization_not_found', 'wrong_organization_state', 'changed_meanwhile'],
  })

export const acceptOrganization = endpoint({
  id: 'acceptOrganization',
  method: 'POST',
  path: '/api/organizations/{organizationId}/accept',
  access: 'operator',
  summary: 'Accept a pending organization',
  input: z.strictObject({ organizationId: id, ...seen }),
  problems: ['organization_not_found', 'wrong_organization_state', 'changed_meanwhile'],
})
export const requestChanges = decision('requestChanges', 'request-changes', 'Ask for changes before deciding')
export const rejectOrganization = decision(
  'rejectOrganization',
  'reject',
  'Reject a request; its author can resubmit it',
)
export const suspendOrganization = decision(
  'suspendOrganization',
  'suspend',
  'Suspend: nothing is passed on until it is reinstated',
)
export const reinstateOrganization = decision(
  'reinstateOrganization',
  'reinstate',
  'Reinstate a suspended organization',
)

export const appointAdmin = endpoint({
  id: 'appointAdmin',
  method: 'POST',
  path: '/api/organizations/{organizationId}/appoint-admin',
  access: 'operator',
  summary:
    'Make an account an admin of an organization that has lost its last one: a member, or a person in no organization',
  input: z.strictObject({ organizationId: id, email, reason }),
  answer: doneAnswer.extend({
    addressConfirmed: z
      .boolean()
      .describe('Whether the account’s address is confirmed: by its holder, or an operator.'),
  }),
  problems: [
    'organization_not_found',
    'organization_ended',
    'account_not_found',
    'account_in_another_organization',
    'organization_full',
  ],
})
