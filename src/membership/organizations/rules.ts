import type { Actor } from '../../platform/access/actor'
import { type Admin, isAdmin, requireAdmin } from '../../platform/access/admit'
import { isLive, type OrganizationState } from '../../platform/access/organization-state'
import { invalidInput, Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { type AskableRole, mustDiffer, partsOf, type RolesWanted, roleIdsOf } from '../../roles/role-requests/rules'
import type { Abilities, Organization } from './schema'
import type { OrganizationRow, Resubmitter, ServicesChange } from './store'

/**
 * Invisible characters, and those that select between two pictures of one character, as in ❤️, do not make a name
 * different.
 */
const hidden = /\p{Default_Ignorable_Code_Point}/gu

/**
 * The key by which names are compared: NFC, case-insensitive, with runs of spaces collapsed. Case is folded through
 * upper case, which maps ß to SS, as readers do; lower case comes first, because ẞ is itself a capital. Truncated,
 * because composition can lengthen a string and index entries have a size limit.
 */
export function nameKey(name: string): string {
  return name
    .replace(hidden, '')
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500)
}

/** The states from which an operator may move an organization into another. */
export const transitions = {
  accepted: ['pending'],
  changes_requested: ['pending'],
  rejected: ['pending', 'changes_requested'],
  suspended: ['accepted'],
  reinstated: ['suspended'],
  dissolved: ['pending', 'changes_requested', 'accepted', 'suspended'],
} as const satisfies Record<string, OrganizationState[]>

/** An operator may do this only from certain states, and from the one that they saw. */
export function decideTransition(
  organization: OrganizationRow | null,
  from: readonly OrganizationState[],
  stateVersion: number,
): OrganizationRow {
  if (!organization) throw new Problem('organization_not_found')
  if (!from.includes(organization.state)) throw new Problem('wrong_organization_state')
  mustBeAsSeen(organization.stateVersion, stateVersion)
  return organization
}

/** Guard: a person in an organization, or waiting for their own, can neither request another nor join one. */
export function mustBeFree(actor: Actor): void {
  if (!actor.organizationId) return
  const waits = actor.organizationState === 'pending' || actor.organizationState === 'changes_requested'
  throw new Problem(waits ? 'waiting_for_own_organization' : 'already_in_an_organization')
}

/**
 * An admin corrects a request after changes were requested, its author after a rejection. To others it does not exist.
 */
export function decideResubmission(
  organization: OrganizationRow | null,
  actor: Actor,
  stateVersion: number,
): { organization: OrganizationRow; by: Resubmitter } {
  const isAuthor = organization?.author.id === actor.id
  if (!organization || !(organization.mine || (isAuthor && organization.state === 'rejected')))
    throw new Problem('organization_not_found')
  if (organization.state === 'rejected') {
    mustBeFree(actor)
    mustBeAsSeen(organization.stateVersion, stateVersion)
    return { organization, by: { from: 'rejected', actor } }
  }
  const admin = requireAdmin(actor)
  if (organization.state !== 'changes_requested') throw new Problem('wrong_organization_state')
  mustBeAsSeen(organization.stateVersion, stateVersion)
  return { organization, by: { from: 'changes_requested', actor: admin } }
}

/** The sole member dissolves without giving a reason; an operator gives one, however many members there are. */
export function decideDissolution(
  organization: OrganizationRow | null,
  actor: Actor,
  reason: string | undefined,
  stateVersion: number,
): { soleMember: Admin } | { operator: Actor; reason: string } {
  const { mine, members } = decideTransition(organization, transitions.dissolved, stateVersion)
  if (mine && members === 1 && isAdmin(actor)) return { soleMember: actor }
  if (!actor.operator) throw new Problem('not_the_sole_member')
  if (!reason) throw invalidInput('reason', t('Enter a reason. Members will see it.'))
  return { operator: actor, reason }
}

/** A member becomes admin; a person in no organization joins as one. `already`: they are an admin of it. */
export function decideAppointment<
  Account extends { membershipId: string | null; organizationId: string | null; admin: boolean | null },
>(organization: OrganizationRow | null, account: Account | null): { account: Account; already: boolean } {
  if (!organization) throw new Problem('organization_not_found')
  if (!isLive(organization.state)) throw new Problem('organization_ended')
  if (!account) throw new Problem('account_not_found')
  if (account.organizationId && account.organizationId !== organization.id)
    throw new Problem('account_in_another_organization')
  return { account, already: Boolean(account.admin) }
}

/**
 * What the caller may do with an organization now: the actions that the rules above and those of memberships would
 * permit.
 */
export function abilitiesOf(organization: OrganizationRow, actor: Actor): Abilities {
  const { state, mine, members, admins } = organization
  const live = isLive(state)
  const admin = live && Boolean(mine?.admin)
  const soleAdmin = admin && admins === 1
  const may = (from: readonly OrganizationState[]) => actor.operator && from.includes(state)
  return {
    invite: admin && state === 'accepted',
    requestRoles: admin && state === 'accepted',
    requestHigherLimit: admin && state === 'accepted' && organization.memberLimit !== null,
    editDetails: admin && state === 'accepted',
    withdrawIdentityChange: admin && organization.identityChange !== null,
    decideIdentityChange: actor.operator && organization.identityChange !== null,
    setMemberLimit: live && actor.operator,
    grantRole: may(['accepted']),
    seeInvitations: admin && (state === 'accepted' || state === 'suspended'),
    manageTokens: admin && state === 'accepted',
    seeTokens: admin && (state === 'accepted' || state === 'suspended'),
    manageMembers: admin,
    seeActivity: Boolean(mine?.admin) || actor.operator,
    leave: live && Boolean(mine) && !soleAdmin,
    handOver: admin && members > 1,
    dissolve: (admin && members === 1) || may(transitions.dissolved),
    resubmit:
      (admin && state === 'changes_requested') ||
      (state === 'rejected' && organization.author.id === actor.id && !actor.organizationId),
    accept: may(transitions.accepted),
    requestChanges: may(transitions.changes_requested),
    reject: may(transitions.rejected),
    suspend: may(transitions.suspended),
    reinstate: may(transitions.reinstated),
    appointAdmin: live && actor.operator,
  }
}

export function toOrganization(organization: OrganizationRow, actor: Actor): Organization {
  return { ...organization, can: abilitiesOf(organization, actor) }
}

/**
 * Which requests to withdraw and which to add so that the organization requests these services. Unchanged ones stay.
 */
export function decideServices(
  { servicesWanted }: Pick<OrganizationRow, 'servicesWanted'>,
  wanted: RolesWanted[] | undefined,
  roles: AskableRole[],
  newId: () => string,
): ServicesChange {
  if (!wanted) return { withdrawn: [], requests: [] }
  mustDiffer(wanted)
  const isAsBefore = (one: RolesWanted) => {
    const asked = servicesWanted.filter(({ service }) => service.id === one.serviceId).flatMap((before) => before.roles)
    const now = roleIdsOf(one)
    return now.length > 0 && asked.length === now.length && now.every((id) => asked.some((role) => role.id === id))
  }
  const kept = wanted.filter(isAsBefore).map(({ serviceId }) => serviceId)
  return {
    withdrawn: servicesWanted.filter(({ service }) => !kept.includes(service.id)).map(({ requestId }) => requestId),
    requests: wanted.flatMap((one, index) =>
      kept.includes(one.serviceId)
        ? []
        : [{ id: newId(), serviceId: one.serviceId, parts: partsOf(one, roles, `services.${index}.`) }],
    ),
  }
}
