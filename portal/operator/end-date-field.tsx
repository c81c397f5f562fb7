import { TextInput } from '@mantine/core'

/** The last day on which something holds; empty for no end. */
export function EndDateField(props: { value: string; onChange: (day: string) => void; error?: string | undefined }) {
  return (
    <TextInput
      type="date"
      label="End date"
      description="Optional. The role ends when this day is over."
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}

/** The end of a day, where the operator is. */
export const endOf = (day: string) => (day ? new Date(`${day}T23:59:59`).toISOString() : undefined)
