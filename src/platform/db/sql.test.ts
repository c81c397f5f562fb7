import { describe, expect, test } from 'vitest'
import { many, nothing, one, sql, toStatement } from './sql'

describe('a statement', () => {
  test('has its values apart, in order', () => {
    const { text, values } = toStatement(sql`select * from accounts where id = ${'ana'} and operator = ${true}`)
    expect(text).toBe('select * from accounts where id = $1 and operator = $2')
    expect(values).toEqual(['ana', true])
  })

  test('takes other pieces in, and numbers their values as they come', () => {
    const inner = sql`admin = ${true} or id = ${'b'}`
    const { text, values } = toStatement(sql`where a = ${'a'} and (${inner}) and c = ${'c'}`)
    expect(text).toBe('where a = $1 and (admin = $2 or id = $3) and c = $4')
    expect(values).toEqual(['a', true, 'b', 'c'])
  })

  test('takes the same piece twice', () => {
    const piece = sql`${'x'}::text`
    expect(toStatement(sql`select ${piece}, ${piece}`)).toMatchObject({
      text: 'select $1::text, $2::text',
      values: ['x', 'x'],
    })
  })

  test.each([
    "' or true --",
    '$1',
    '"; drop table accounts; --',
    '\u0000',
    null,
    undefined,
    0,
    ['a', 'b'],
    { sql: 'true' },
    { strings: ['true'], values: [] },
  ])('never has a value in its text: %j', (value) => {
    expect(toStatement(sql`select ${value}`)).toMatchObject({ text: 'select $1', values: [value] })
  })

  test('may have no values and may be nothing', () => {
    expect(toStatement(sql`select 1${nothing} ${nothing}`)).toMatchObject({ text: 'select 1 ', values: [] })
  })

  test('has a name that follows from its text and not from its values, and that PostgreSQL can keep', () => {
    const byId = (id: string) => toStatement(sql`select * from accounts where id = ${id}`)
    expect(byId('a').name).toBe(byId('b').name)
    expect(byId('a').name).not.toBe(toStatement(sql`select * from accounts where email = ${'a'}`).name)
    expect(byId('a').name).toMatch(/^g[\w-]{20}$/)
  })
})

test('one row is an object or null, many are an array that may be empty', () => {
  expect(toStatement(one(sql`select ${1}`)).text).toBe('(select row_to_json(r) from (select $1) r)')
  expect(toStatement(many(sql`select ${1}`)).text).toBe(
    "(select coalesce(json_agg(row_to_json(r)), '[]') from (select $1) r)",
  )
})
