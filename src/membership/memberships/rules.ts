import { type Admin, type Member, requireAdmin } from '../../platform/access/admit'
import { Problem } from '../../platform/errors'

interface Target {
  id: string
  accountId: string
  admin: boolean
  /** Whether its account is disabled: a disabled account gets no admin privileges. */
  disabled: boolean
}

/** The facts that a change of memberships rests on. */
export interface MembershipFacts {
  /** The membership to change, if it is a current one of this organization. */
  target: Target | null
  /** How many members of the organization have admin privileges. */
  admins: number
}

/** Grants or revokes; undefined if there is nothing to change. The last admin keeps the privileges. */
export function decideAdminPrivileges({ target, admins }: MembershipFacts, admin: boolean): Target | undefined {
  if (!target) throw new Problem('membership_not_found')
  if (target.admin === admin) return undefined
  if (!admin && admins === 1) throw new Problem('last_admin')
  if (admin && target.disabled) throw new Problem('member_disabled')
  return target
}

/** Any admin may remove any member; an organization keeps an admin. */
export function decideRemoval({ target, admins }: MembershipFacts): Target {
  if (!target) throw new Problem('membership_not_found')
  if (target.admin && admins === 1) throw new Problem('last_admin')
  return target
}

/**
 * Any member may leave, the last admin only by handing over to another member in the same step. Only admins can hand
 * over: a member without admin privileges has none to pass on.
 */
export function decideLeaving(
  { target, admins }: MembershipFacts,
  actor: Member,
  successorId: string | undefined,
): { handover: { by: Admin; successor: Target } | null } {
  if (successorId) {
    const by = requireAdmin(actor)
    if (!target || target.id === actor.membershipId) throw new Problem('membership_not_found')
    if (target.disabled) throw new Problem('member_disabled')
    return { handover: { by, successor: target } }
  }
  if (actor.admin && admins === 1) throw new Problem('last_admin')
  return { handover: null }
}
