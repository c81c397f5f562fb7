import type { z } from 'zod'
import type { FieldError } from '../errors'

/** What is wrong with an input, field by field. Check it with `reportInput`. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: sentenceFor(issue) }]
    return issue.keys.slice(0, 20).map((key) => ({
      path: [path, key.slice(0, 100)].filter(Boolean).join('.'),
      message: 'Not a known field.',
    }))
  })
}

/** Our own sentence where the declaration has one, else one for the few things that the validator says by itself. */
function sentenceFor(issue: z.core.$ZodIssue): string {
  if (/^invalid_(type|value)$/.test(issue.code) && issue.input === undefined) return 'Is missing.'
  if (!issue.message.startsWith('Invalid')) return issue.message
  if (issue.code === 'invalid_type')
    return `Has to be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`
  if (issue.code === 'invalid_value') return `Has to be one of: ${issue.values.join(', ')}.`
  return 'Cannot be used.'
}
