import { countryCodes } from '../../src/platform/countries'
import { formatCountry, intlLocale } from '../../src/platform/messages/intl'
import { longCodes, otherNames } from './country-names'

/** All countries in the order of their names in the reader's language; found by their other names, too. */
export function countryOptions() {
  return countryCodes
    .map((code, place) => ({
      value: code,
      label: formatCountry(code),
      keywords: [code, longCodes[place]!, ...(otherNames[code]?.split(', ') ?? [])],
    }))
    .sort((one, other) => one.label.localeCompare(other.label, intlLocale()))
}
