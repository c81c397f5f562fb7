import { Problem } from '../errors'
import type { Access } from '../http/endpoint'
import type { ProblemCode } from '../problems'
import type { Actor } from './actor'
import { isLive } from './organization-state'
import type { RequiredAction } from './required-actions'

/** Proofs that somebody was let in as what they are. Only `admit` makes them. */
export type Member = Actor & { membershipId: string; organizationId: string }
export type Admin = Member & { admin: true }
export type Operator = Actor & { operator: true }

/** What a flow knows of its caller, by what its endpoint declares. */
export type Admitted<A extends Access> = A extends 'admin'
  ? Admin
  : A extends 'member'
    ? Member
    : A extends 'operator'
      ? Operator
      : Actor

/** Lets the caller in, or refuses. An outsider cannot tell a hidden organization from an absent one. */
export function admit<A extends Access>(
  access: A,
  actor: Actor | null,
  organizationId: string | undefined,
  fresh = false,
): Admitted<A> {
  if (!actor) throw new Problem('not_signed_in')
  if (access !== 'self' && actor.requiredActions[0]) throw new Problem(firstDo[actor.requiredActions[0]])
  const inside = organizationId !== undefined && actor.organizationId === organizationId
  if (access === 'operator' && !actor.operator) throw new Problem('operator_needed')
  if (access === 'member' && !inside) throw new Problem('organization_not_found')
  if (access === 'memberOrOperator' && !inside && !actor.operator) throw new Problem('organization_not_found')
  if (access === 'admin' || access === 'adminOrOperator') {
    const asOperator = access === 'adminOrOperator' && actor.operator
    if (!asOperator && !inside) throw new Problem('organization_not_found')
    if (!asOperator && !actor.admin) throw new Problem('admin_privileges_needed')
  }
  if (fresh) mustBeFresh(actor)
  return actor as Admitted<A>
}

const firstDo: Record<RequiredAction, ProblemCode> = {
  confirm_address: 'address_to_confirm',
  accept_terms: 'terms_to_accept',
  second_factor: 'second_factor_to_set_up',
}

export function mustBeFresh(actor: Actor): void {
  if (!actor.fresh) throw new Problem('authenticate_again')
}

/** Where an address has to be confirmed, nothing that signs in is added before: the account may be in somebody else's name. */
export function mustHaveConfirmed({ requiredActions: todo }: Actor): void {
  if (todo.includes('confirm_address')) throw new Problem('address_to_confirm')
}

/** Only an accepted organization can invite and let people in. */
export function mustBeAccepted(state: string): void {
  if (state === 'suspended') throw new Problem('organization_suspended')
  if (!isLive(state)) throw new Problem('organization_ended')
  if (state !== 'accepted') throw new Problem('organization_not_accepted')
}
