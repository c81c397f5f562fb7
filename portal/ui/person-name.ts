import { isolated } from '../../src/platform/input/isolated'
import { fullName } from '../../src/platform/input/names'
import { formatNumber } from '../../src/platform/messages/intl'

/** First and last name, or the one that there is, as everywhere, and fit for any sentence. */
export const personName = (person: { firstName: string; lastName: string }) => isolated(fullName(person))

/** “1 member”, “3 members”. */
export const counted = (number: number, one: string, many = `${one}s`) =>
  `${formatNumber(number)} ${number === 1 ? one : many}`
