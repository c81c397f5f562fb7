import { expect, test } from 'vitest'
import { columns, rowsOf } from './select-list'
import { sql, toStatement } from './sql'

const list = columns<{ id: string; account: { id: string; name: string } }>({
  id: sql`m.id`,
  account: { id: sql`a.id`, name: sql`a.name` },
})

test('what a property is made of is selected by its path, and put together again', () => {
  expect(toStatement(list.selected).text).toBe('m.id as "id", a.id as "account.id", a.name as "account.name"')
  expect(toStatement(list.collected).text).toBe(
    `json_build_object('id', json_agg("id"), 'account', json_build_object('id', json_agg("account.id"), 'name', json_agg("account.name")))`,
  )
})

test('rows are distinguished by their place in the columns', () => {
  const loaded = {
    columns: { id: ['1', '2'], roles: [['a', 'b'], []], account: { id: ['3', '4'], name: ['Ana', null] } },
  }
  expect(rowsOf(loaded)).toEqual([
    { id: '1', roles: ['a', 'b'], account: { id: '3', name: 'Ana' } },
    { id: '2', roles: [], account: { id: '4', name: null } },
  ])
})

test('no rows are null in every column', () => {
  expect(rowsOf<{ id: string; account: { id: string } }>({ columns: { id: null, account: { id: null } } })).toEqual([])
})
