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
