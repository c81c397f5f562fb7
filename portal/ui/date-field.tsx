import { TextInput, type TextInputProps } from '@mantine/core'
import { useFilterText } from './use-filter-text'

/** Keeps the year at four digits. */
export const lastDay = '9999-12-31'

interface DateFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'onChange'> {
  type: 'date' | 'datetime-local'
  /** In the field’s own notation; empty for none. */
  value: string
  onChange: (value: string) => void
}

/**
 * A date that filters a list. While someone types 2026, the field holds the years 2, 20 and 202 first: it reports no date
 * before it is complete, and keeps the typed text.
 */
export function DateField({ type, value, onChange, ...props }: DateFieldProps) {
  const { text, setText, report } = useFilterText(value, onChange, 600)
  return (
    <TextInput
      {...props}
      type={type}
      max={type === 'date' ? lastDay : `${lastDay}T23:59`}
      value={text}
      onChange={({ currentTarget: field }) => {
        setText(field.value)
        report.cancel()
        if (isCompleteDate(field)) report(field.value)
      }}
    />
  )
}

/** Empty, or a date from the year 1000 on. A half-filled field has no value either, but is invalid. */
export const isCompleteDate = ({ value, validity }: HTMLInputElement): boolean =>
  validity.valid && (value === '' || value >= '1000')
