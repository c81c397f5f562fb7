/** What a refusal says. A sentence that tells people to wait takes for how long. */
type Sentence = string | ((wait: string) => string)

/**
 * Every refusal the product knows: a stable code, its HTTP status, and a sentence that says what happened
 * and what to do next. On the wire it is a problem document (RFC 9457). `docs/errors.md` lists the same
 * table; a test holds the two together.
 */
const problems = {
  // The request itself
  invalid_input: [400, 'Some of what you sent cannot be used. See the list of errors.'],
  not_found: [404, 'There is nothing here.'],
  payload_too_large: [413, 'That is more than this site accepts in one request. Send less.'],
  unsupported_media_type: [415, 'Send JSON in UTF-8, with the content type application/json.'],
  malformed_request: [
    400,
    'This request cannot be read: it is not as HTTP wants it. Check the program that sent it, and any proxy in between.',
  ],
  request_too_slow: [408, 'The request took too long to arrive. Try again.'],
  range_not_satisfiable: [416, 'The file ends before the part that you asked for. Ask for all of it.'],
  expectation_failed: [417, 'This site meets only the expectation 100-continue. Leave out the header Expect.'],
  headers_too_large: [
    431,
    'The address or the headers of this request are too long. Delete this site’s cookies, then try again.',
  ],
  foreign_origin: [
    403,
    'This request came from another address than this site’s own. Open the site at its own address.',
  ],
  changed_meanwhile: [409, 'This changed in the meantime. Look at it as it is now, then try again.'],
  internal_error: [
    500,
    'Something went wrong on our side. Nothing was changed. Try again; if it stays, tell an operator.',
  ],
  database_unavailable: [
    503,
    'The database does not answer. Try again in a moment; if you were changing something, look first whether it was done.',
  ],
  overloaded: [503, 'The site has more to do than it can at this moment. Wait a few seconds, then try again.'],
  too_many_at_once: [
    429,
    'Your account has too many requests or open pages at once. Close some pages, or wait a few seconds, then try again.',
  ],
  too_many_tries: [429, (wait) => `Too many tries. Wait ${wait}, then try again.`],
  too_busy: [503, 'Too many people are signing in at this moment. Wait a few seconds, then try again.'],

  // Accounts and sessions
  not_signed_in: [401, 'Sign in first.'],
  signed_in_as_another: [409, 'You are signed in to this browser as somebody else by now. Load the page anew.'],
  wrong_credentials: [401, 'The e-mail address or the password is not right. Check both and try again.'],
  account_exists: [409, 'There is already an account with this e-mail address. Sign in instead.'],
  password_too_common: [400, 'This password is easy to guess. Choose a longer sentence of your own.'],
  account_not_found: [404, 'There is no such account.'],
  address_to_confirm: [403, 'Confirm your e-mail address first, with the link that was mailed to you. See Account.'],
  terms_to_accept: [403, 'Accept the terms of this site first. See Account.'],
  second_factor_to_set_up: [403, 'This site asks you for a second factor. Set it up first. See Account.'],
  authenticate_again: [403, 'Prove first that it is you: this asks for your password or another sign-in method again.'],
  session_not_found: [404, 'There is no such session. It has ended already.'],
  link_not_valid: [410, 'This link no longer works. It was used, or it is too old. Ask for a new one.'],
  link_for_somebody_else: [403, 'This link is for another account. Sign in with that one, then open it again.'],
  address_taken: [409, 'There is another account with this e-mail address. Choose another one.'],
  registration_closed: [
    403,
    'Nobody can register here by this address or without an invitation. Ask an operator of the site.',
  ],
  terms_changed: [409, 'The terms have changed meanwhile. Read and accept the present ones.'],
  member_disabled: [
    409,
    'This person’s account is disabled, so they can neither join nor get admin privileges. Choose somebody else, or ask an operator to enable the account.',
  ],
  account_disabled: [409, 'This account is disabled already.'],
  sole_admin: [
    409,
    'This account is the only admin of its organization. Appoint another admin there first, or dissolve the organization.',
  ],
  account_not_disabled: [409, 'This account is not disabled.'],
  not_yourself: [409, 'You cannot do this to your own account here. See Account, or ask another operator.'],
  last_operator: [
    409,
    'A site always has an operator, and this is its only one. Make another account an operator first.',
  ],
  passwords_off: [403, 'This site has no passwords of its own. Sign in through the identity provider.'],
  second_factor_off: [403, 'This site uses no second factors.'],
  second_factor_present: [409, 'There is a second factor already. Remove it first, then set up another one.'],
  second_factor_absent: [409, 'There is no second factor. Set one up first.'],
  wrong_code: [401, 'This code is not right. Look again: the app shows a new one every half minute.'],
  code_used: [401, 'This code was used already. Wait until the app shows the next one, and enter that.'],
  wrong_recovery_code: [401, 'This recovery code is not right, or it was used already. Check it, or use another one.'],
  passkey_not_valid: [401, 'This passkey was not accepted. Try it again, or sign in another way.'],
  too_many_passkeys: [409, 'An account has at most 20 passkeys. Remove one first, then add this one.'],
  passkey_not_found: [404, 'There is no such passkey.'],
  last_sign_in_method: [409, 'This is the only way to sign in to the account. Add another one first.'],
  provider_absent: [404, 'This site has no identity provider to sign in through.'],
  provider_unavailable: [503, 'The identity provider does not answer. Try again in a moment, or sign in another way.'],
  provider_refused: [401, 'Signing in through the identity provider did not work, or took too long. Try again.'],
  provider_address_unverified: [
    403,
    'The identity provider does not say that your e-mail address is verified. Have it verified there, then try again.',
  ],
  provider_address_taken: [
    409,
    'There is an account with this e-mail address already, and it is not linked by itself. Sign in to it as before, or set a new password, then link the identity provider under Account. Its address has to be confirmed.',
  ],
  provider_address_differs: [
    409,
    'The identity provider knows you by another e-mail address than this account. To be linked, both have to be the same.',
  ],
  provider_linked: [409, 'This account is linked to the identity provider already.'],
  provider_linked_elsewhere: [409, 'You are linked to another account of this site there. Sign in to that one.'],
  provider_not_linked: [404, 'This account is not linked to the identity provider.'],
  sign_in_again: [
    401,
    'This took too long, too many codes were wrong, or the code was used elsewhere at the same moment. Sign in again from the start.',
  ],
  operator_needed: [403, 'Only an operator of this site can do this.'],
  setup_link_invalid: [
    410,
    'This link does not work. Copy the whole link from the server’s output. If it was used already, ask an operator of the site, or run “guildhall operator grant EMAIL”.',
  ],

  // Organizations
  organization_not_found: [404, 'There is no such organization, or you are not part of it.'],
  organization_name_taken: [
    409,
    'An organization with this name exists already. Choose another name, or ask it for an invitation.',
  ],
  already_in_an_organization: [
    409,
    'You are in an organization already. Leave it first; an account is in one organization at a time.',
  ],
  waiting_for_own_organization: [
    409,
    'Your own request for an organization is waiting for an operator. Withdraw the request first, under Organization, then accept the invitation.',
  ],
  organization_not_accepted: [409, 'The organization is not accepted yet. Wait until an operator has accepted it.'],
  organization_suspended: [409, 'The organization is suspended. Ask an operator why, and when it will be reinstated.'],
  organization_ended: [409, 'The organization no longer exists.'],
  wrong_organization_state: [
    409,
    'The organization is not in a state in which this can be done. Look at its current state.',
  ],
  limit_not_higher: [400, 'This is not above the present users limit. Ask for a higher one.'],
  nothing_waits: [409, 'Nothing waits for a decision here. It was decided or withdrawn already.'],
  organization_full: [
    409,
    'The organization has as many members as it may have. Its admins can request a higher users limit.',
  ],

  // Memberships
  admin_privileges_needed: [403, 'This needs admin privileges. Ask an admin of your organization.'],
  membership_not_found: [404, 'There is no such member in this organization.'],
  last_admin: [
    409,
    'An organization always has an admin, and this is its only one. Hand over to another member first, or dissolve the organization.',
  ],
  not_the_sole_member: [
    409,
    'Only the sole member can dissolve an organization. Remove the other members first, or hand over and leave.',
  ],
  account_in_another_organization: [409, 'This account is in an organization already. It has to leave that one first.'],

  // Invitations
  code_mistyped: [400, 'There is a typo in this code. Compare it with the one you were given.'],
  code_not_valid: [404, 'This is not a valid code. Ask for a new one.'],
  too_many_wrong_codes: [429, (wait) => `Too many wrong codes. Wait ${wait}, then try again.`],
  invitation_not_found: [404, 'There is no such invitation in this organization.'],
  invitation_expired: [410, 'This invitation has expired. Ask for a new one.'],
  invitation_revoked: [410, 'This invitation was revoked. Ask for a new one.'],
  invitation_used: [410, 'This invitation has been used already. Ask for a new one.'],
  invitation_used_by_you: [409, 'You have used this invitation already. Ask for a new one.'],
  member_already: [409, 'You are a member of this organization already. There is nothing left to accept.'],
  invitee_is_a_member: [409, 'Somebody with this address is a member already, and needs no invitation.'],
  invitation_for_somebody_else: [
    403,
    'This invitation is for another e-mail address. Sign in with that one, or ask for a new invitation.',
  ],
  address_not_confirmed: [
    403,
    'This invitation is for one e-mail address or domain, and yours is not confirmed yet. Ask an operator of this site to confirm it.',
  ],
  acceptance_for_another_address: [
    409,
    'The invitation is for one e-mail address or domain, and this person no longer has a confirmed address that it is for. Ask them to confirm one, or decline them.',
  ],
  invitation_not_pending: [409, 'This invitation has ended already.'],
  waiting_for_approval: [409, 'You wait for an organization’s approval already. Withdraw that first.'],
  acceptance_not_found: [404, 'There is nobody waiting under this name.'],
  acceptance_decided: [409, 'This was decided already.'],

  // Services and roles
  service_not_found: [404, 'There is no such service.'],
  role_not_found: [404, 'There is no such role.'],
  role_kind_is_fixed: [
    409,
    'A role cannot turn from an access role into a quota role, or back. Give the new one another key.',
  ],
  role_retired: [409, 'This role is retired. Choose another one.'],
  role_not_requestable: [409, 'This role cannot be asked for. Choose another one.'],
  role_held_already: [409, 'The organization holds this already.'],
  role_request_pending: [
    409,
    'This has been asked for already. Wait for the decision, or withdraw that request first.',
  ],
  role_request_not_found: [404, 'There is no such role request.'],
  role_request_decided: [409, 'This was decided or withdrawn already.'],
  role_assignment_not_found: [404, 'The organization does not hold this role.'],
  end_in_the_past: [400, 'The end date has passed already. Choose a later one, or none.'],
  moment_in_the_future: [400, 'What will be is not known. Choose a moment that has passed.'],

  // Mails
  mail_not_configured: [
    409,
    'This site sends no mail. Pass codes and links on yourself, or ask an operator for a one-time link.',
  ],
  too_many_mails: [
    429,
    (wait) =>
      `Too many mails lately, from you or to this address. Wait ${wait}, or pass the code or the link on yourself.`,
  ],
  mail_not_found: [404, 'There is no such mail.'],
  mail_not_retryable: [
    409,
    'This mail was sent already, its link is gone, or what it was for has ended. A new one has to be asked for.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: Sentence]>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]
export const statusOf = (code: ProblemCode): number => problems[code][0]
/** “40 seconds”, “2 minutes”: rounded up, because waiting less would be in vain. */
function spelledOut(seconds: number): string {
  const [length, unit] = seconds <= 60 ? [1, 'second'] : seconds < 3600 ? [60, 'minute'] : [3600, 'hour']
  const count = Math.ceil(seconds / length)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Its sentence, with the time to wait where that is known. */
export function detailOf(code: ProblemCode, retryAfter?: number): string {
  const sentence: Sentence = problems[code][1]
  return typeof sentence === 'string' ? sentence : sentence(retryAfter ? spelledOut(retryAfter) : 'a while')
}

/** One wrong field of an input: where it is (`name`, `options.uses`) and what is wrong with it. */
export interface FieldError {
  path: string
  message: string
  /** The role request that stands in the way. The message tells of it in words. */
  requestId?: string
}

/** A problem document as it goes over the wire (RFC 9457, `application/problem+json`). */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  errors?: FieldError[]
}

/** A refusal. Thrown anywhere, answered by the HTTP layer, shown by the portal and the command line. */
export class Problem extends Error {
  readonly status: number
  constructor(
    readonly code: ProblemCode,
    readonly errors?: FieldError[],
    /** In how many seconds it makes sense to try again. */
    readonly retryAfter?: number,
  ) {
    super(detailOf(code, retryAfter))
    this.name = 'Problem'
    this.status = statusOf(code)
  }

  toDocument(): ProblemDocument {
    return {
      type: `/docs/errors#${this.code}`,
      title: this.code.replaceAll('_', ' '),
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}
