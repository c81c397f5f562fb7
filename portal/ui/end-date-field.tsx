import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'
import { isCompleteDate, lastDay } from './date-field'
import { useFieldError } from './field-errors'

/** The last day of something; empty for no end. `about` says what happens then. */
export function EndDateField(props: { ref: Ref<HTMLInputElement>; about: string; current?: string | undefined }) {
  return (
    <TextInput
      ref={props.ref}
      type="date"
      label={t('End date')}
      description={props.about}
      defaultValue={props.current}
      max={lastDay}
      error={useFieldError('expiresAt', 'end_in_the_past')}
    />
  )
}

/** For a field that is half filled, or holds a day that does not exist. */
const noDate = () => t('Enter a complete date, or clear the field.')

/**
 * The end of that day in the reader’s time zone; undefined for an empty field. A half-filled field has no value either, but
 * is invalid: it is refused, because it would mean no end.
 */
export function endOf(field: HTMLInputElement): string | undefined {
  if (!isCompleteDate(field)) {
    field.focus()
    throw new ApiError('invalid_input', noDate(), 400).at('expiresAt')
  }
  return field.value ? new Date(`${field.value}T23:59:59`).toISOString() : undefined
}
