import { countryCodes } from '../../src/platform/countries'
import { longCodes, otherNames } from './country-names'

/** All countries in the order of their names, which are those of this language; found by their other names, too. */
export function countryOptions(language: string) {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return countryCodes
    .map((code, place) => ({
      value: code,
      label: names.of(code) ?? code,
      keywords: [code, longCodes[place]!, ...(otherNames[code]?.split(', ') ?? [])],
    }))
    .sort((one, other) => one.label.localeCompare(other.label, language))
}
