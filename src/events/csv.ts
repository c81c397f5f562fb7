import { fullName } from '../input/names'
import type { Event } from './schema'

const columns = ['time', 'what', 'who', 'who (address)', 'to whom', 'to whom (address)', 'organization', 'details']

/**
 * One cell. What begins like a formula gets an apostrophe, so that a spreadsheet shows a name and does not compute it
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

const line = (cells: string[]): string => `${cells.map(cell).join(',')}\r\n`

export const csvHeader: string = line(columns)

/** An event as a line of RFC 4180. */
export function csvLine({ at, kind, actor, subject, organization, details }: Event): string {
  const name = (person: Event['actor']) => (person ? fullName(person) : '')
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
  ])
}
