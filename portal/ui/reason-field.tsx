import { Textarea } from '@mantine/core'

/** Why; the people concerned read it. */
export function ReasonField(props: {
  value: string
  onChange: (reason: string) => void
  error?: string | undefined
  description?: string
}) {
  return (
    <Textarea
      label="Reason"
      description={props.description ?? 'The people concerned will read it. At most 1000 characters.'}
      required
      autosize
      minRows={3}
      maxRows={10}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data-autofocus
    />
  )
}
