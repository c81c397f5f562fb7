import { useEffect, useRef } from 'react'
import { t } from '../../src/platform/messages/t'

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * The values of a form after someone else changed its subject: what was entered, or else what is there now. `both` are the
 * fields changed by both.
 */
export function merge<Values extends object>(before: Values, entered: Values, now: Values) {
  const values = { ...entered }
  const both: (keyof Values & string)[] = []
  for (const name of Object.keys(now) as (keyof Values & string)[]) {
    if (same(before[name], now[name]) || same(entered[name], now[name])) continue
    if (same(entered[name], before[name])) values[name] = now[name]
    else both.push(name)
  }
  return { values, both }
}

/** Calls `tell` when the subject of a form has changed. */
export function useChanged<What>(what: What, tell: (before: What, now: What) => void) {
  const last = useRef(what)
  useEffect(() => {
    const before = last.current
    if (same(before, what)) return
    last.current = what
    tell(before, what)
  })
}

/** The message below a field that both changed. */
export const nowIs = (value: string) => t('Now: {value}', { value: value || t('empty') })

export function saysNow(error: unknown): boolean {
  const [before, after] = t('Now: {value}', { value: '\0' }).split('\0') as [string, string]
  return typeof error === 'string' && error.startsWith(before) && error.endsWith(after)
}
