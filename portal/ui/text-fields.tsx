import { Textarea, type TextareaProps, TextInput, type TextInputProps } from '@mantine/core'
import { useFieldError } from './field-errors'

interface OwnProps {
  /** Where the server names it in a refusal. */
  path: string
  value: string
  onChange: (text: string) => void
}

/** A line of text in a `ConfirmDialog`. */
export function TextField({ path, onChange, ...props }: OwnProps & Omit<TextInputProps, keyof OwnProps>) {
  const error = useFieldError(path)
  return <TextInput {...props} required error={error} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
}

/** A text of some lines in a `ConfirmDialog`. */
export function LongTextField({ path, onChange, ...props }: OwnProps & Omit<TextareaProps, keyof OwnProps>) {
  const error = useFieldError(path)
  return (
    <Textarea
      {...props}
      required
      autosize
      minRows={3}
      maxRows={10}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
