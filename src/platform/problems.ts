import { message } from './messages/t'

/**
 * Every refusal of the product: a stable code, its HTTP status, and a sentence that says what happened and what to do
 * next. On the wire it is a problem details object (RFC 9457). Codes are never translated. `docs/errors.md` has the
 * same table; a test compares the two.
 */
export const problems = {
  // The request itself
  invalid_input: [400, message('Some of the fields are not valid. See the list of errors.')],
  not_found: [404, message('Nothing was found at this URL.')],
  payload_too_large: [413, message('The request is larger than this site accepts. Send less data.')],
  unsupported_media_type: [415, message('Send JSON in UTF-8, with the content type application/json.')],
  malformed_request: [
    400,
    message('The request is not valid HTTP. Check the program that sent it, and any proxy in between.'),
  ],
  request_too_slow: [408, message('The request took too long to arrive. Try again.')],
  range_not_satisfiable: [416, message('The requested range is beyond the end of the file. Request the whole file.')],
  expectation_failed: [417, message('The only supported expectation is 100-continue. Remove the Expect header.')],
  headers_too_large: [
    431,
    message('The URL or the headers of this request are too long. Delete this site’s cookies, then try again.'),
  ],
  foreign_origin: [403, message('This request came from a different origin. Open the site at its own URL.')],
  changed_meanwhile: [409, message('Someone else changed this in the meantime. Reload, then try again.')],
  internal_error: [
    500,
    message(
      'Something went wrong on our side. Nothing was changed. Try again; if the problem persists, contact an operator.',
    ),
  ],
  database_unavailable: [
    503,
    message(
      'The database is not available. Try again in a moment. If you were saving something, check first whether it was saved.',
    ),
  ],
  overloaded: [503, message('The site is overloaded. Wait a few seconds, then try again.')],
  too_many_at_once: [
    429,
    message(
      'Your account has too many concurrent requests or open pages. Close some pages or wait a few seconds, then try again.',
    ),
  ],
  too_many_tries: [429, message('Too many attempts. Wait {wait}, then try again.')],
  too_busy: [503, message('Too many people are signing in right now. Wait a few seconds, then try again.')],

  // Accounts and sessions
  not_signed_in: [401, message('Sign in to continue.')],
  signed_in_as_another: [409, message('Another account is signed in to this browser now. Reload the page.')],
  wrong_credentials: [401, message('Incorrect e-mail address or password. Check both, then try again.')],
  account_exists: [409, message('An account with this e-mail address already exists. Sign in instead.')],
  password_too_common: [400, message('This password is easy to guess. Choose a longer passphrase.')],
  account_not_found: [404, message('This account doesn’t exist.')],
  address_to_confirm: [
    403,
    message('Confirm your e-mail address first. Use the link we e-mailed you, or go to Account.'),
  ],
  terms_to_accept: [403, message('Accept this site’s terms under Account to continue.')],
  second_factor_to_set_up: [
    403,
    message('This site requires two-factor authentication. Set it up under Account to continue.'),
  ],
  authenticate_again: [
    403,
    message('Confirm your identity first: sign in again with your password or another sign-in method.'),
  ],
  session_not_found: [404, message('This session doesn’t exist or has already ended.')],
  link_not_valid: [410, message('This link was already used or has expired. Request a new one.')],
  link_for_somebody_else: [
    403,
    message('This link belongs to another account. Sign in with that account, then open the link again.'),
  ],
  address_taken: [409, message('Another account already uses this e-mail address. Choose another one.')],
  registration_closed: [
    403,
    message(
      'Registration is closed for this e-mail address, or requires an invitation. Contact an operator of this site.',
    ),
  ],
  terms_changed: [409, message('The terms have changed. Read and accept the current version.')],
  member_disabled: [
    409,
    message(
      'This person’s account is disabled, so they cannot join or get admin privileges. Choose someone else, or ask an operator to enable the account.',
    ),
  ],
  account_disabled: [409, message('This account is already disabled.')],
  sole_admin: [
    409,
    message(
      'This account is the only admin of its organization. Appoint another admin first, or dissolve the organization.',
    ),
  ],
  account_not_disabled: [409, message('This account is not disabled.')],
  not_yourself: [409, message('You cannot do this to your own account here. Use Account, or ask another operator.')],
  last_operator: [
    409,
    message(
      'You are the only operator of this site, and a site needs at least one. Make another account an operator first.',
    ),
  ],
  passwords_off: [403, message('Passwords are turned off on this site. Sign in with the identity provider.')],
  second_factor_off: [403, message('Two-factor authentication is turned off on this site.')],
  second_factor_present: [
    409,
    message('Two-factor authentication is already set up. Remove it before you set it up again.'),
  ],
  second_factor_absent: [409, message('Two-factor authentication is not set up. Set it up first.')],
  wrong_code: [401, message('This code is not correct. Your app shows a new code every 30 seconds.')],
  code_used: [401, message('This code was already used. Wait for the next code in your app, then enter it.')],
  wrong_recovery_code: [
    401,
    message('This recovery code is not correct or was already used. Check it, or use another one.'),
  ],
  passkey_not_valid: [401, message('This passkey was not accepted. Try again, or sign in another way.')],
  too_many_passkeys: [409, message('An account can have up to 20 passkeys. Remove one before you add another.')],
  passkey_not_found: [404, message('This passkey doesn’t exist.')],
  last_sign_in_method: [
    409,
    message('This is the only way to sign in to the account. Add another sign-in method first.'),
  ],
  provider_absent: [404, message('This site has no identity provider.')],
  provider_unavailable: [
    503,
    message('The identity provider is not responding. Try again in a moment, or sign in another way.'),
  ],
  provider_refused: [401, message('Signing in with the identity provider failed or took too long. Try again.')],
  provider_address_unverified: [
    403,
    message('Your e-mail address is not verified at the identity provider. Verify it there, then try again.'),
  ],
  provider_address_taken: [
    409,
    message(
      'An account with this e-mail address already exists and cannot be linked automatically. Sign in to it as usual, or reset its password, then link the identity provider under Account. The account’s e-mail address must be confirmed.',
    ),
  ],
  provider_address_differs: [
    409,
    message(
      'Your e-mail address at the identity provider is not the one of this account. To link them, both must be the same.',
    ),
  ],
  provider_linked: [409, message('This account is already linked to the identity provider.')],
  provider_linked_elsewhere: [
    409,
    message('Your identity there is already linked to another account of this site. Sign in to that account.'),
  ],
  provider_not_linked: [404, message('This account is not linked to the identity provider.')],
  sign_in_again: [
    401,
    message(
      'This sign-in has expired: it took too long, too many codes were wrong, or the code was used elsewhere. Start again.',
    ),
  ],
  operator_needed: [403, message('Only operators of this site can do this.')],
  setup_link_invalid: [
    410,
    message(
      'This link doesn’t work. Copy the whole link from the server’s output. If it was already used, ask an operator of this site, or run “guildhall operator grant EMAIL”.',
    ),
  ],

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
