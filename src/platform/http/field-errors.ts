import type { z } from 'zod'
import type { FieldError } from '../errors'
import { t } from '../messages/t'

/** Lists the errors of an input field by field. Validate it with `reportInput`. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues
    .flatMap(ofNearestShape)
    .slice(0, 20)
    .flatMap((issue) => {
      const path = issue.path.join('.')
      if (issue.code !== 'unrecognized_keys') return [{ path, message: sentenceFor(issue) }]
      return issue.keys.slice(0, 20).map((key) => ({
        path: [path, key.slice(0, 100)].filter(Boolean).join('.'),
        message: t('Unknown field.'),
      }))
    })
}

/** If an input may have several shapes, returns the errors for the shape that it has or comes closest to. */
function ofNearestShape(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const [nearest] = issue.errors.toSorted((one, other) => misshapen(one) - misshapen(other))
  return nearest!.flatMap((inner) => ofNearestShape({ ...inner, path: [...issue.path, ...inner.path] }))
}

const misshapen = (issues: z.core.$ZodIssue[]) =>
  issues.filter(({ code, input }) => code === 'unrecognized_keys' || (code === 'invalid_type' && input === undefined))
    .length

/**
 * The declaration's own sentence if it has one; otherwise a sentence for the few errors that the validator reports
 * itself.
 */
function sentenceFor(issue: z.core.$ZodIssue): string {
  if (/^invalid_(type|value)$/.test(issue.code) && issue.input === undefined) return t('This field is required.')
  if (!issue.message.startsWith('Invalid')) return issue.message
  if (issue.code === 'invalid_type') return t('Must be of type {type}.', { type: issue.expected })
  if (issue.code === 'invalid_value') return t('Must be one of: {values}.', { values: issue.values.join(', ') })
  return t('This value cannot be used.')
}
