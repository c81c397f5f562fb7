import { LongTextField } from './text-fields'

/** Why; the people concerned read it. */
export function ReasonField(props: { value: string; onChange: (reason: string) => void; description?: string }) {
  return (
    <LongTextField
      path="reason"
      label="Reason"
      description={props.description ?? 'The people concerned will read it. At most 1000 characters.'}
      value={props.value}
      onChange={props.onChange}
      data-autofocus
    />
  )
}
