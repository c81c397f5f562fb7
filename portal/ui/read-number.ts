import { plain } from '../../src/platform/input/pasted'

/** A number as fields hold it: what was read, or else the text as it was typed. */
export type NumberValue = number | string

/** Groups of three behind one to three digits, with the same sign between all of them: 1,000 and 12 345 678. */
const grouped = "[1-9]\\d{0,2}(?<sign>[\\s'’ʼ٬.,])\\d{3}(?:\\k<sign>\\d{3})*"
const whole = new RegExp(`^-?(?:\\d+|${grouped})$`)
const decimal = new RegExp(`^(-?(?:\\d+|${grouped}))(?:([.,٫])(\\d+))?$`)
/** 1.000 is a thousand to some, and one to others. */
const ambiguous = /^(-?[1-9]\d{0,2})[.,](\d{3})$/

export const noWholeNumber = 'Give a whole number.'

/** How the number is written plainly, or why it is none. A number that is none stays as it was typed. */
export function readNumber(typed: string, decimals: boolean): { spelled: string } | { problem: string } {
  const text = plain(typed)
    .trim()
    .replace(/^\+/, '')
    .replace(/^(-?)(?=[.,٫]\d)/, (sign) => `${sign}0`)
  if (!decimals) return whole.test(text) ? { spelled: ungrouped(text) } : { problem: noWholeNumber }
  const [, integer, fraction] = ambiguous.exec(text) ?? []
  if (integer)
    return { problem: `This can be read in two ways. Write ${integer}${fraction} or ${integer}.${fraction}0.` }
  const [, digits, grouping, point, behind] = decimal.exec(text) ?? []
  if (!digits || (grouping && grouping === point)) return { problem: 'Give a number, like 1000 or 2.5.' }
  return { spelled: ungrouped(digits) + (behind ? `.${behind}` : '') }
}

const ungrouped = (text: string): string => text.replace(/[^\d-]/g, '')

/** What a field with this text holds. */
export function numberIn(typed: string, decimals: boolean): NumberValue {
  if (typed.trim() === '') return ''
  const read = readNumber(typed, decimals)
  return 'spelled' in read ? Number(read.spelled) : typed
}

/** A number that is set from elsewhere, as one would type it: 0.0000001, not 1e-7. */
export const spell = (value: NumberValue): string =>
  typeof value === 'string' ? value : value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })

/**
 * What is sent to the server. What could not be read goes as it was typed, and the server refuses it at its place:
 * `Number()` would make it 0 or nothing, and nothing stands for “unlimited” and for defaults.
 */
export const numberToSend = (value: NumberValue): number => value as number
