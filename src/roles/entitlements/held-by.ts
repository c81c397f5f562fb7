import type { Entitlement, HeldRole } from './schema'

/** Since when somebody has an account, whether it was disabled then, and since when he is a member. */
interface Beginnings {
  registeredAt: string
  disabled: boolean
  since: string
}

/**
 * What all members hold, as one of them holds it: the same, but not since before he could. Browser-safe: a page of
 * members comes with what they hold once, because it is the same for all.
 */
export const heldBy = ({ registeredAt, disabled, since }: Beginnings, entitlements: Entitlement[]): Entitlement[] => {
  const own = (role: HeldRole | null): HeldRole | null =>
    role && { ...role, since: later(role.since, role.why.from === 'default' ? registeredAt : since) }
  if (disabled) return []
  return entitlements.map((one) => ({ ...one, access: own(one.access), quota: own(one.quota) }))
}

/** The later of two moments, to the microsecond, of which `Date` keeps no more than the thousands. */
function later(one: string, other: string): string {
  const milliseconds = Date.parse(one) - Date.parse(other)
  return milliseconds > 0 || (milliseconds === 0 && fraction(one) > fraction(other)) ? one : other
}

const fraction = (moment: string): number => Number(`0.${/\.(\d+)/.exec(moment)?.[1] ?? 0}`)
