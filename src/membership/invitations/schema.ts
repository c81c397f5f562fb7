import { z } from 'zod'
import { notAcceptedProblems } from '../../platform/access/organization-state'
import { endpointsOf } from '../../platform/http/declare'
import { domain, email, id, line, moment, pageOf, paging, person } from '../../platform/http/fields'
import { longestPaste } from '../../platform/input/pasted'
import { says } from '../../platform/messages/says'

const endpoint = endpointsOf('Invitations')

export const invitationStates = ['pending', 'accepted', 'expired', 'revoked'] as const
export type InvitationState = (typeof invitationStates)[number]

/** How long an invitation is valid, in days, unless the inviter chooses another value. */
export const defaultDays = 7

/** The options of an invitation. By default it works once, for `defaultDays`, and the person joins as a plain member. */
export const invitationForm = {
  note: line(0, 200).default('').describe('Whom it is for. Only admins see it.'),
  days: z
    .int(says('Must be a whole number.'))
    .min(1, says('At least 1 day.'))
    .max(365, says('At most 365 days.'))
    .default(defaultDays)
    .describe('How long it is valid, in days.'),
  uses: z
    .int(says('Must be a whole number.'))
    .min(1, says('At least 1 use.'))
    .max(1000, says('At most 1,000 uses.'))
    .default(1)
    .describe('How many people can use it.'),
  boundTo: z
    .union([z.object({ email }).strict(), z.object({ domain }).strict()])
    .nullable()
    .default(null)
    .describe('Only for this confirmed e-mail address, or for addresses of this domain.'),
  grantsAdmin: z.boolean().default(false).describe('Everyone who accepts gets admin privileges.'),
  needsApproval: z
    .boolean()
    .default(false)
    .describe('An admin has to approve each acceptance before the person becomes a member.'),
  sendTo: email
    .nullable()
    .default(null)
    .describe('Mail the link to this address, if mail is configured. Only registering through that link confirms it.'),
}

const acceptance = z.object({
  id,
  account: person,
  at: moment,
  state: z.enum(['joined', 'awaiting_approval', 'declined', 'withdrawn']),
})
export type Acceptance = z.infer<typeof acceptance>

export const invitation = z.object({
  id,
  note: z.string(),
  state: z.enum(invitationStates),
  stateReason: z.enum(['by_admin', 'inviter_lost_admin_privileges']).nullable().describe('Why it was revoked.'),
  createdAt: moment,
  createdBy: person,
  expiresAt: moment,
  uses: z.int(),
  usesSpent: z.int(),
  boundTo: z.string().nullable().describe('An address, or @ and a domain.'),
  grantsAdmin: z.boolean(),
  needsApproval: z.boolean(),
  acceptances: z.array(acceptance).describe('The latest three; `usesSpent` counts them all.'),
})
export type Invitation = z.infer<typeof invitation>

const ofOrganization = '/api/organizations/{organizationId}/invitations' as const
const code = z
  .string()
  .max(longestPaste, says('Too long for a code.'))
  .describe('As shown, or its whole link; case, spaces and dashes do not matter.')

export const createInvitation = endpoint({
  id: 'createInvitation',
  method: 'POST',
  path: ofOrganization,
  access: 'admin',
  summary: `Create an invitation. By default it works once, within ${defaultDays} days, and the person joins as a plain member`,
  input: z.strictObject({ organizationId: id, ...invitationForm }),
  answer: z.object({ id, code: z.string(), link: z.string(), expiresAt: moment }),
  problems: ['mail_not_configured', 'too_many_mails', 'invitee_is_a_member', ...notAcceptedProblems],
  status: 201,
})

export const listInvitations = endpoint({
  id: 'listInvitations',
  method: 'GET',
  path: ofOrganization,
  access: 'adminOrOperator',
  summary: 'The invitations of an organization, ended ones included, newest first',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    state: z.enum(invitationStates).optional(),
    sort: z.enum(['newest', 'oldest']).default('newest'),
  }),
  answer: pageOf(invitation),
})

export const listAcceptances = endpoint({
  id: 'listAcceptances',
  method: 'GET',
  path: '/api/organizations/{organizationId}/acceptances',
  access: 'admin',
  summary:
    'The acceptances of invitations, newest first; can be filtered by state, for instance those awaiting approval',
  input: z.strictObject({
    organizationId: id,
    ...paging,
    invitationId: id.optional(),
    state: acceptance.shape.state.optional(),
  }),
  answer: pageOf(
    acceptance.extend({
      addressConfirmed: z
        .boolean()
        .describe('Whether the account’s address is confirmed: by its holder, or an operator.'),
      invitationId: id,
      note: z.string(),
      grantsAdmin: z.boolean(),
      removedAt: moment
        .nullable()
        .describe(
          'For a person who is waiting: when an admin removed them, if that is how their last membership ended.',
        ),
    }),
  ),
})

export const showInvitationCode = endpoint({
  id: 'showInvitationCode',
  method: 'POST',
  path: '/api/organizations/{organizationId}/invitations/{invitationId}/code',
  access: 'admin',
  sessionOnly: true,
  summary: 'Show the code of a pending invitation again; each time is recorded as an event',
  input: z.strictObject({ organizationId: id, invitationId: id }),
  answer: z.object({ code: z.string(), link: z.string(), expiresAt: moment }),
  problems: ['invitation_not_found', 'invitation_not_pending'],
})

export const revokeInvitation = endpoint({
  id: 'revokeInvitation',
  method: 'POST',
  path: '/api/organizations/{organizationId}/invitations/{invitationId}/revoke',
  access: 'admin',
  summary: 'Revoke a pending invitation; its code stops working at once',
  input: z.strictObject({ organizationId: id, invitationId: id }),
  problems: ['invitation_not_found', 'invitation_not_pending'],
})

/** Why a code may not admit its holder, in the order of `decideAcceptance`. Only the holder of the exact code learns it. */
const whyNot = [
  'code_mistyped',
  'too_many_wrong_codes',
  'code_not_valid',
  'member_already',
  'invitation_used_by_you',
  'invitation_revoked',
  'invitation_used',
  'invitation_expired',
  ...notAcceptedProblems,
  'invitation_for_somebody_else',
  'address_not_confirmed',
  'already_in_an_organization',
  'waiting_for_own_organization',
  'waiting_for_approval',
  'organization_full',
] as const

const inheritedRole = z.object({ key: z.string(), name: z.string(), until: moment.nullable() })

/** What members hold on one service. Using it takes an access role and a quota role. */
const inheritedRoles = z.object({
  service: z.object({ key: z.string(), name: z.string() }),
  usable: z.boolean(),
  access: inheritedRole.nullable(),
  quota: inheritedRole.nullable(),
})
export type InheritedRoles = z.infer<typeof inheritedRoles>

export const previewInvitation = endpoint({
  id: 'previewInvitation',
  method: 'POST',
  path: '/api/invitations/preview',
  access: 'account',
  summary: 'The effect of accepting a code; changes nothing',
  input: z.strictObject({ code }),
  answer: z.object({
    organization: z.object({ name: z.string(), country: z.string(), description: z.string() }),
    inviter: person.describe('Never includes the address.'),
    grantsAdmin: z.boolean(),
    needsApproval: z.boolean().describe('Whether an admin has to approve the caller.'),
    removedAt: moment
      .nullable()
      .describe(
        'When an admin removed the caller. An admin then has to approve them, unless the invitation was made later and is bound to their address.',
      ),
    expiresAt: moment,
    accepted: z.boolean().describe('Whether the caller has accepted it already and is a member.'),
    roles: z
      .array(inheritedRoles)
      .describe('What a member holds: the defaults, overridden by the organization’s roles.'),
  }),
  problems: [...whyNot],
})

export const acceptInvitation = endpoint({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/api/invitations/accept',
  access: 'account',
  summary:
    'Join the organization that the code belongs to, or wait for an admin’s approval; repeating it changes nothing',
  input: z.strictObject({ code }),
  answer: z.object({
    organizationId: id,
    organizationName: z.string(),
    state: z.enum(['joined', 'awaiting_approval']),
  }),
  problems: [...whyNot],
})

export const withdrawAcceptance = endpoint({
  id: 'withdrawAcceptance',
  method: 'POST',
  path: '/api/me/withdraw-acceptance',
  access: 'account',
  summary: 'Stop waiting for an organization’s approval',
  input: z.strictObject({
    acceptanceId: id.describe('The waiting acceptance last read, as in `GET /api/me`, for optimistic concurrency.'),
  }),
  problems: ['acceptance_not_found', 'acceptance_decided'],
})

export const approveAcceptance = endpoint({
  id: 'approveAcceptance',
  method: 'POST',
  path: '/api/organizations/{organizationId}/acceptances/{acceptanceId}/approve',
  access: 'admin',
  summary: 'Admit a person who accepted an invitation and is waiting for approval',
  input: z.strictObject({
    organizationId: id,
    acceptanceId: id,
    email: email.describe('The address last read, for optimistic concurrency. It may change while they wait.'),
  }),
  problems: [
    'acceptance_not_found',
    'acceptance_decided',
    'account_in_another_organization',
    'member_disabled',
    'acceptance_for_another_address',
    'organization_full',
    'changed_meanwhile',
    ...notAcceptedProblems,
  ],
})

export const declineAcceptance = endpoint({
  id: 'declineAcceptance',
  method: 'POST',
  path: '/api/organizations/{organizationId}/acceptances/{acceptanceId}/decline',
  access: 'admin',
  summary: 'Decline a person who accepted an invitation and is waiting for approval; the use stays spent',
  input: z.strictObject({ organizationId: id, acceptanceId: id }),
  problems: ['acceptance_not_found', 'acceptance_decided'],
})
