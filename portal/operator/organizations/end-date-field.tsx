import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { ApiError } from '../../api'
import { isCompleteDate, lastDay } from '../../ui/date-field'
import { useFieldError } from '../../ui/field-errors'

/** The last day on which something holds; empty for no end. */
export function EndDateField(props: { ref: Ref<HTMLInputElement> }) {
  return (
    <TextInput
      ref={props.ref}
      type="date"
      label="End date"
      description="Optional. The role ends when this day is over."
      max={lastDay}
      error={useFieldError('expiresAt', 'end_in_the_past')}
    />
  )
}

/** What is said of a field that is half filled, or filled with a day that no month has. */
const noDate = 'Enter a whole date, or clear the field.'

/**
 * The end of the day in the field, where the operator is; undefined where it is empty. What is half filled looks like an
 * empty field, but says that it is wrong: it is refused, since it would mean no end.
 */
export function endOf(field: HTMLInputElement): string | undefined {
  if (!isCompleteDate(field)) {
    field.focus()
    throw new ApiError('invalid_input', noDate, 400).at('expiresAt')
  }
  return field.value ? new Date(`${field.value}T23:59:59`).toISOString() : undefined
}
