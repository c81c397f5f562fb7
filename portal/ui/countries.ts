import { countryCodes } from '../../src/http/countries'
import { language } from './language'

const names = new Intl.DisplayNames(language, { type: 'region' })

/** The country's name, as in the list one chooses from. */
export function countryName(code: string) {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

export const countryOptions = countryCodes
  .map((code) => ({ value: code, label: countryName(code) }))
  .sort((one, other) => one.label.localeCompare(other.label, language))
