import { IntlMessageFormat } from 'intl-messageformat'
import { locale } from './locale'
import { kept, pseudo } from './pseudo'

const formats = new Map<string, IntlMessageFormat>()

function formatOf(message: string): IntlMessageFormat {
  let format = formats.get(message)
  if (!format) {
    format = new IntlMessageFormat(message, 'en')
    formats.set(message, format)
  }
  return format
}

/**
 * A sentence with a plural or another choice, in ICU MessageFormat: `formatMessage('{count, plural, one {# member}
 * other {# members}}', { count })`. Use `t` for everything else: it is lighter.
 */
export function formatMessage(message: string, values: Record<string, string | number>): string {
  if (locale() === 'en') return String(formatOf(message).format(values))
  const marked = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? kept(value) : value])
  // A `select` compares the value, so it gets the unmarked one.
  const chosen = Object.entries(values).filter(([name]) => new RegExp(`\\{${name}, select`).test(message))
  return pseudo(String(formatOf(message).format({ ...Object.fromEntries(marked), ...Object.fromEntries(chosen) })))
}
