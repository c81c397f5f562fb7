import { useEffect, useRef } from 'react'
import { t } from '../../src/platform/messages/t'

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * A form’s values after someone else changed the same thing: the current value where nothing was entered, otherwise what was
 * entered. `both` are the fields that both changed.
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

/** Reports when what the form is about has changed. */
export function useChanged<What>(what: What, tell: (before: What, now: What) => void) {
  const last = useRef(what)
  useEffect(() => {
    const before = last.current
    if (same(before, what)) return
    last.current = what
    tell(before, what)
  })
}

/** The hint below a field that both changed. */
export const nowIs = (value: string) => t('Current value: {value}', { value: value || t('empty') })

export function saysNow(error: unknown): boolean {
  const [before = '', after = ''] = t('Current value: {value}', { value: '\n' }).split('\n')
  return typeof error === 'string' && error.startsWith(before) && error.endsWith(after)
}
