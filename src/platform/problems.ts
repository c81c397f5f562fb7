import { accountProblems } from './account-problems'
import { message } from './messages/t'
import { requestProblems } from './request-problems'

/**
 * Every refusal of the product: a stable code, its HTTP status, and a sentence that says what happened and what to do
 * next. On the wire it is a problem details object (RFC 9457). Codes are never translated. `docs/errors.md` has the
 * same table; a test compares the two.
 */
export const problems = {
  ...requestProblems,
  ...accountProblems,

  // Organizations
  organization_not_found: [404, message('This organization doesn’t exist, or you are not part of it.')],
  organization_name_taken: [
    409,
    message(
      'An organization with this name already exists. Choose another name, or ask that organization for an invitation.',
    ),
  ],
  already_in_an_organization: [
    409,
    message('You are already in an organization. An account can be in one organization at a time: leave yours first.'),
  ],
  waiting_for_own_organization: [
    409,
    message(
      'Your own request for an organization is under review. Withdraw it under Organization, then accept the invitation.',
    ),
  ],
  organization_not_accepted: [
    409,
    message('The organization has not been accepted yet. Wait for an operator to accept it.'),
  ],
  organization_suspended: [
    409,
    message('The organization is suspended. Ask an operator why, and when it will be reinstated.'),
  ],
  organization_ended: [409, message('The organization no longer exists.')],
  wrong_organization_state: [
    409,
    message('This isn’t possible in the organization’s current state. Reload to see it.'),
  ],
  limit_not_higher: [400, message('This is not above the current member limit. Enter a higher number.')],
  nothing_waits: [409, message('There is nothing to decide: the change was already decided or withdrawn.')],
  organization_full: [
    409,
    message('The organization has reached its member limit. Its admins can request a higher one.'),
  ],

  // Memberships
  admin_privileges_needed: [403, message('This requires admin privileges. Ask an admin of your organization.')],
  membership_not_found: [404, message('This person is not a member of the organization.')],
  last_admin: [
    409,
    message(
      'This is the organization’s only admin, and an organization always needs one. Hand over to another member first, or dissolve the organization.',
    ),
  ],
  not_the_sole_member: [
    409,
    message(
      'Only the sole member can dissolve an organization. Remove the other members first, or hand over and leave.',
    ),
  ],
  account_in_another_organization: [409, message('This person is already in an organization and must leave it first.')],

  // Invitations
  code_mistyped: [400, message('This code has a typo. Compare it with the code you were given.')],
  code_not_valid: [404, message('This code is not valid. Ask for a new one.')],
  too_many_wrong_codes: [429, message('Too many wrong codes. Wait {wait}, then try again.')],
  invitation_not_found: [404, message('This invitation doesn’t exist in the organization.')],
  invitation_expired: [410, message('This invitation has expired. Ask for a new one.')],
  invitation_revoked: [410, message('This invitation was revoked. Ask for a new one.')],
  invitation_used: [410, message('This invitation was already used. Ask for a new one.')],
  invitation_used_by_you: [409, message('You already used this invitation. Ask for a new one.')],
  member_already: [409, message('You are already a member of this organization. There is nothing to accept.')],
  invitee_is_a_member: [
    409,
    message('The person with this e-mail address is already a member and doesn’t need an invitation.'),
  ],
  invitation_for_somebody_else: [
    403,
    message('This invitation is for another e-mail address. Sign in with that address, or ask for a new invitation.'),
  ],
  address_not_confirmed: [
    403,
    message(
      'This invitation is for a specific e-mail address or domain, and your address is not confirmed yet. Ask an operator of this site to confirm it.',
    ),
  ],
  acceptance_for_another_address: [
    409,
    message(
      'The invitation is for a specific e-mail address or domain, and this person no longer has a matching confirmed address. Ask them to confirm one, or decline them.',
    ),
  ],
  invitation_not_pending: [409, message('This invitation has already ended.')],
  waiting_for_approval: [409, message('You are already waiting for an organization’s approval. Withdraw that first.')],
  acceptance_not_found: [404, message('This person is no longer waiting for approval.')],
  acceptance_decided: [409, message('This was already decided.')],

  // Services and roles
  service_not_found: [404, message('This service doesn’t exist.')],
  role_not_found: [404, message('This role doesn’t exist.')],
  service_retired: [409, message('This service is retired. It gets no new keys.')],
  service_key_not_found: [404, message('This service key doesn’t exist or has ended.')],
  openid_client_not_found: [404, message('This OpenID client doesn’t exist or has ended.')],
  too_many_service_keys: [409, message('This service already has two keys. End one of them, then create another.')],
  connection_not_found: [404, message('This connection doesn’t exist.')],
  losses_changed: [409, message('More accounts would lose access now than you have seen. Look at the number again.')],
  connection_off: [409, message('This connection is off. Switch it on first.')],
  connection_elsewhere: [
    409,
    message(
      'This connection belongs to the site at another address. Switch it on here first, if that is what you want.',
    ),
  ],
  system_connected_already: [
    409,
    message('This part of the system belongs to another connection. Delete that one first.'),
  ],
  system_is_another: [
    409,
    message('A connection stays with its system: what it made there would be left behind. Create a new connection.'),
  ],
  system_not_listed: [
    409,
    message('The system could not be asked what it has. Use “Check” to find out why, then try again.'),
  ],
  connection_of_application: [
    409,
    message('This connection belongs to an application. Remove the logout URI of the application, or end it.'),
  ],
  connection_asks_itself: [409, message('This service asks for its changes itself. There is nothing to check.')],
  connection_not_observable: [
    409,
    message('This kind of connection cannot look into the service. The service alone knows what it did.'),
  ],
  s3_gateway_exists: [
    409,
    message(
      'This service already has a gateway, or this gateway already belongs to another service. Delete the other connection first.',
    ),
  ],
  s3_gateway_in_use: [
    409,
    message(
      'People still have users of another service at this gateway. Connect it to that service again, and delete that connection with “Take everything back first”.',
    ),
  ],
  webhook_exists: [409, message('This service already has a webhook with this address.')],
  s3_gateway_missing: [409, message('This service has no S3 gateway yet. Ask an operator to connect one.')],
  s3_key_not_found: [404, message('This S3 key doesn’t exist or has ended.')],
  service_not_usable: [
    409,
    message('You cannot make S3 keys for this service. It takes an access role and a quota role on it.'),
  ],
  too_many_s3_keys: [409, message('You have as many S3 keys for this service as possible. Delete one first.')],
  delivery_not_found: [404, message('This delivery doesn’t exist, or its account is no longer in the ledger.')],
  no_change_feed: [404, message('No changes are kept for this service. Ask an operator to connect it.')],
  cursor_expired: [410, message('This cursor is too old, or from before a restore. Read everything again without it.')],
  nothing_held: [404, message('Nothing is held on this service under this ID.')],
  role_kind_is_fixed: [
    409,
    message('An access role cannot become a quota role, or vice versa. Use a different key for the new role.'),
  ],
  role_retired: [409, message('This role is retired. Choose another one.')],
  role_not_requestable: [409, message('This role cannot be requested. Choose another one.')],
  role_held_already: [409, message('The organization already holds this role.')],
  role_request_pending: [
    409,
    message('This was already requested. Wait for the decision, or withdraw that request first.'),
  ],
  role_request_not_found: [404, message('This role request doesn’t exist.')],
  role_request_decided: [409, message('This was already decided or withdrawn.')],
  role_assignment_not_found: [404, message('The organization doesn’t hold this role.')],
  end_in_the_past: [400, message('The end date is in the past. Choose a later one, or none.')],
  moment_in_the_future: [400, message('Choose a date and time in the past.')],

  // Mails
  mail_not_configured: [
    409,
    message('This site doesn’t send e-mail. Share codes and links yourself, or ask an operator for a one-time link.'),
  ],
  too_many_mails: [
    429,
    message(
      'You’ve sent too many e-mails, or this address has received too many. Wait {wait}, or share the code or link yourself.',
    ),
  ],
  mail_not_found: [404, message('This e-mail doesn’t exist.')],
  mail_not_retryable: [
    409,
    message(
      'This e-mail cannot be sent again: it was already sent, or its link is no longer valid. Request a new one.',
    ),
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]
export const statusOf = (code: ProblemCode): number => problems[code][0]
