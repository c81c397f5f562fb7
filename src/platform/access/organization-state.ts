import { Problem } from '../errors'

export const organizationStates = [
  'pending',
  'changes_requested',
  'accepted',
  'suspended',
  'rejected',
  'dissolved',
] as const

export type OrganizationState = (typeof organizationStates)[number]

export const isLive = (state: OrganizationState): boolean => state !== 'rejected' && state !== 'dissolved'

/** Only an accepted organization can invite and let people in. */
export function mustBeAccepted(state: OrganizationState): void {
  if (state === 'suspended') throw new Problem('organization_suspended')
  if (!isLive(state)) throw new Problem('organization_ended')
  if (state !== 'accepted') throw new Problem('organization_not_accepted')
}
