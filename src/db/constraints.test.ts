import { expect, test } from 'vitest'
import { problemOfError } from './constraints'

const failing = (code: string, message = '') => Object.assign(new Error(message), { code })

test.each([
  failing('ECONNREFUSED'),
  failing('57P01'),
  failing('53300'),
  new Error('timeout exceeded when trying to connect'),
])('a database that does not answer is told as such, and when to come again: $code $message', (error) => {
  expect(problemOfError(error)).toMatchObject({ code: 'database_unavailable', status: 503, retryAfter: 1 })
})

test('a value that the database cannot read came from outside', () => {
  for (const code of ['22007', '22008', '22009', '22021', '22P02', '22003'])
    expect(problemOfError(failing(code))).toMatchObject({ code: 'invalid_input', status: 400 })
})

test('somebody else’s lock, or a mistake of ours, is not a database that does not answer', () => {
  expect(problemOfError(failing('40001'))).toMatchObject({ code: 'changed_meanwhile' })
  expect(problemOfError(failing('42601'))).toBeUndefined()
})
