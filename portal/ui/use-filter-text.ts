import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'

/**
 * The text of a field that filters a list. It is reported a moment after the last key, and follows changes of the filter
 * from elsewhere: by going back, a link or a button.
 *
 * @param delay in milliseconds
 */
export function useFilterText(value: string, onChange: (text: string) => void, delay: number) {
  const [text, setText] = useState(value)
  const reported = useRef(value)
  const report = useDebouncedCallback((next: string) => {
    reported.current = next
    onChange(next)
  }, delay)
  useEffect(() => {
    if (value === reported.current) return
    reported.current = value
    report.cancel()
    setText(value)
  }, [value, report])
  return { text, setText, report }
}
