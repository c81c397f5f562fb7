import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withKeys } from './limit-keys'
import { type CatalogueLimit, catalogueKey, type Limit } from './schema'

const number = (name: string, key?: string): CatalogueLimit => ({ name, value: 1, unit: '', ...(key && { key }) })
const keysOf = (wanted: CatalogueLimit[], current: CatalogueLimit[] = []) =>
  withKeys(wanted, withKeys(current, [])).map(({ key }) => key)

test.each([
  ['S3 requests', 's3-requests'],
  ['  Bandwidth (per connection)!', 'bandwidth-per-connection'],
  ['ßs', 's'],
  ['Façade É', 'facade-e'],
  ['ＣＰＵ ①', 'cpu-1'],
  ['请求', 'number'],
  ['—', 'number'],
  ['a'.repeat(80), 'a'.repeat(63)],
  [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
])('the key of “%s” is made from its name: %s', (name, key) => {
  expect(keysOf([number(name)])).toEqual([key])
})

test('keys are unique in a role', () => {
  expect(keysOf([number('A'), number('a'), number('A 2'), number('ä')])).toEqual(['a', 'a-2', 'a-2-2', 'a-3'])
  expect(keysOf([number('a'.repeat(70)), number('a'.repeat(70))])).toEqual(['a'.repeat(63), `${'a'.repeat(61)}-2`])
  expect(keysOf([number('A'), number('B', 'a')])).toEqual(['a-2', 'a'])
})

describe('a number whose name changes', () => {
  test('keeps the key that the file gives', () => {
    expect(keysOf([number('S3 calls', 's3-requests')], [number('S3 requests')])).toEqual(['s3-requests'])
  })

  test('is another number if the file gives none', () => {
    expect(keysOf([number('S3 calls')], [number('S3 requests')])).toEqual(['s3-calls'])
  })
})

test('a number without a key keeps that of the current number of the same name', () => {
  const current = [number('S3 calls', 's3-requests'), number('Transfer', 'a'), number('Transfer', 'b')]
  expect(
    keysOf(
      current.map(({ key, ...unkeyed }) => unkeyed),
      current,
    ),
  ).toEqual(['s3-requests', 'a', 'b'])
  expect(keysOf([number('Transfer'), number('S3 calls', 'a')], current)).toEqual(['b', 'a'])
})

test('whatever was there, keys have their shape and are unique, and the same file changes none', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
    fc.constantFrom('Maps', 'maps', 'Maps 2', 'Maps é'),
  )
  const distinct = (limits: CatalogueLimit[]) =>
    limits.filter(({ key }, place) => !key || limits.findIndex((one) => one.key === key) === place)
  const file = fc
    .array(fc.tuple(name, fc.option(fc.constantFrom('maps', 'maps-2', 'other'), { nil: undefined })), { maxLength: 6 })
    .map((limits) => distinct(limits.map(([called, key]) => number(called, key))))
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
      let current: Limit[] = []
      for (const wanted of files) {
        current = withKeys(wanted, current)
        const keys = current.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) expect(catalogueKey.safeParse(key).success).toBe(true)
        expect(current).toMatchObject(wanted)
        expect(withKeys(wanted, current)).toEqual(current)
      }
    }),
    { numRuns: 500 },
  )
})
