import { locale } from './locale'
import { pseudo } from './pseudo'

/** The variety of English: the reader's own if they have one. A browser reports it; a server uses British English. */
let english = 'en-GB'
export const setEnglish = (language: string): void => {
  english = language
}

/** The language for `Intl`, which has no pseudo-locale. */
export const intlLocale = (): string => english

const localized = (text: string): string => (locale() === 'en-XA' ? pseudo(text) : text)

export const formatDate = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  localized(dateFormat(options).format(date))

export const formatNumber = (number: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(english, options).format(number)

/** “a, b and c”; with “or” if one of them is enough. The items stay unchanged. */
export const formatList = (items: string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  new Intl.ListFormat(english, { type })
    .formatToParts(items)
    .map((part) => (part.type === 'literal' ? localized(part.value) : part.value))
    .join('')

export const formatRelative = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  localized(new Intl.RelativeTimeFormat(english).format(value, unit))

/** “2 minutes” */
export const formatDuration = (count: number, unit: 'second' | 'minute' | 'hour'): string =>
  localized(new Intl.NumberFormat(english, { style: 'unit', unit, unitDisplay: 'long' }).format(count))

/** The name of a country, from its two-letter code (ISO 3166-1). */
export function formatCountry(code: string): string {
  try {
    return localized(new Intl.DisplayNames(english, { type: 'region' }).of(code) ?? code)
  } catch {
    return code
  }
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = english + JSON.stringify(options)
  let format = dateFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(english, options)
    dateFormats.set(key, format)
  }
  return format
}
