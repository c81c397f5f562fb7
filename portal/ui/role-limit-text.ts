import { formatNumber } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import type { Limit } from '../../src/roles/services/schema'

/** `400/min`, `20 MB/s`, `Unlimited`. A unit that is already in the name is left out: “Zipper sessions 1”. */
export function roleLimitText({ name, value, unit }: Omit<Limit, 'key'>): string {
  if (value === null) return t('Unlimited')
  const number = formatNumber(value, { useGrouping: true, maximumFractionDigits: 20 })
  if (unit.startsWith('1/')) return number + unit.slice(1)
  const words = name.toLowerCase().split(/\s+/)
  return !unit || words.includes(unit) || words.includes(`${unit}s`) ? number : `${number} ${unit}`
}
