import { mustBeAccepted } from '../../platform/access/admit'
import type { OrganizationState } from '../../platform/access/organization-state'
import { invalidInput, Problem } from '../../platform/errors'
import { fullName } from '../../platform/input/names'
import { formatDate } from '../../platform/messages/intl'
import { t } from '../../platform/messages/t'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { mustBeAhead } from '../role-assignments/rules'
import type { NamedRole, RoleKind } from '../services/schema'
import type { Decision } from './schema'

/** The properties of a role that matter for requesting it. */
export interface AskableRole extends Omit<NamedRole, 'roleId'> {
  id: string
  requestable: boolean
  retired: boolean
}

export interface RolesWanted {
  serviceId: string
  accessRoleId: string | null
  quotaRoleId: string | null
}

/** The ids of the roles that a form names. */
export const roleIdsOf = ({ accessRoleId, quotaRoleId }: RolesWanted): string[] =>
  [accessRoleId, quotaRoleId].filter((id) => id !== null)

/** The parts of a form, at least one, each a role that can be requested on this service. `at` is the form’s path. */
export function partsOf(wanted: RolesWanted, roles: AskableRole[], at = ''): NamedRole[] {
  const { serviceId } = wanted
  const asked = [
    { kind: 'access' as const, roleId: wanted.accessRoleId, path: `${at}accessRoleId` },
    { kind: 'quota' as const, roleId: wanted.quotaRoleId, path: `${at}quotaRoleId` },
  ]
  const parts = asked.flatMap(({ kind, roleId, path }) => {
    if (!roleId) return []
    const role = roles.find(({ id }) => id === roleId)
    if (role?.serviceId !== serviceId || role.kind !== kind)
      throw invalidInput(
        path,
        kind === 'access' ? t('Not an access role of this service.') : t('Not a quota role of this service.'),
      )
    if (role.retired || !role.requestable)
      throw new Problem('role_not_requestable', [{ path, message: t('This role cannot be requested.') }])
    return [{ kind, roleId, serviceId, service: role.service, role: role.role }]
  })
  if (parts.length === 0) throw invalidInput(`${at}accessRoleId`, t('Choose an access role, a quota role, or both.'))
  return parts
}

/** Guard: a form names each service once. */
export function mustDiffer(wanted: RolesWanted[]): void {
  const errors = wanted.flatMap(({ serviceId }, index) =>
    wanted.findIndex((one) => one.serviceId === serviceId) === index
      ? []
      : [{ path: `services.${index}.serviceId`, message: t('This service is already listed.') }],
  )
  if (errors.length > 0) throw new Problem('invalid_input', errors)
}

export interface RequestFacts {
  roles: AskableRole[]
  /**
   * What the organization holds on the service by assignment, without an expiry. An assignment that expires can be
   * renewed.
   */
  held: { kind: RoleKind; roleId: string }[]
  /** The parts that already wait for a decision. */
  pending: (Pick<NamedRole, 'kind' | 'service' | 'role'> & {
    requestId: string
    requestedAt: string
    requestedBy: { firstName: string; lastName: string }
  })[]
}

/**
 * Roles held without an expiry are left out; for those already requested, the problem refers to the pending request.
 */
export function decideRequest(
  facts: RequestFacts,
  wanted: RolesWanted,
  organizationState: OrganizationState,
): NamedRole[] {
  mustBeAccepted(organizationState)
  const parts = partsOf(wanted, facts.roles).filter(
    (part) => !facts.held.some(({ kind, roleId }) => kind === part.kind && roleId === part.roleId),
  )
  if (parts.length === 0) throw new Problem('role_held_already')
  const twice = parts.flatMap((part) => facts.pending.filter(({ kind }) => kind === part.kind))
  if (twice.length > 0)
    throw new Problem(
      'role_request_pending',
      twice.map(({ kind, requestId, service, role, requestedBy, requestedAt }) => ({
        path: `${kind}RoleId`,
        message: t('{requester} requested {role} on {service} on {day}. The request is pending.', {
          role: role.name,
          service: service.name,
          requester: fullName(requestedBy),
          day: formatDate(new Date(requestedAt), { dateStyle: 'long', timeZone: 'UTC' }),
        }),
        requestId,
      })),
    )
  return parts
}

export interface PartFacts extends Pick<NamedRole, 'kind' | 'service' | 'role'> {
  requestId: string
  state: string
  roleRetired: boolean
  roleVersion: number
  /** What the organization holds in its place now, by assignment. */
  held: string | null
  organizationId: string
  organizationState: OrganizationState
  detailsVersion: number
}

/** A decision that can be made, with the details of the part for its event. */
export type DecidedPart = Decision & Pick<PartFacts, 'organizationId' | 'service' | 'role'>

/** Every one of the decisions has to be possible; otherwise none is made. */
export function decideParts(decisions: Decision[], parts: PartFacts[], now: string): DecidedPart[] {
  const keys = decisions.map(({ requestId, kind }) => `${requestId} ${kind}`)
  if (new Set(keys).size < keys.length) throw invalidInput('decisions', t('A part is decided more than once.'))
  return decisions.map((decision) => {
    const part = parts.find(({ requestId, kind }) => requestId === decision.requestId && kind === decision.kind)
    if (!part) throw new Problem('role_request_not_found')
    if (part.state !== 'pending') throw new Problem('role_request_decided')
    if (decision.accept) {
      mustBeAccepted(part.organizationState)
      if (part.roleRetired) throw new Problem('role_retired')
      mustBeAhead(decision.expiresAt, now)
    }
    mustBeAsSeen(part.detailsVersion, decision.detailsVersion)
    mustBeAsSeen(part.roleVersion, decision.roleVersion)
    mustBeAsSeen(part.held, decision.held)
    const { organizationId, service, role } = part
    return { ...decision, organizationId, service, role }
  })
}
