import { Textarea } from '@mantine/core'
import { useFieldError } from '../../ui/field-errors'

/** Several URLs, one per line. */
export function UrlLines(props: {
  path: string
  label: string
  description: string
  value: string
  onChange: (value: string) => void
}) {
  const { path, label, description, value, onChange } = props
  return (
    <Textarea
      label={label}
      description={description}
      placeholder="https://"
      autosize
      minRows={1}
      maxRows={6}
      spellCheck={false}
      data-path={path}
      error={useFieldError(path)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** One per line; empty lines don’t count. */
export const urlsOf = (lines: string): string[] => lines.split(/\s+/).filter(Boolean)
