import { Problem } from '../errors'
import { mustBeAccepted, mustBeAsSeen } from '../organizations/rules'
import { mustBeAhead } from '../role-requests/rules'
import type { NamedRole } from '../services/schema'

export interface GrantFacts {
  now: string
  organizationState: string | null
  role: (NamedRole & { version: number; retired: boolean; held: boolean }) | null
}

/** An operator may grant what organizations cannot ask for, but nothing retired, and nothing to an organization that passes nothing on. */
export function decideGrant(
  { now, organizationState, role }: GrantFacts,
  { roleVersion, expiresAt }: { roleVersion: number; expiresAt?: string | undefined },
): NamedRole {
  if (!organizationState) throw new Problem('organization_not_found')
  mustBeAccepted(organizationState)
  if (!role) throw new Problem('role_not_found')
  if (role.retired) throw new Problem('role_retired')
  if (role.held && !expiresAt) throw new Problem('role_held_already')
  mustBeAhead(expiresAt, now)
  mustBeAsSeen(role.version, roleVersion)
  const { version, retired, held, ...named } = role
  return named
}
