import { fullName } from '../../platform/input/names'
import type { EventItem } from './schema'

const columns = [
  'time',
  'what',
  'who',
  'who (address)',
  'to whom',
  'to whom (address)',
  'organization',
  'details',
  'with the token',
]

/** Characters that begin a formula, including the full-width and small forms that some spreadsheets accept. */
const sign = '[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]'
/** Invisible characters that may precede them. */
const unseen = '[\\s\\p{Cf}"\'\u2018\u2019\u201c\u201d]*'
const atBeginning = new RegExp(`^(?:[\\t\\r]|${unseen}${sign})`, 'u')
/**
 * A spreadsheet that separates by semicolon, tab or bar ends a cell in the middle of ours, regardless of quotes. So
 * does a line break.
 */
const inTheMiddle = new RegExp(`([;|\\t\\r\\n]${unseen})(?=${sign})`, 'gu')

/**
 * One cell. A value that begins like a formula gets an apostrophe, so that a spreadsheet shows it instead of computing
 * it (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(text: string): string {
  const inside = text.replace(inTheMiddle, "$1'")
  const inert = atBeginning.test(inside) ? `'${inside}` : inside
  return /[",;|\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

const line = (cells: string[]): string => `${cells.map(cell).join(',')}\r\n`

/** The header line. It begins with a byte order mark, by which Excel recognizes UTF-8. */
export const csvHeader: string = `\ufeff${line(columns)}`

/** An event as a line of CSV (RFC 4180). */
export function csvLine({ at, kind, actor, token, subject, organization, details }: EventItem): string {
  const name = (person: EventItem['actor']) => (person ? fullName(person) : '')
  const rest = Object.keys(details).length > 0 ? JSON.stringify(details) : ''
  return line([
    at,
    kind,
    name(actor),
    actor?.email ?? '',
    name(subject),
    subject?.email ?? '',
    organization?.name ?? '',
    rest,
    token?.name ?? '',
  ])
}
