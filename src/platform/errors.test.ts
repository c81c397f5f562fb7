import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configFor } from '../../tests/support/site'
import { createApp } from '../app'
import { problemOfError } from './db/database-problems'
import { openPostgres } from './db/postgres'
import { detailOf, Problem } from './errors'
import { problemCodes, statusOf } from './problems'

describe('docs/errors.md', () => {
  const rows = readFileSync('docs/errors.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| <a id=/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, code, status, sentence, when, ...rest]) => ({ code, status, sentence, when, rest }))

  test('has one row per problem, in the table’s order', () => {
    expect(rows.map(({ code }) => code)).toEqual(problemCodes.map((code) => `<a id="${code}"></a>\`${code}\``))
  })

  test('says the same status and sentence, and when it happens', () => {
    for (const [index, code] of problemCodes.entries()) {
      const { status, sentence, when, rest } = rows[index]!
      expect({ code, status, sentence, rest }).toEqual({
        code,
        status: String(statusOf(code)),
        sentence: detailOf(code),
        rest: [''],
      })
      expect(when).toMatch(/^[A-Z].{20,}\.$/)
    }
  })
})

describe('every problem', () => {
  test.each(problemCodes)('%s has an error status and a self-contained sentence', (code) => {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400)
    expect(statusOf(code)).toBeLessThan(600)
    expect(detailOf(code)).toMatch(/^[A-Z].*\.$/)
    expect(code).toMatch(/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/)
  })

  test('is one document, on the wire and in the documentation', () => {
    const errors = [{ path: 'name', message: 'This field is required.' }]
    expect(new Problem('invalid_input', errors).toDocument()).toEqual({
      type: '/docs/errors#invalid_input',
      title: 'invalid input',
      status: 400,
      code: 'invalid_input',
      detail: 'Some of the fields are not valid. See the list of errors.',
      errors,
    })
    expect(new Problem('last_admin').toDocument()).not.toHaveProperty('errors')
  })
})

test('an error of the embedded database’s files, whose code is a number, is none of the refusals', () => {
  expect(problemOfError(Object.assign(new Error('FS error'), { code: 44 }))).toBeUndefined()
})

describe('the API’s own documentation', () => {
  // Creating the OpenAPI document needs no database, and none is opened.
  const db = openPostgres('postgres://nobody@127.0.0.1:1/none')
  let declared: Set<string>
  let document: string

  beforeAll(async () => {
    const app = await createApp(configFor(), db)
    // The language of the first reader is not that of all others.
    document = (await app.inject({ url: '/api/openapi.json', headers: { 'accept-language': 'en-XA' } })).body
    await app.close()
    declared = new Set([...document.matchAll(/`([a-z0-9_]+)`: /g)].map((match) => match[1]!))
  })
  afterAll(() => db.pool.end())

  test('is in English, no matter who requests it first', () => {
    expect(document).toContain(detailOf('not_signed_in'))
  })

  test('names every problem, at some endpoint at least', () => {
    expect(problemCodes.filter((code) => !declared.has(code))).toEqual([])
  })

  test('names none that there is not', () => {
    expect([...declared].filter((code) => !(problemCodes as string[]).includes(code))).toEqual([])
  })
})
