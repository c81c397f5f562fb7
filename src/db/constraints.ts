import { Problem, type ProblemCode } from '../errors'

/** The constraints have the last word: where a race gets past a rule, this is what the loser is told. */
const problemOf: Record<string, ProblemCode> = {
  memberships_one_per_account: 'already_in_an_organization',
  organizations_name: 'organization_name_taken',
  organizations_have_an_admin: 'last_admin',
  memberships_admins_are_active: 'member_disabled',
  acceptances_once_per_account: 'invitation_used_by_you',
  acceptances_one_waiting: 'waiting_for_approval',
  invitations_uses_spent_check: 'invitation_used',
  accounts_email_key: 'account_exists',
  organizations_member_limit: 'organization_full',
  role_request_parts_one_pending: 'role_request_pending',
  role_assignments_one_per_kind: 'changed_meanwhile',
  accounts_keep_a_way_in: 'last_sign_in_method',
}

interface DatabaseError extends Error {
  code?: string
  constraint?: string
}

/** The refusal that a database error stands for, if it stands for one. */
export function problemOfError(error: unknown): Problem | undefined {
  const { code, constraint } = error as DatabaseError
  if (code?.startsWith('23') && constraint && problemOf[constraint]) return new Problem(problemOf[constraint])
  if (isTransient(error)) return new Problem('changed_meanwhile')
  if (isUnavailable(error as DatabaseError)) return new Problem('database_unavailable')
  return undefined
}

/** Serialization failure or deadlock: nothing was done, and doing it again may well work. */
export function isTransient(error: unknown): boolean {
  const { code } = error as DatabaseError
  return code === '40001' || code === '40P01'
}

function isUnavailable({ code, message }: DatabaseError): boolean {
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'].includes(code ?? '') ||
    /^(57P|08|53)/.test(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(message ?? '')
  )
}
