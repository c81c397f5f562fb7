import { isolated } from '../../src/platform/input/isolated'
import { fullName } from '../../src/platform/input/names'

/** First and last name, or the one that there is, as everywhere, and fit for any sentence. */
export const personName = (person: { firstName: string; lastName: string }) => isolated(fullName(person))
