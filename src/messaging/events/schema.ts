import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { givenMoment, id, moment, pageOf, paging, person } from '../../platform/http/fields'

const endpoint = endpointsOf('Events')

/** Every kind of event. Kinds are stored forever: add, never rename. */
export const eventKinds = [
  'account_registered',
  'address_confirmed',
  'address_changed',
  'account_updated',
  'account_disabled',
  'account_enabled',
  'account_deleted',
  'terms_accepted',
  'password_changed',
  'reset_link_made',
  'sessions_ended',
  'second_factor_added',
  'second_factor_removed',
  'recovery_codes_renewed',
  'passkey_added',
  'passkey_removed',
  'provider_linked',
  'provider_unlinked',
  'site_policy_changed',
  'mail_switched_on',
  'mail_switched_off',
  'operator_granted',
  'operator_revoked',
  'organization_created',
  'organization_resubmitted',
  'organization_accepted',
  'changes_requested',
  'organization_rejected',
  'organization_suspended',
  'organization_reinstated',
  'organization_dissolved',
  'organization_details_changed',
  'identity_changed',
  'identity_change_requested',
  'identity_change_accepted',
  'identity_change_refused',
  'identity_change_withdrawn',
  'admin_appointed',
  'invitation_created',
  'invitation_shown',
  'invitation_revoked',
  'invitation_accepted',
  'acceptance_awaiting_approval',
  'acceptance_approved',
  'acceptance_declined',
  'acceptance_withdrawn',
  'admin_granted',
  'admin_revoked',
  'member_removed',
  'member_left',
  'handed_over',
  'higher_limit_requested',
  'member_limit_set',
  'default_member_limit_set',
  'catalogue_changed',
  'role_requested',
  'role_request_withdrawn',
  'role_accepted',
  'role_refused',
  'role_granted',
  'role_revoked',
  'token_created',
  'token_renewed',
  'token_ended',
  'token_expiring',
  'organization_token_expiring',
  'service_key_created',
  'service_key_ended',
  'service_key_expiring',
  'openid_client_created',
  'openid_client_changed',
  'openid_client_secret_replaced',
  'openid_client_ended',
  'application_signed_in',
  'application_allowed',
  'application_signed_out',
  'connection_created',
  'connection_switched_on',
  'connection_switched_off',
  'connection_changed',
  'connection_secret_rotated',
  'connection_losses_confirmed',
  'connection_failing',
  'connection_recovered',
  'connection_ending',
  'connection_deleted',
  's3_key_created',
  's3_secret_shown',
  's3_secret_reset',
  's3_key_end_changed',
  's3_key_deleted',
  's3_key_expiring',
  'notice_preferences_set',
  'mail_retried',
] as const
export type EventKind = (typeof eventKinds)[number]

export const event = z.object({
  id,
  at: moment,
  kind: z.enum(eventKinds),
  actor: person.nullable().describe('The person who did it; null for the system or the command line.'),
  token: z
    .object({ id, name: z.string() })
    .nullable()
    .describe('The token with which the actor did it; null if they did it themselves.'),
  subject: person.nullable().describe('The affected person, if any.'),
  organization: z.object({ id, name: z.string() }).nullable(),
  details: z.record(z.string(), z.unknown()).describe('What changed. Never contains a code or another secret.'),
})
export type EventItem = z.infer<typeof event>

/** Filters for events: by person, kind and time. */
export const eventFilters = {
  q: paging.q,
  kind: z.enum(eventKinds).optional(),
  accountId: id.optional().describe('Only events done by or affecting this person.'),
  from: givenMoment.optional().describe('Only events at or after this time.'),
  until: givenMoment.optional().describe('Only events before this time.'),
}
const filters = { ...paging, ...eventFilters }

export const listOrganizationEvents = endpoint({
  id: 'listOrganizationEvents',
  method: 'GET',
  path: '/api/organizations/{organizationId}/events',
  access: 'adminOrOperator',
  summary: 'List the events of an organization, newest first',
  input: z.strictObject({ organizationId: id, ...filters }),
  answer: pageOf(event),
})

export const listEvents = endpoint({
  id: 'listEvents',
  method: 'GET',
  path: '/api/events',
  access: 'operator',
  summary: 'List the events of the site, newest first',
  input: z.strictObject(filters),
  answer: pageOf(event),
})

export const exportOrganizationEvents = endpoint({
  id: 'exportOrganizationEvents',
  method: 'GET',
  path: '/api/organizations/{organizationId}/events.csv',
  access: 'adminOrOperator',
  summary: 'Export all events of an organization as CSV, newest first, without a length limit',
  input: z.strictObject({ organizationId: id, ...eventFilters }),
  answer: 'csv',
})

export const exportEvents = endpoint({
  id: 'exportEvents',
  method: 'GET',
  path: '/api/events.csv',
  access: 'operator',
  summary: 'Export all events of the site as CSV, newest first, without a length limit',
  input: z.strictObject(eventFilters),
  answer: 'csv',
})

/**
 * The live stream. A message says that something changed and of what kind, never the content: the portal requests it
 * again through the endpoints, which check access each time.
 */
export const streamEvents = endpoint({
  id: 'streamEvents',
  method: 'GET',
  path: '/api/events/stream',
  access: 'self',
  summary:
    'Server-sent events while the caller is signed in. Each is JSON with the `kind` of an event and its `organizationId`',
  answer: 'events',
})

export const streamMessage = z.object({ kind: z.enum(eventKinds), organizationId: id.nullable() })
export type StreamMessage = z.infer<typeof streamMessage>
