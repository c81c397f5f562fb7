import type { Change, Desired } from './connector'

/** The name and the address of a person, for systems that keep them. */
export type DesiredPerson = NonNullable<Desired['person']>

/** Null if access has ended. */
export const desiredPersonOf = ({ desired }: Change): DesiredPerson | null => {
  if (!desired) return null
  if (!desired.person) throw new Error('the ledger gives no name')
  return desired.person
}

/** What a person has came with a membership that has ended, though they may go on. */
export const isOfAnotherMembership = ({ known, desired }: Change): boolean =>
  known !== null && known.membership !== null && known.membership !== desired?.membership
