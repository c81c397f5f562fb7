import type { RoleKind } from '../../src/roles/services/schema'
import { accepted, asAdmin, type Model, type Outcome } from './model'

/** Requests these roles, at most one of each kind. */
export function request(model: Model, person: number, organization: number, roles: number[]): Outcome {
  const target = model.organizations[organization]!
  const refusal = asAdmin(model, person, organization) ?? accepted(target)
  if (refusal) return refusal
  if (roles.some((role) => model.roles[role]!.retired)) return 'role_not_requestable'
  const notHeld = roles.filter((role) => target.held[model.roles[role]!.kind] !== role)
  if (notHeld.length === 0) return 'role_held_already'
  const kinds = notHeld.map((role) => model.roles[role]!.kind)
  const pending = model.requests.flatMap((one) => (one.organization === organization ? one.parts : []))
  if (pending.some(({ kind, state }) => state === 'pending' && kinds.includes(kind))) return 'role_request_pending'
  const parts = notHeld.map((role) => ({ kind: model.roles[role]!.kind, role, state: 'pending' as const }))
  model.requests.push({ organization, parts: parts.sort((one, other) => (one.kind < other.kind ? -1 : 1)) })
  return undefined
}

export function withdraw(model: Model, person: number, index: number): Outcome {
  const { organization, parts } = model.requests[index]!
  const refusal = asAdmin(model, person, organization)
  if (refusal) return refusal
  const pending = parts.filter(({ state }) => state === 'pending')
  if (pending.length === 0) return 'role_request_decided'
  for (const part of pending) part.state = 'withdrawn'
  return undefined
}

export function decide(model: Model, index: number, kind: RoleKind, accept: boolean): Outcome {
  const { organization, parts } = model.requests[index]!
  const part = parts.find((one) => one.kind === kind)
  if (!part) return 'role_request_not_found'
  if (part.state !== 'pending') return 'role_request_decided'
  if (accept) {
    const refusal = accepted(model.organizations[organization]!)
    if (refusal) return refusal
    if (model.roles[part.role]!.retired) return 'role_retired'
    model.organizations[organization]!.held[kind] = part.role
  }
  part.state = accept ? 'accepted' : 'refused'
  return undefined
}

export function grant(model: Model, organization: number, role: number): Outcome {
  const target = model.organizations[organization]!
  const refusal = accepted(target)
  if (refusal) return refusal
  const { kind, retired } = model.roles[role]!
  if (retired) return 'role_retired'
  if (target.held[kind] === role) return 'role_held_already'
  target.held[kind] = role
  return undefined
}

export function revoke(model: Model, organization: number, kind: RoleKind): Outcome {
  const { held } = model.organizations[organization]!
  if (held[kind] === null) return 'role_assignment_not_found'
  held[kind] = null
  return undefined
}

/** Holders keep the role. A role that returns to the catalogue is no longer retired. */
export function retire(model: Model, role: number): undefined {
  model.roles[role]!.retired = !model.roles[role]!.retired
}
