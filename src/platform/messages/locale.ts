/** The supported languages: English, and the pseudo-locale, which reveals untranslated text. */
export const locales = ['en', 'en-XA'] as const
export type Locale = (typeof locales)[number]

let current: () => Locale = () => 'en'

/** The reader's language. */
export const locale = (): Locale => current()

/** Sets where the reader's language comes from. A browser has one language; a server has one per request. */
export function setLocale(source: () => Locale): void {
  current = source
}
