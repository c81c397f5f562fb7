import { mustBeAccepted } from '../../platform/access/admit'
import type { OrganizationState } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import type { NamedRole } from '../services/schema'

export interface GrantFacts {
  now: string
  organization: { state: OrganizationState; detailsVersion: number } | null
  role: (NamedRole & { version: number; retired: boolean; held: boolean; heldNow: string | null }) | null
}

/**
 * An operator may grant roles that organizations cannot request, but no retired ones, and none to an organization that
 * is not accepted and so passes none on.
 */
export function decideGrant(
  { now, organization, role }: GrantFacts,
  seen: { detailsVersion: number; roleVersion: number; held: string | null; expiresAt?: string | undefined },
): NamedRole {
  if (!organization) throw new Problem('organization_not_found')
  mustBeAccepted(organization.state)
  if (!role) throw new Problem('role_not_found')
  if (role.retired) throw new Problem('role_retired')
  if (role.held && !seen.expiresAt) throw new Problem('role_held_already')
  mustBeAhead(seen.expiresAt, now)
  mustBeAsSeen(organization.detailsVersion, seen.detailsVersion)
  mustBeAsSeen(role.version, seen.roleVersion)
  mustBeAsSeen(role.heldNow, seen.held)
  const { version, retired, held, heldNow, ...named } = role
  return named
}

export function mustBeAhead(end: string | undefined, now: string): void {
  if (end && Date.parse(end) <= Date.parse(now)) throw new Problem('end_in_the_past')
}
