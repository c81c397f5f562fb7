import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Database } from './database'
import { problemOf, problemOfError } from './database-problems'
import { sql } from './sql'

const failing = (code: string, message = '') => Object.assign(new Error(message), { code })

/** The error of a statement whose database connection fails with this error. */
const fromDatabase = (error: Error) =>
  new Database({ connect: () => Promise.reject(error), end: async () => {} }, 'postgres').rows(sql`select 1`).then(
    () => undefined,
    (raised: unknown) => raised,
  )

test('every constraint that stands for a problem exists', () => {
  const schema = readFileSync('migrations/schema.sql', 'utf8')
  expect(Object.keys(problemOf).filter((constraint) => !new RegExp(`\\b${constraint}\\b`).test(schema))).toEqual([])
})

test.each([
  failing('ECONNREFUSED'),
  failing('57P01'),
  failing('53300'),
  new Error('timeout exceeded when trying to connect'),
])('a database that does not answer is reported as such, with the time to retry: $code $message', async (error) => {
  expect(problemOfError(await fromDatabase(error))).toMatchObject({
    code: 'database_unavailable',
    status: 503,
    retryAfter: 1,
  })
})

test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])(
  '%s of a client, of another server or of a file is not the database’s',
  (code) => {
    expect(problemOfError(failing(code))).toBeUndefined()
  },
)

test('a value that the database cannot read came from outside', () => {
  for (const code of ['22007', '22008', '22009', '22021', '22P02', '22003'])
    expect(problemOfError(failing(code))).toMatchObject({ code: 'invalid_input', status: 400 })
})

test('another transaction’s lock, or our own mistake, is not reported as a database that does not answer', () => {
  expect(problemOfError(failing('40001'))).toMatchObject({ code: 'changed_meanwhile' })
  expect(problemOfError(failing('42601'))).toBeUndefined()
})
