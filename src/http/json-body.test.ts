import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBody } from './json-body'

/** What a body is refused with: the place and the sentence. */
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
    expect(refusal(text)).toEqual([path, 'Given more than once.'])
  })
})

describe('the names of what objects have by themselves are no fields', () => {
  test.each([
    ['{"__proto__":{"admin":true}}', '__proto__'],
    ['{"\\u005f_proto__":1}', '__proto__'],
    ['{"x":[[{"constructor":{"prototype":{}}}]]}', 'x.0.0.constructor'],
    ['{"x":{"con\\u0073tructor":1}}', 'x.constructor'],
    ['{"x":{"prototype":1}}', 'x.prototype'],
  ])('%s', (text, path) => {
    expect(refusal(text)).toEqual([path, 'Not a known field.'])
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

test('any document without such fields is read as it is, and 64 kB of depth or of backslashes too', () => {
  const harmless = (text: string) => !/__proto__|constructor|prototype/.test(text)
  fc.assert(
    fc.property(fc.json().filter(harmless), (text) => {
      expect(parseBody(text)).toEqual(JSON.parse(text))
    }),
  )
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
  expect(Array.isArray(parseBody(deep))).toBe(true)
  expect(parseBody(JSON.stringify({ a: '\\'.repeat(30_000) }))).toEqual({ a: '\\'.repeat(30_000) })
})
