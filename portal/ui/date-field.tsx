import { TextInput, type TextInputProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'

/** Keeps the year at four digits. */
export const lastDay = '9999-12-31'

interface DateFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'onChange'> {
  type: 'date' | 'datetime-local'
  /** As the field writes it; empty for none. */
  value: string
  onChange: (value: string) => void
}

/**
 * A date that narrows a list. While it is typed by keyboard, 2026 is the year 2 at first, and then 20 and 202: nothing
 * is told before a date is whole, and what was typed stays.
 */
export function DateField({ type, value, onChange, ...props }: DateFieldProps) {
  const [text, setText] = useState(value)
  const known = useRef(value)
  const tell = useDebouncedCallback((whole: string) => {
    known.current = whole
    onChange(whole)
  }, 600)
  // It is another one without having been typed here: the way back, a link, a button.
  useEffect(() => {
    if (value === known.current) return
    known.current = value
    tell.cancel()
    setText(value)
  }, [value, tell])
  return (
    <TextInput
      {...props}
      type={type}
      max={type === 'date' ? lastDay : `${lastDay}T23:59`}
      value={text}
      onChange={({ currentTarget: field }) => {
        setText(field.value)
        tell.cancel()
        if (isCompleteDate(field)) tell(field.value)
      }}
    />
  )
}

/** Empty, or a date since the year 1000. A field that is half filled has no value either, but says that it is wrong. */
export const isCompleteDate = ({ value, validity }: HTMLInputElement): boolean =>
  validity.valid && (value === '' || value >= '1000')
