import { mustBeAccepted } from '../../platform/access/admit'
import { isLive } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { mustBeAsSeen } from '../../platform/seen'
import type { OrganizationRow } from '../organizations/store'

/** A higher limit is asked for while there is one, and it is higher. */
export function decideLimitRequest(organization: OrganizationRow | null, limit: number): void {
  if (!organization) throw new Problem('organization_not_found')
  mustBeAccepted(organization.state)
  if (organization.memberLimit === null || limit <= organization.memberLimit) throw new Problem('limit_not_higher')
}

/** Whoever sets a limit says which limit, and which number asked for, they saw. */
export function decideLimit(
  organization: OrganizationRow | null,
  seen: { limit: number | null; wanted: number | null },
): void {
  if (!organization) throw new Problem('organization_not_found')
  if (!isLive(organization.state)) throw new Problem('organization_ended')
  mustBeAsSeen(organization.memberLimit, seen.limit)
  mustBeAsSeen(organization.limitWanted?.limit ?? null, seen.wanted)
}
