import { Problem } from '../errors'
import type { Access, Endpoint } from '../http/endpoint'
import { t } from '../messages/t'
import type { ProblemCode } from '../problems'
import type { ActingToken, Actor } from './actor'
import type { Credential } from './credential'
import { isLive, type OrganizationState } from './organization-state'
import type { RequiredAction } from './required-actions'
import { openToOrganizations, type Scope, scopeOf } from './scopes'

/** Proofs of what the caller is. Only `admit` and `requireAdmin` create them. */
export type Member = Actor & { membershipId: string; organizationId: string; organizationState: OrganizationState }
export type Admin = Member & { admin: true }
export type Operator = Actor & { operator: true }

/** The type of a flow's caller, by the access that its endpoint declares. */
export type Admitted<A extends Access> = A extends 'admin'
  ? Admin
  : A extends 'member'
    ? Member
    : A extends 'operator'
      ? Operator
      : Actor

/** Admits the caller or refuses. An outsider cannot tell a hidden organization from a missing one. */
export function admit<E extends Endpoint>(
  endpoint: E,
  actor: Actor | null,
  organizationId: string | undefined,
  presented: Credential['kind'],
): Admitted<E['access']> {
  const { access, fresh }: Endpoint = endpoint
  if (!actor) throw new Problem(presented === 'token' ? 'token_not_valid' : 'not_signed_in')
  if (access !== 'self' && actor.requiredActions[0]) throw new Problem(firstDo[actor.requiredActions[0]])
  // No person acts as a service.
  if (access === 'service') throw new Problem('service_key_not_valid')
  if (actor.token) mustBeInScope(actor.token, endpoint)
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
  return actor as Admitted<E['access']>
}

/** What a token may do is limited by its scopes, and then by what its maker may do. */
function mustBeInScope({ scopes, ofOrganization }: ActingToken, endpoint: Endpoint): void {
  const scope = scopeOf(endpoint)
  if (!scope || (ofOrganization && !openToOrganizations(endpoint))) throw new Problem('session_needed')
  if (!scopes.includes(scope)) throw scopeNeeded(scope)
}

const scopeNeeded = (scope: Scope) =>
  new Problem('scope_needed', [{ path: '', message: t('This needs the scope {scope}.', { scope }) }])

/** For a rule that requires more than its endpoint: an admin of the caller's organization. */
export function requireAdmin(actor: Actor): Admin {
  if (!isAdmin(actor)) throw new Problem('admin_privileges_needed')
  return actor
}

export const isAdmin = (actor: Actor): actor is Admin => isMember(actor) && actor.admin

const isMember = ({ membershipId, organizationId, organizationState }: Actor): boolean =>
  membershipId !== null && organizationId !== null && organizationState !== null

/** The refusal that asks for each of them. */
export const firstDo: Record<RequiredAction, ProblemCode> = {
  confirm_address: 'address_to_confirm',
  accept_terms: 'terms_to_accept',
  second_factor: 'second_factor_to_set_up',
}

export function mustBeFresh(actor: Actor): void {
  if (!actor.fresh) throw new Problem('authenticate_again')
}

/** Guard of the operators' commands on an account: it has to exist and belong to another person. */
export function mustBeAnother<Facts extends object>(
  account: Facts | null,
  accountId: string,
  operatorId: string,
): Facts {
  if (!account) throw new Problem('account_not_found')
  if (accountId === operatorId) throw new Problem('not_yourself')
  return account
}

/**
 * If the site requires confirmed addresses, no sign-in method can be added before: until then, the address may belong
 * to another person.
 */
export function mustHaveConfirmed({ requiredActions: todo }: Actor): void {
  if (todo.includes('confirm_address')) throw new Problem('address_to_confirm')
}

/** Only an accepted organization can invite and admit people. */
export function mustBeAccepted(state: OrganizationState): void {
  if (state === 'suspended') throw new Problem('organization_suspended')
  if (!isLive(state)) throw new Problem('organization_ended')
  if (state !== 'accepted') throw new Problem('organization_not_accepted')
}
