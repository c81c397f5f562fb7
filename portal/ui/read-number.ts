import { plain } from '../../src/platform/input/pasted'
import { t } from '../../src/platform/messages/t'

/** The value of a number field: the number, or the typed text where it is not a number. */
export type NumberValue = number | string

/** One to three digits, then groups of three with the same separator: 1,000 and 12 345 678. */
const grouped = "[1-9]\\d{0,2}(?<sign>[\\s'’ʼ٬.,])\\d{3}(?:\\k<sign>\\d{3})*"
const whole = new RegExp(`^-?(?:\\d+|${grouped})$`)
const decimal = new RegExp(`^(-?(?:\\d+|${grouped}))(?:([.,٫])(\\d+))?$`)
/** 1.000 is one thousand in some countries, and one in others. */
const ambiguous = /^(-?[1-9]\d{0,2})[.,](\d{3})$/

export const noWholeNumber = t('Enter a whole number.')

/** The number in plain notation, or why it cannot be read. */
export function readNumber(typed: string, decimals: boolean): { spelled: string } | { problem: string } {
  const text = plain(typed)
    .trim()
    .replace(/^\+/, '')
    .replace(/^(-?)(?=[.,٫]\d)/, (sign) => `${sign}0`)
  if (!decimals) return whole.test(text) ? { spelled: ungrouped(text) } : { problem: noWholeNumber }
  const [, integer, fraction] = ambiguous.exec(text) ?? []
  if (integer)
    return {
      problem: t('This number is ambiguous. Enter {whole} or {decimal}.', {
        whole: integer + fraction,
        decimal: `${integer}.${fraction}0`,
      }),
    }
  const [, digits, grouping, point, behind] = decimal.exec(text) ?? []
  if (!digits || (grouping && grouping === point)) return { problem: t('Enter a number, for example 1000 or 2.5.') }
  return { spelled: ungrouped(digits) + (behind ? `.${behind}` : '') }
}

const ungrouped = (text: string): string => text.replace(/[^\d-]/g, '')

/** The value of a field with this text. */
export function numberIn(typed: string, decimals: boolean): NumberValue {
  if (typed.trim() === '') return ''
  const read = readNumber(typed, decimals)
  return 'spelled' in read ? Number(read.spelled) : typed
}

/** A number as people type it: 0.0000001, not 1e-7. */
export const spell = (value: NumberValue): string =>
  typeof value === 'string' ? value : value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })

/**
 * What is sent to the server. Text that could not be read is sent as typed, and the server refuses it at its field:
 * `Number()` would make it 0 or NaN, and an absent number means “unlimited” or a default.
 */
export const numberToSend = (value: NumberValue): number => value as number
