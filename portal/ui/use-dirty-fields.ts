import { useCallback, useRef } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Not the current password or a code: they only confirm who you are, and browsers fill them in. */
const fields =
  'input:not([type="hidden"], [hidden], [autocomplete="current-password"], [autocomplete="one-time-code"]), textarea, select'

const contentOf = (field: Field) =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
    ? String(field.checked)
    : field.value

/**
 * Whether fields differ from when they appeared. It reads the fields themselves, so it works for text, choices and checkboxes,
 * whatever keeps their values.
 */
export function useDirtyFields() {
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

  /** Takes the current values as saved. */
  const settle = useCallback(() => {
    for (const field of place.current?.querySelectorAll<Field>(fields) ?? []) first.current.set(field, contentOf(field))
  }, [])

  const isDirty = useCallback(() => {
    const present = place.current?.querySelectorAll<Field>(fields) ?? []
    return [...present].some((field) => contentOf(field) !== (first.current.get(field) ?? contentOf(field)))
  }, [])

  return { watch, isDirty, settle, isThere: () => place.current !== null }
}
