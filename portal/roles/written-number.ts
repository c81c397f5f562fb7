import type { Limit } from '../../src/roles/services/schema'

/** `400/min`, `20 MB/s`, `Unlimited`. A unit that the name has already is not said again: “Zipper sessions 1”. */
export function writtenIn(language: string | undefined, { name, value, unit }: Limit): string {
  if (value === null) return 'Unlimited'
  const number = new Intl.NumberFormat(language, { useGrouping: true, maximumFractionDigits: 20 }).format(value)
  if (unit.startsWith('1/')) return number + unit.slice(1)
  const words = name.toLowerCase().split(/\s+/)
  return !unit || words.includes(unit) || words.includes(`${unit}s`) ? number : `${number} ${unit}`
}
