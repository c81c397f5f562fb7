/** The languages that there are: English, and the pseudo-locale, which shows what is not translated. */
export const locales = ['en', 'en-XA'] as const
export type Locale = (typeof locales)[number]

let current: () => Locale = () => 'en'

/** The language that sentences are in from here on: the reader's. */
export const locale = (): Locale => current()

/** A browser has one language; a server has one per request. */
export function setLocale(source: () => Locale): void {
  current = source
}
