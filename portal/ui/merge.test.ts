import { expect, test } from 'vitest'
import { merge } from './merge'

const before = { city: '', address: '', limits: [{ name: 'Tiles', value: 5 }] }

test('a field in which nothing was entered takes what is there now', () => {
  const now = { ...before, city: 'Manila', limits: [{ name: 'Tiles', value: 6 }] }
  expect(merge(before, { ...before, address: 'Street 5' }, now)).toEqual({
    values: { ...now, address: 'Street 5' },
    both: [],
  })
})

test('what was entered stays, and is marked if it was changed there, too', () => {
  const entered = { ...before, city: 'Cebu', limits: [] }
  const now = { city: 'Manila', address: 'Street 5', limits: [{ name: 'Tiles', value: 6 }] }
  expect(merge(before, entered, now)).toEqual({
    values: { ...entered, address: 'Street 5' },
    both: ['city', 'limits'],
  })
})

test('where both entered the same there is nothing to tell', () => {
  const now = { ...before, city: 'Manila' }
  expect(merge(before, now, now)).toEqual({ values: now, both: [] })
})

test('what another person emptied is empty', () => {
  const full = { ...before, city: 'Manila' }
  expect(merge(full, full, before)).toEqual({ values: before, both: [] })
})
