import { t } from '../messages/t'
import type { Reading } from './texts'

const iso =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)?(?:Z|([+ -])(0\d|1[0-5])(?::?([0-5]\d))?)$/i

/**
 * A time in ISO 8601, converted to UTC: an existing day in the years 1 to 9999, with an offset that PostgreSQL
 * supports, truncated to its microseconds. In a query, an unencoded plus has become a space.
 */
export function readMoment(typed: string): Reading {
  const moment = toMoment(typed.trim())
  return moment
    ? { value: moment }
    : { problem: t('Not a valid date and time. Use ISO 8601, for example 2026-11-28T14:00:00Z.') }
}

function toMoment(text: string): string | undefined {
  const parts = iso.exec(text)
  if (!parts) return undefined
  const [year, month, day, hours, minutes, seconds] = parts.slice(1, 7).map((part) => Number(part ?? 0))
  const [fraction = '', sign = '+', offsetHours = '0', offsetMinutes = '0'] = parts.slice(7)
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1)
  const date = new Date(0)
  date.setUTCFullYear(year!, month! - 1, day)
  // JavaScript reads 31 February as a day in March.
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hours!, minutes! - offset, seconds)
  if (date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return undefined
  return `${date.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0').replace(/000$/, '')}Z`
}
