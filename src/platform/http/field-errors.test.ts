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
    [{ domain: 'not a domain' }, 'boundTo.domain', 'Not a domain, like example.org.'],
    [{ email: 'nobody' }, 'boundTo.email', 'Not an e-mail address.'],
    [{ email: 'ana@reef.example', domain: 'reef.example' }, 'boundTo.domain', 'Not a known field.'],
    [{}, 'boundTo.email', 'Is missing.'],
    ['reef.example', 'boundTo', 'Has to be of type object.'],
  ])('is reported for the shape it has: %j', (boundTo, path, message) => {
    expect(errorsOf(boundTo)).toEqual([{ path, message }])
  })
})
