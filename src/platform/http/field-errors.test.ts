import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldErrors } from './field-errors'
import { domain, email } from './fields'

describe('what is wrong with an input of several shapes', () => {
  const input = z.object({
    boundTo: z.union([z.object({ email }).strict(), z.object({ domain }).strict()]).nullable(),
  })
  const errorsOf = (boundTo: unknown) => {
    const { error } = input.safeParse({ boundTo }, { reportInput: true })
    return fieldErrors(error!)
  }

  it.each([
    [{ domain: 'not a domain' }, 'boundTo.domain', 'Enter a domain, for example example.org.'],
    [{ email: 'nobody' }, 'boundTo.email', 'Enter a valid e-mail address.'],
    [{ email: 'ana@reef.example', domain: 'reef.example' }, 'boundTo.domain', 'Unknown field.'],
    [{}, 'boundTo.email', 'This field is required.'],
    ['reef.example', 'boundTo', 'Must be of type object.'],
  ])('is reported for the shape it has: %j', (boundTo, path, message) => {
    expect(errorsOf(boundTo)).toEqual([{ path, message }])
  })
})
