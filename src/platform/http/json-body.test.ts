import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBody, parseLongBody } from './json-body'

/** The place and the message with which a body is refused. */
function refusal(text: string): [string, string] | undefined {
  try {
    parseBody(text)
    return undefined
  } catch (error) {
    const [{ path, message }] = (error as { errors: [{ path: string; message: string }] }).errors
    return [path, message]
  }
}

describe('a field that is given twice is refused, however it is written and wherever it is', () => {
  test.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"b":{},"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\u0061":1,"\\u0061":2}', 'a'],
    ['{"a/b":1,"a\\/b":2}', 'a/b'],
    ['{"x":{"a":1,"a":2}}', 'x.a'],
    ['{"x":[{"a":1},{"a":1,"c":2,"a":2}]}', 'x.1.a'],
    ['[{"a":1,"a":2}]', '0.a'],
    ['{"a" : "}" , "a" : "{"}', 'a'],
    ['{"":1,"":2}', ''],
    ['{"é":1,"\\u00e9":2}', 'é'],
  ])('%s', (text, path) => {
    expect(refusal(text)).toEqual([path, 'Specified more than once.'])
  })
})

describe('names that every object inherits are refused as fields', () => {
  test.each([
    ['{"__proto__":{"admin":true}}', '__proto__'],
    ['{"\\u005f_proto__":1}', '__proto__'],
    ['{"x":[[{"constructor":{"prototype":{}}}]]}', 'x.0.0.constructor'],
    ['{"x":{"con\\u0073tructor":1}}', 'x.constructor'],
    ['{"x":{"prototype":1}}', 'x.prototype'],
  ])('%s', (text, path) => {
    expect(refusal(text)).toEqual([path, 'Unknown field.'])
  })
})

test.each([
  '{"a":1,"b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '{"a":"\\"a\\":1,\\"a\\":2"}',
  '\ufeff{"a":1}',
])('%s is what JSON.parse makes of it', (text) => {
  expect(parseBody(text)).toEqual(JSON.parse(text.replace('\ufeff', '')))
})

test.each(['', '{', 'undefined', '{"a":1,}', "{'a':1}", '{"a":1}{"a":1}', '"a'])('%j is no JSON', (text) => {
  expect(refusal(text)).toEqual(['', 'The request is not valid JSON.'])
})

test('any document without such fields is read as it is, and 64 kB of backslashes too', () => {
  const harmless = (text: string) => !/__proto__|constructor|prototype/.test(text)
  fc.assert(
    fc.property(fc.json().filter(harmless), (text) => {
      expect(parseBody(text)).toEqual(JSON.parse(text))
    }),
  )
  expect(parseBody(JSON.stringify({ a: '\\'.repeat(30_000) }))).toEqual({ a: '\\'.repeat(30_000) })
})

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
const inFields = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])))

test('what is nested too deeply, or has too many fields, is refused with its place', () => {
  expect(refusal(deep(100))).toBeUndefined()
  expect(refusal(`{"a":${deep(100)}}`)).toEqual([`a${'.0'.repeat(99)}`, 'Nested more than 100 levels deep.'])
  expect(refusal(inFields(1000))).toBeUndefined()
  expect(refusal(`{"a":[${inFields(1001)}]}`)).toEqual(['a.0.k1000', 'More than 1000 fields.'])
})

describe('20 MB are refused or read without stopping others for long', () => {
  const rest = (text: string) => text.repeat(20_000_000 / text.length)

  test.each([
    ['of depth', `{"services":${deep(10_000_000)}}`, 'Nested more than 100 levels deep.', 0],
    ['of empty objects', `[${rest('{},')}{}]`, 'Has more than 1,200,000 parts.', 10],
    ['of numbers', `[${rest('1,')}1]`, 'Has more than 1,200,000 parts.', 10],
    ['of spaces', rest(' '), 'The request is not valid JSON.', 190],
    ['of an escaped string', `{"x":"${rest('\\n')}"}`, undefined, 190],
    ['of escaped quotes', `{"x":"${rest('\\"')}"}`, undefined, 190],
  ])('%s', async (_, text, message, atLeast) => {
    let turns = 0
    const answer = await parseLongBody(text, async () => {
      turns++
    }).then(
      () => undefined,
      (error: { errors: [{ message: string }] }) => error.errors[0].message,
    )
    expect(answer).toBe(message)
    expect(turns).toBeGreaterThanOrEqual(atLeast)
  })
})
