import type { UseFormReturnType } from '@mantine/form'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'

/** A form with any values. */
export type AnyForm = Pick<UseFormReturnType<Record<string, unknown>>, 'setErrors' | 'clearErrors' | 'getInputNode'>

/** Shows the server’s messages at their fields. The problem itself remains for messages without a field. */
export function showFieldErrors(form: Pick<AnyForm, 'setErrors' | 'getInputNode'>, refusal: Pick<ApiError, 'errors'>) {
  const errors: Record<string, string> = {}
  for (const { path, message } of refusal.errors) errors[path] ??= message
  form.setErrors(errors)
  const first = Object.keys(errors)[0]
  if (first) form.getInputNode(first)?.focus()
}

/** The problem to show above the button: null when its fields already show every part of it. */
export function problemToShow(refusal: ApiError | null, fields: string[]) {
  if (!refusal) return null
  const allShown = refusal.errors.length > 0 && refusal.errors.every((error) => fields.includes(error.path))
  return allShown ? null : refusal
}

const changedMeanwhile = () =>
  t(
    'Someone else changed this in the meantime. The form shows the current values and keeps what you entered. Where you both changed a field, its current value is shown below it. Check the form, then try again.',
  )

/** The same refusal, worded for a form that shows the current values. */
export const asFormProblem = <Given extends ApiError | null>(refusal: Given) =>
  refusal?.code === 'changed_meanwhile' ? new ApiError(refusal.code, changedMeanwhile(), refusal.status) : refusal
