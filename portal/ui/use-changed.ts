import { useEffect, useRef } from 'react'
import { same } from './merge'

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
