import { message } from './messages/t'

/** Refusals that concern accounts, sessions and tokens. */
export const accountProblems = {
  not_signed_in: [401, message('Sign in to continue.')],
  token_not_valid: [
    401,
    message('This token doesn’t work: it is incomplete, has expired, or was ended. Make a new one under Account.'),
  ],
  two_credentials: [400, message('The request has both a session and a token. Send only one of them.')],
  session_needed: [403, message('Tokens can’t be used for this. Sign in with a browser.')],
  scope_needed: [403, message('This token lacks the scope for this. Make a token that has it.')],
  token_not_found: [404, message('This token doesn’t exist or has ended.')],
  too_many_tokens: [409, message('There are as many tokens as possible. End one that is no longer used.')],
  service_key_not_valid: [
    401,
    message(
      'This request has no service key that works. Send one as “Authorization: Bearer ghs_…”. If yours has expired or was ended, ask an operator for a new one.',
    ),
  ],
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
} as const satisfies Record<string, readonly [status: number, message: string]>
