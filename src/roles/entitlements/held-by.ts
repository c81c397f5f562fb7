import type { AnswerOf } from '../../platform/http/endpoint'
import type { Entitlement, HeldRole, listMemberEntitlements } from './schema'

/**
 * Since when a person has had an account, whether it was disabled at that moment, and since when they have been a
 * member.
 */
type Beginnings = Pick<AnswerOf<typeof listMemberEntitlements>['items'][number], 'registeredAt' | 'disabled' | 'since'>

/**
 * The roles common to all members, adjusted for one of them: no role is held from before the person could hold it. Runs
 * in browsers: a page of members contains the roles only once.
 */
export const heldBy = ({ registeredAt, disabled, since }: Beginnings, entitlements: Entitlement[]): Entitlement[] => {
  const own = (role: HeldRole | null): HeldRole | null =>
    role && { ...role, since: later(role.since, role.why.from === 'default' ? registeredAt : since) }
  if (disabled) return []
  return entitlements.map((one) => ({ ...one, access: own(one.access), quota: own(one.quota) }))
}

/** The later of two moments, to the microsecond; `Date` keeps only milliseconds. */
function later(one: string, other: string): string {
  const milliseconds = Date.parse(one) - Date.parse(other)
  return milliseconds > 0 || (milliseconds === 0 && fraction(one) > fraction(other)) ? one : other
}

const fraction = (moment: string): number => Number(`0.${/\.(\d+)/.exec(moment)?.[1] ?? 0}`)
