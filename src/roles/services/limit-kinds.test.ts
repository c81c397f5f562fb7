import { expect, test } from 'vitest'
import { limitKindOf } from './limit-kinds'

test.each([
  ['1/min', 'rate'],
  ['MB/s', 'rate'],
  ['requests per second', 'rate'],
  ['1/h', 'rate'],
  ['TB/month', 'amount'],
  ['GB / day', 'amount'],
  ['hours per week', 'amount'],
  ['CPU-h/year', 'amount'],
  ['', 'level'],
  ['GB', 'level'],
  ['session', 'level'],
  ['cores', 'level'],
  ['MB/connection', 'level'],
  ['papers', 'level'],
  ['per seconds long', 'level'],
])('the unit “%s” makes a number a %s', (unit, kind) => {
  expect(limitKindOf(unit)).toBe(kind)
})
