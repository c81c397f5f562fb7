import { useBlocker } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { useDirtyFields } from './use-dirty-fields'

/** What is on the screen and not saved. */
const kept = new Set<() => boolean>()

export const somethingUnsaved = (): boolean => [...kept].some((isUnsaved) => isUnsaved())

let givenUp = false

/** Stops asking about unsaved changes, before a reload that is already decided. */
export function giveUpUnsaved() {
  givenUp = true
}

interface Options {
  /** Changes that the fields alone do not show: parts added or removed, or something shown only once. */
  changed?: boolean | undefined
  /** In a dialog, its own links leave without a question; the browser’s buttons do not. */
  inWindow?: boolean
  /** Blocks Back without a question: the dialog has a button for leaving. */
  firm?: boolean | undefined
}

/**
 * Asks before unsaved input is lost by a click in the menu, by Back, or by closing the tab. `watch` goes to the element around
 * the fields. While `leaving` is set, show the question. After saving, call `finish` if the page is left, or `settle` if the form
 * stays.
 */
export function useUnsaved({ changed = false, inWindow = false, firm = false }: Options = {}) {
  const { watch, isDirty, settle, isThere } = useDirtyFields()
  const more = useRef(changed)
  more.current = changed
  const finished = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it only reads values that do not change
  const isUnsaved = useCallback(() => !givenUp && !finished.current && isThere() && (more.current || isDirty()), [])
  const finish = useCallback(() => {
    finished.current = true
  }, [])

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
  return { watch, isUnsaved, settle, finish, leaving }
}
