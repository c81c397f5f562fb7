import type { UseFormReturnType } from '@mantine/form'
import { ApiError } from '../api'

/** A form with whatever values. */
export type AnyForm = Pick<UseFormReturnType<Record<string, unknown>>, 'setErrors' | 'clearErrors' | 'getInputNode'>

/** Puts the server's messages at their fields. The problem itself stays for what no field can show. */
export function showFieldErrors(form: Pick<AnyForm, 'setErrors' | 'getInputNode'>, refusal: Pick<ApiError, 'errors'>) {
  const errors: Record<string, string> = {}
  for (const { path, message } of refusal.errors) errors[path] ??= message
  form.setErrors(errors)
  const first = Object.keys(errors)[0]
  if (first) form.getInputNode(first)?.focus()
}

/** The problem to show above the button: none, when every part of it is at a field already. */
export function remaining(refusal: ApiError | null, fields: string[]) {
  if (!refusal) return null
  const allShown = refusal.errors.length > 0 && refusal.errors.every((error) => fields.includes(error.path))
  return allShown ? null : refusal
}

const sentence =
  'Somebody else changed this in the meantime. The form shows it as it is now, with what you entered. ' +
  'Where you both changed the same, what is there now stands beneath. Look at it, then try again.'

/** The same refusal, as a form that shows what is there now says it. */
export const saidOfForm = <Given extends ApiError | null>(refusal: Given) =>
  refusal?.code === 'changed_meanwhile' ? new ApiError(refusal.code, sentence, refusal.status) : refusal
