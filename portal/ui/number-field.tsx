import { TextInput, type TextInputProps } from '@mantine/core'
import { type FocusEvent, useState } from 'react'
import { type NumberValue, numberIn, readNumber, spell } from './read-number'

interface NumberFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'defaultValue' | 'onChange'> {
  value?: NumberValue
  onChange: (value: NumberValue) => void
  /** Allows decimals; by default, only whole numbers. */
  decimals?: boolean
}

/**
 * A number, typed or pasted in any common notation. Other text stays as typed, with an error. On blur, the field shows the
 * number as it was read.
 */
export function NumberField({ decimals = false, value = '', onChange, onBlur, error, ...props }: NumberFieldProps) {
  const [typed, setTyped] = useState('')
  const [left, setLeft] = useState(false)
  const text = numberIn(typed, decimals) === value ? typed : spell(value)
  const read = readNumber(text, decimals)
  const problem = text.trim() !== '' && typeof value === 'string' && 'problem' in read ? read.problem : null
  return (
    <TextInput
      {...props}
      inputMode={decimals ? 'decimal' : 'numeric'}
      autoComplete="off"
      value={text}
      error={problem && (left || error) ? problem : error}
      onChange={({ currentTarget: field }) => {
        setTyped(field.value)
        setLeft(false)
        onChange(numberIn(field.value, decimals))
      }}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        setLeft(true)
        if (typeof value === 'number' && 'spelled' in read) setTyped(read.spelled)
        onBlur?.(event)
      }}
    />
  )
}
