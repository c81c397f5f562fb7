import { expect, test } from 'vitest'
import { importCatalogue } from '../../roles/services/schema'
import { fieldErrors } from './field-errors'
import { checkInPieces } from './long-input'

const { input, long } = importCatalogue
const service = (at: number, roles: object[] = []) => ({ key: `s${at}`, name: ` Service ${at} `, roles })
const role = { key: 'low', kind: 'quota', name: 'Low', limits: [{ name: 'CPU', value: 2 }] }

/** The result, and how often others had their turn. */
async function checked(given: Record<string, unknown>) {
  let turns = 0
  let over = false
  const others = () => {
    turns++
    if (!over) setImmediate(others)
  }
  setImmediate(others)
  const result = await checkInPieces(input, long!.list!, given)
  over = true
  return { turns, data: result.data, errors: result.error && fieldErrors(result.error) }
}

test.each<[string, Record<string, unknown>]>([
  ['nothing', {}],
  ['no list', { services: { a: 1 } }],
  ['an empty list', { version: 1, services: [] }],
  ['services', { dryRun: true, services: [service(1, [role]), service(2)] }],
  ['too many', { services: Array.from({ length: 501 }, (_, at) => service(at)) }],
  [
    'wrong ones, and an unknown field',
    { services: [service(1), { key: 'X' }, service(2, [{ ...role, kind: 1 }])], x: 1 },
  ],
  ['a wrong version', { version: 'x', services: [service(1)] }],
])('%s, checked in pieces, come to the same', async (_, given) => {
  const whole = input.safeParse(given, { reportInput: true })
  const { data, errors } = await checked(given)
  expect(data).toEqual(whole.data)
  const sorted = (all: object[] = []) => all.map((one) => JSON.stringify(one)).sort()
  expect(sorted(errors)).toEqual(sorted(whole.error && fieldErrors(whole.error)))
})

test('other requests run between two chunks, and checking stops after as many errors as are reported', async () => {
  expect((await checked({ services: Array.from({ length: 300 }, (_, at) => service(at)) })).turns).toBeGreaterThan(250)
  const roles = Array.from({ length: 100 }, () => ({ limits: Array.from({ length: 20 }, () => ({})) }))
  const wrong = await checked({ services: Array.from({ length: 30 }, (_, at) => service(at, roles)) })
  expect(wrong.errors).toHaveLength(20)
  expect(wrong.turns).toBeLessThan(5)
})
