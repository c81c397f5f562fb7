export const organizationStates = [
  'pending',
  'changes_requested',
  'accepted',
  'suspended',
  'rejected',
  'dissolved',
] as const

export type OrganizationState = (typeof organizationStates)[number]

/** A rejected or dissolved organization has no members, and its name is free. */
export const isLive = (state: OrganizationState): boolean => state !== 'rejected' && state !== 'dissolved'

/** The problems of `mustBeAccepted`. */
export const notAcceptedProblems = [
  'organization_suspended',
  'organization_ended',
  'organization_not_accepted',
] as const
