import { invalidInput, Problem } from '../errors'
import { t } from '../messages/t'
import type { ProblemCode } from '../problems'
import { ofDatabase } from './error-origin'

/** Constraints are the last safeguard: if two requests race past a rule, the loser gets this problem. */
export const problemOf: Record<string, ProblemCode> = {
  memberships_one_per_account: 'already_in_an_organization',
  organizations_name: 'organization_name_taken',
  organization_names_pkey: 'organization_name_taken',
  organizations_have_an_admin: 'last_admin',
  memberships_admins_are_active: 'member_disabled',
  acceptances_once_per_account: 'invitation_used_by_you',
  acceptances_one_waiting: 'waiting_for_approval',
  invitations_uses_spent_check: 'invitation_used',
  accounts_email_key: 'account_exists',
  organizations_member_limit: 'organization_full',
  role_request_parts_one_pending: 'role_request_pending',
  role_assignments_one_per_kind: 'changed_meanwhile',
  // It was later when the rule looked.
  role_assignments_end_later: 'end_in_the_past',
  accounts_keep_a_way_in: 'last_sign_in_method',
  accounts_deleted_leave_nothing: 'changed_meanwhile',
  sessions_accounts_are_active: 'changed_meanwhile',
  memberships_accounts_are_active: 'changed_meanwhile',
  acceptances_accounts_are_active: 'changed_meanwhile',
  passkeys_accounts_are_active: 'changed_meanwhile',
  credentials_accounts_are_active: 'changed_meanwhile',
  two_factors_accounts_are_active: 'changed_meanwhile',
  verifications_accounts_are_active: 'changed_meanwhile',
  tokens_accounts_are_active: 'changed_meanwhile',
  tokens_are_limited: 'too_many_tokens',
  events_tokens_are_usable: 'token_not_valid',
  service_keys_are_limited: 'too_many_service_keys',
  s3_keys_are_limited: 'too_many_s3_keys',
  s3_keys_accounts_are_active: 'changed_meanwhile',
  connections_one_gateway: 's3_gateway_exists',
  connections_gateway_once: 's3_gateway_exists',
  connections_remote_once: 'system_connected_already',
  connections_webhook_once: 'webhook_exists',
}

/** When to retry if the database did not answer, in s. */
const comeAgain = 1

interface DatabaseError extends Error {
  /** A text from PostgreSQL and sockets; a number from the embedded database's file system. */
  code?: string | number
  constraint?: string
}

function codeOf(error: unknown): string {
  const { code } = error as DatabaseError
  return typeof code === 'string' ? code : ''
}

/** The problem that a database error stands for, if any. */
export function problemOfError(error: unknown): Problem | undefined {
  const { constraint } = error as DatabaseError
  const code = codeOf(error)
  if (code.startsWith('23') && constraint && problemOf[constraint]) return new Problem(problemOf[constraint])
  // SQLSTATE class 22: the database cannot read or store a value, so the value came from outside.
  if (code.startsWith('22')) return invalidInput('', t('One of the values cannot be stored or compared.'))
  // Serialization failure or deadlock: nothing was done, and a retry may well succeed.
  if (code === '40001' || code === '40P01') return new Problem('changed_meanwhile')
  if (isUnavailable(error as DatabaseError)) return new Problem('database_unavailable', undefined, comeAgain)
  return undefined
}

/** Only the database's sockets: a client's or the identity provider's fail with the same codes. */
function isUnavailable(error: DatabaseError): boolean {
  if (!ofDatabase(error)) return false
  const [code, message] = [codeOf(error), error.message]
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'].includes(code) ||
    /^(57P|08|53)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(message ?? '')
  )
}
