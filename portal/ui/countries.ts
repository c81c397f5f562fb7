import { countryCodes } from '../../src/http/countries'

const names = new Intl.DisplayNames(undefined, { type: 'region' })

/** The country's name in the reader's language. */
export function countryName(code: string) {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

export const countryOptions = countryCodes
  .map((code) => ({ value: code, label: countryName(code) }))
  .sort((one, other) => one.label.localeCompare(other.label))
