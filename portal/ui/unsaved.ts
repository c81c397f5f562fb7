import { useBlocker } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { useTyped } from './typed'

/** What is on the screen and would be lost with it. */
const kept = new Set<() => boolean>()

export const somethingUnsaved = (): boolean => [...kept].some((isUnsaved) => isUnsaved())

let givenUp = false

/** The page is about to be loaded anew, and that was decided already. */
export function giveUpUnsaved() {
  givenUp = true
}

interface Options {
  /** What the fields alone do not show: parts that were added or removed, or something shown only once. */
  changed?: boolean | undefined
  /** A window stands over the page: only the browser's own buttons leave it, and its links are meant. */
  inWindow?: boolean
  /** Back is not even asked about: there is a button for leaving. */
  firm?: boolean | undefined
}

/**
 * Asks before what somebody typed is lost by a click in the menu, by Back, or with the tab. `watch` goes to the element
 * around the fields. Where `leaving` is there, the question is to be asked. What was saved
 * leaves with `ignoreBlocker`, or is settled where the form stays.
 */
export function useUnsaved({ changed = false, inWindow = false, firm = false }: Options = {}) {
  const { watch, isTyped, settle, isThere } = useTyped()
  const more = useRef(changed)
  more.current = changed
  // biome-ignore lint/correctness/useExhaustiveDependencies: it only reads what does not change
  const isUnsaved = useCallback(() => !givenUp && isThere() && (more.current || isTyped()), [])

  useEffect(() => {
    kept.add(isUnsaved)
    return () => void kept.delete(isUnsaved)
  }, [isUnsaved])

  const shouldBlock = useCallback(
    ({ action, current, next }: { action: string; current: { pathname: string }; next: { pathname: string } }) =>
      current.pathname !== next.pathname && !(inWindow && /PUSH|REPLACE/.test(action)) && isUnsaved(),
    [inWindow, isUnsaved],
  )
  const blocker = useBlocker({ shouldBlockFn: shouldBlock, enableBeforeUnload: isUnsaved, withResolver: !firm })
  const leaving = blocker && blocker.status === 'blocked' ? { go: blocker.proceed, stay: blocker.reset } : null
  return { watch, isUnsaved, settle, leaving }
}
