import { mustBeAccepted } from '../../platform/access/admit'
import { isLive } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import type { OrganizationRow } from '../organizations/store'

/** A request for a higher member limit is possible while there is a limit, and has to exceed it. */
export function decideLimitRequest(organization: OrganizationRow | null, limit: number): void {
  if (!organization) throw new Problem('organization_not_found')
  mustBeAccepted(organization.state)
  if (organization.memberLimit === null || limit <= organization.memberLimit) throw new Problem('limit_not_higher')
}

/** An operator who sets a limit states which limit, and which requested number, they saw. */
export function decideLimit(
  organization: OrganizationRow | null,
  seen: { limit: number | null; wanted: number | null },
): void {
  if (!organization) throw new Problem('organization_not_found')
  if (!isLive(organization.state)) throw new Problem('organization_ended')
  mustBeAsSeen(organization.memberLimit, seen.limit)
  mustBeAsSeen(organization.limitWanted?.limit ?? null, seen.wanted)
}
