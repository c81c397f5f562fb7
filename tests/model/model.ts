import type { OrganizationState } from '../../src/platform/access/organization-state'
import type { ProblemCode } from '../../src/platform/problems'
import type { PartState } from '../../src/roles/role-requests/schema'
import type { RoleKind } from '../../src/roles/services/schema'

/**
 * The expected state, as plain data. Every operation either changes it and returns undefined, or leaves it unchanged
 * and returns the code of the refusal. The model is independent of SQL, HTTP and time.
 */
export interface Model {
  /** The number of the command sequence, because addresses are unique per site. */
  history: number
  people: ModelPerson[]
  organizations: ModelOrganization[]
  invitations: ModelInvitation[]
  acceptances: ModelAcceptance[]
  /** Roles of one service. */
  roles: ModelRole[]
  requests: ModelRequest[]
}

export interface ModelPerson {
  /** Index of their organization. */
  organization: number | null
  admin: boolean
  account: 'active' | 'disabled' | 'deleted'
  signedIn: boolean
  address: string
  confirmed: boolean
  /** By organization that an admin removed them from: how many invitations there were by then. */
  removed: Record<number, number>
}

export interface ModelOrganization {
  author: number
  state: OrganizationState
  /** Indexes of the roles that the organization holds. */
  held: Record<RoleKind, number | null>
}

export interface ModelRole {
  kind: RoleKind
  retired: boolean
}

export interface ModelRequest {
  organization: number
  /** The access part first. */
  parts: { kind: RoleKind; role: number; state: PartState }[]
}

export interface ModelInvitation {
  organization: number
  by: number
  usesLeft: number
  grantsAdmin: boolean
  needsApproval: boolean
  boundTo: string | null
  revoked: boolean
}

export interface ModelAcceptance {
  invitation: number
  person: number
  state: 'joined' | 'awaiting_approval' | 'declined' | 'withdrawn'
}

/** The code of a refusal, or undefined on success. */
export type Outcome = ProblemCode | undefined

export const newModel = (addresses: string[], history = 0): Model => ({
  history,
  people: addresses.map((address) => ({
    organization: null,
    admin: false,
    account: 'active',
    signedIn: true,
    address,
    confirmed: true,
    removed: {},
  })),
  organizations: [],
  invitations: [],
  acceptances: [],
  roles: (['access', 'access', 'quota'] as const).map((kind) => ({ kind, retired: false })),
  requests: [],
})

const live = (state: OrganizationState) => state !== 'rejected' && state !== 'dissolved'
const membersOf = (model: Model, organization: number) =>
  model.people.filter((person) => person.organization === organization)
export const adminsOf = (model: Model, organization: number) =>
  membersOf(model, organization).filter((person) => person.admin)
export const waitingOf = (model: Model, person: number) =>
  model.acceptances.find((acceptance) => acceptance.person === person && acceptance.state === 'awaiting_approval')

/** A person who is no longer an admin loses their pending invitations. */
export function loseAuthority(model: Model, person: number): void {
  for (const invitation of model.invitations)
    if (invitation.by === person && invitation.usesLeft > 0) invitation.revoked = true
}

export function join(model: Model, person: number, organization: number, admin: boolean): void {
  Object.assign(model.people[person]!, { organization, admin })
}

/** Only a later end of another kind takes the mark of a removal away. */
export function depart(model: Model, person: number): void {
  const { organization, removed } = model.people[person]!
  if (organization !== null) delete removed[organization]
  model.people[person]!.organization = null
  model.people[person]!.admin = false
  loseAuthority(model, person)
}

function end(model: Model, organization: number, state: 'rejected' | 'dissolved'): undefined {
  model.organizations[organization]!.state = state
  model.organizations[organization]!.held = { access: null, quota: null }
  for (const part of model.requests.flatMap((one) => (one.organization === organization ? one.parts : [])))
    if (part.state === 'pending' && state === 'dissolved') part.state = 'withdrawn'
  model.people.forEach((person, index) => {
    if (person.organization === organization) depart(model, index)
  })
  for (const acceptance of model.acceptances)
    if (
      acceptance.state === 'awaiting_approval' &&
      model.invitations[acceptance.invitation]!.organization === organization
    )
      acceptance.state = 'declined'
}

export function asAdmin(model: Model, person: number, organization: number): Outcome {
  if (model.people[person]!.organization !== organization) return 'organization_not_found'
  return model.people[person]!.admin ? undefined : 'admin_privileges_needed'
}

export function free(model: Model, person: number): Outcome {
  const { organization } = model.people[person]!
  if (organization === null) return undefined
  const { state } = model.organizations[organization]!
  return state === 'pending' || state === 'changes_requested'
    ? 'waiting_for_own_organization'
    : 'already_in_an_organization'
}

export function accepted({ state }: ModelOrganization): Outcome {
  if (state === 'accepted') return undefined
  if (state === 'suspended') return 'organization_suspended'
  return live(state) ? 'organization_not_accepted' : 'organization_ended'
}

export function create(model: Model, person: number): Outcome {
  const refusal = free(model, person)
  if (refusal) return refusal
  model.organizations.push({ author: person, state: 'pending', held: { access: null, quota: null } })
  join(model, person, model.organizations.length - 1, true)
  return undefined
}

export const transitions = {
  accept: { from: ['pending'], to: 'accepted' },
  requestChanges: { from: ['pending'], to: 'changes_requested' },
  reject: { from: ['pending', 'changes_requested'], to: 'rejected' },
  suspend: { from: ['accepted'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'accepted' },
  dissolve: { from: ['pending', 'changes_requested', 'accepted', 'suspended'], to: 'dissolved' },
} as const

export function operatorDoes(model: Model, organization: number, what: keyof typeof transitions): Outcome {
  const { from, to } = transitions[what]
  const target = model.organizations[organization]!
  if (!(from as readonly string[]).includes(target.state)) return 'wrong_organization_state'
  if (to === 'rejected' || to === 'dissolved') return end(model, organization, to)
  target.state = to
  return undefined
}

export function resubmit(model: Model, person: number, organization: number): Outcome {
  const target = model.organizations[organization]!
  const inside = model.people[person]!.organization === organization
  if (!inside && !(target.state === 'rejected' && target.author === person)) return 'organization_not_found'
  if (target.state === 'rejected') {
    const refusal = free(model, person)
    if (refusal) return refusal
    join(model, person, organization, true)
  } else {
    if (!model.people[person]!.admin) return 'admin_privileges_needed'
    if (target.state !== 'changes_requested') return 'wrong_organization_state'
  }
  target.state = 'pending'
  return undefined
}

export function dissolve(model: Model, person: number, organization: number): Outcome {
  const refusal = asAdmin(model, person, organization)
  if (refusal) return refusal
  if (membersOf(model, organization).length > 1) return 'not_the_sole_member'
  return end(model, organization, 'dissolved')
}

export function appoint(model: Model, organization: number, person: number): Outcome | 'unchanged' {
  if (!live(model.organizations[organization]!.state)) return 'organization_ended'
  const target = model.people[person]!
  if (target.account !== 'active') return 'account_not_found'
  if (target.organization !== null && target.organization !== organization) return 'account_in_another_organization'
  if (target.admin) return 'unchanged'
  join(model, person, organization, true)
  return undefined
}

export function setAdmin(model: Model, person: number, other: number, admin: boolean): Outcome | 'unchanged' {
  const organization = model.people[other]!.organization!
  const refusal = asAdmin(model, person, organization)
  if (refusal) return refusal
  const target = model.people[other]!
  if (target.admin === admin) return 'unchanged'
  if (!admin && adminsOf(model, organization).length === 1) return 'last_admin'
  if (admin && target.account !== 'active') return 'member_disabled'
  target.admin = admin
  if (!admin) loseAuthority(model, other)
  return undefined
}

export function remove(model: Model, person: number, other: number): Outcome {
  const organization = model.people[other]!.organization!
  const refusal = asAdmin(model, person, organization)
  if (refusal) return refusal
  if (model.people[other]!.admin && adminsOf(model, organization).length === 1) return 'last_admin'
  depart(model, other)
  if (person !== other) model.people[other]!.removed[organization] = model.invitations.length
  return undefined
}

export function leave(model: Model, person: number): Outcome {
  const { organization, admin } = model.people[person]!
  if (admin && adminsOf(model, organization!).length === 1) return 'last_admin'
  depart(model, person)
  return undefined
}

export function handOver(model: Model, person: number, other: number): Outcome {
  const { organization, admin } = model.people[person]!
  if (!admin) return 'admin_privileges_needed'
  if (person === other || model.people[other]!.organization !== organization) return 'membership_not_found'
  if (model.people[other]!.account !== 'active') return 'member_disabled'
  model.people[other]!.admin = true
  depart(model, person)
  return undefined
}
