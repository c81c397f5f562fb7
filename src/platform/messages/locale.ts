/** The supported languages: English, and the pseudo-locale, which reveals untranslated text. */
export const locales = ['en', 'en-XA'] as const
export type Locale = (typeof locales)[number]

let current: () => Locale = () => 'en'

/** Sets the reader's language for all sentences from here on. */
export const locale = (): Locale => current()

/** A browser has one language; a server has one per request. */
export function setLocale(source: () => Locale): void {
  current = source
}
