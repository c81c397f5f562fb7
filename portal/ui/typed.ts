import { useCallback, useRef } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** The password of whoever is signed in is asked for to be sure of them. Browsers fill it in, and it is no work. */
const fields =
  'input:not([type="hidden"], [hidden], [autocomplete="current-password"], [autocomplete="one-time-code"]), textarea, select'

const contentOf = (field: Field) =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
    ? String(field.checked)
    : field.value

/**
 * Whether fields hold something else than when they appeared. It looks at the fields themselves, so it is the same for
 * text, choices and checkboxes, whoever keeps their values.
 */
export function useTyped() {
  const place = useRef<HTMLElement>(null)
  const first = useRef(new WeakMap<Field, string>())

  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return
    place.current = element
    const note = () => {
      for (const field of element.querySelectorAll<Field>(fields))
        if (!first.current.has(field)) first.current.set(field, contentOf(field))
    }
    note()
    const observer = new MutationObserver(note)
    observer.observe(element, { childList: true, subtree: true })
    return () => {
      place.current = null
      observer.disconnect()
    }
  }, [])

  /** What the fields hold now is saved. */
  const settle = useCallback(() => {
    for (const field of place.current?.querySelectorAll<Field>(fields) ?? []) first.current.set(field, contentOf(field))
  }, [])

  const isTyped = useCallback(() => {
    const present = place.current?.querySelectorAll<Field>(fields) ?? []
    return [...present].some((field) => contentOf(field) !== (first.current.get(field) ?? contentOf(field)))
  }, [])

  return { watch, isTyped, settle, isThere: () => place.current !== null }
}
