import { useEffect, useRef } from 'react'

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * What a form holds once somebody else changed what it is about: where nothing was entered, what is there now, and else
 * what was entered. `both` are the fields that were changed here and there.
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

/** Tells once what a form is about is something else than before. */
export function useChanged<What>(what: What, tell: (before: What, now: What) => void) {
  const last = useRef(what)
  useEffect(() => {
    const before = last.current
    if (same(before, what)) return
    last.current = what
    tell(before, what)
  })
}

/** Beneath a field that was changed here and there. */
export const nowIs = (value: string) => `Now: ${value || 'empty'}`
export const saysNow = (error: unknown) => typeof error === 'string' && error.startsWith('Now: ')
