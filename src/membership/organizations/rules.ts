import type { Actor } from '../../platform/access/actor'
import { isLive, type OrganizationState } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'
import { mustBeAsSeen } from '../../platform/seen'
import { type AskableRole, mustDiffer, partsOf, type RolesWanted } from '../../roles/role-requests/rules'
import type { Abilities, Organization } from './schema'
import type { OrganizationRow, ServicesChange } from './store'

/** What shows nothing, or chooses between two pictures of one character, as in ❤️, makes no other name. */
const hidden = /\p{Default_Ignorable_Code_Point}/gu

/**
 * Names are compared by this: composed, without regard to case (by way of capitals, which tell ß from ss no more than
 * readers do; but ẞ is a capital itself, so from small letters), runs of spaces as one. Cut, because some characters grow
 * when composed, and an index entry may not.
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

/** From which states an operator may bring an organization into another. */
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

/** Nobody in an organization, or waiting for his own, can ask for another or join one. */
export function mustBeFree(actor: Actor): void {
  if (!actor.organizationId) return
  const waits = actor.organizationState === 'pending' || actor.organizationState === 'changes_requested'
  throw new Problem(waits ? 'waiting_for_own_organization' : 'already_in_an_organization')
}

/** Correcting is an admin's after changes were asked for, and the author's after a rejection. Others learn nothing. */
export function decideResubmission(
  organization: OrganizationRow | null,
  actor: Actor,
  stateVersion: number,
): 'changes_requested' | 'rejected' {
  const isAdmin = organization?.mine?.admin
  const isAuthor = organization?.author.id === actor.id
  if (!organization || !(organization.mine || (isAuthor && organization.state === 'rejected')))
    throw new Problem('organization_not_found')
  if (organization.state === 'rejected') {
    mustBeFree(actor)
    mustBeAsSeen(organization.stateVersion, stateVersion)
    return 'rejected'
  }
  if (!isAdmin) throw new Problem('admin_privileges_needed')
  if (organization.state !== 'changes_requested') throw new Problem('wrong_organization_state')
  mustBeAsSeen(organization.stateVersion, stateVersion)
  return 'changes_requested'
}

/** The sole member dissolves without giving a reason; an operator gives one, whoever is in it. */
export function decideDissolution(
  organization: OrganizationRow | null,
  actor: Actor,
  reason: string | undefined,
  stateVersion: number,
): 'by_sole_member' | 'by_operator' {
  decideTransition(organization, transitions.dissolved, stateVersion)
  if (organization?.mine?.admin && organization.members === 1) return 'by_sole_member'
  if (!actor.operator) throw new Problem('not_the_sole_member')
  if (!reason)
    throw new Problem('invalid_input', [{ path: 'reason', message: t('Give a reason: the members will read it.') }])
  return 'by_operator'
}

/** A member becomes admin; somebody in no organization joins as one. Undefined: he is one already. */
export function decideAppointment(
  organization: OrganizationRow | null,
  account: { membershipId: string | null; organizationId: string | null; admin: boolean | null } | null,
): { membershipId: string | null } | undefined {
  if (!organization) throw new Problem('organization_not_found')
  if (!isLive(organization.state)) throw new Problem('organization_ended')
  if (!account) throw new Problem('account_not_found')
  if (account.organizationId && account.organizationId !== organization.id)
    throw new Problem('account_in_another_organization')
  return account.admin ? undefined : { membershipId: account.membershipId }
}

/** What the caller may do with an organization now. Says what the rules above and the memberships' would let pass. */
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

/** What has to be withdrawn and asked for so that these services are wanted. What is wanted as before stays as it is. */
export function decideServices(
  { servicesWanted }: OrganizationRow,
  wanted: RolesWanted[] | undefined,
  roles: AskableRole[],
  newId: () => string,
): ServicesChange {
  if (!wanted) return { withdrawn: [], requests: [] }
  mustDiffer(wanted)
  const before = (serviceId: string) => servicesWanted.filter(({ service }) => service.id === serviceId)
  const isAsBefore = ({ serviceId, accessRoleId, quotaRoleId }: RolesWanted) => {
    const asked = before(serviceId).flatMap((one) => one.roles.map(({ id }) => id))
    const now = [accessRoleId, quotaRoleId].filter((id) => id !== null)
    return now.length > 0 && asked.length === now.length && now.every((id) => asked.includes(id))
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
