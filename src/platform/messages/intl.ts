import { locale } from './locale'
import { pseudo } from './pseudo'

/**
 * The variety of English: the reader's own, if they have one. A browser reports it; the server uses British English.
 */
let english = 'en-GB'
export const setEnglish = (language: string): void => {
  english = language
}

/** The language for `Intl`, which has no pseudo-locale. */
export const intlLocale = (): string => english

const localized = (text: string): string => (locale() === 'en-XA' ? pseudo(text) : text)

/** Creating a formatter costs far more than formatting, so each is created once per language and options. */
function cached<Options, Format>(create: (language: string, options: Options) => Format): (options: Options) => Format {
  const formats = new Map<string, Format>()
  return (options) => {
    const key = english + JSON.stringify(options)
    let format = formats.get(key)
    if (!format) {
      format = create(english, options)
      formats.set(key, format)
    }
    return format
  }
}

const dates = cached((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options))
const numbers = cached((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options))
const lists = cached((language, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options))
const relatives = cached(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
)
const names = cached((language, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(language, options))

export const formatDate = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  localized(dates(options).format(date))

export const formatNumber = (number: number, options: Intl.NumberFormatOptions = {}): string =>
  numbers(options).format(number)

/** “a, b and c”; with “or” if one of them is enough. The items stay unchanged. */
export const formatList = (items: string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  lists({ type })
    .formatToParts(items)
    .map((part) => (part.type === 'literal' ? localized(part.value) : part.value))
    .join('')

export const formatRelative = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  localized(relatives({}).format(value, unit))

/** “2 minutes” */
export const formatDuration = (count: number, unit: 'second' | 'minute' | 'hour'): string =>
  localized(numbers({ style: 'unit', unit, unitDisplay: 'long' }).format(count))

/** The name of a country, from its two-letter code (ISO 3166-1). */
export function formatCountry(code: string): string {
  try {
    return localized(names({ type: 'region' }).of(code) ?? code)
  } catch {
    return code
  }
}
