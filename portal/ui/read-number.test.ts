import { expect, test } from 'vitest'
import { numberIn, spell } from './read-number'

test.each([
  ['10', 10],
  [' 10 ', 10],
  ['+10', 10],
  ['-5', -5],
  ['\u22125', -5],
  ['007', 7],
  ['１０', 10],
  ['١٠', 10],
  ['۱۰', 10],
  ['१०', 10],
  ['10\u200b\ufeff', 10],
  ['1,000', 1000],
  ['1.000', 1000],
  ['1 000', 1000],
  ['1\u00a0000', 1000],
  ['1\u202f000', 1000],
  ['1\u2009000\u2009000', 1_000_000],
  ["1'000", 1000],
  ['1’000’000', 1_000_000],
  ['12,345,678', 12_345_678],
  ['1.000.000', 1_000_000],
  ['１，０００', 1000],
  ['١٬٠٠٠', 1000],
  ['', ''],
  ['  ', ''],
])('a field for whole numbers reads %j as %j', (typed, value) => {
  expect(numberIn(typed, false)).toBe(value)
})

test.each([
  ...['2,5', '0,5', '2.5', '0.5', '.5', '٢٫٥', '5.0', '5,', '0.500', '0,000', '½', '1½'],
  ...['1,00', '1,0000', '10,00,000', '1,000.000', '1 000,000', '1,000.5', '1,,000', '1 00', '1000,000', '12 34'],
  ...['1e3', '1e6', '0x10', 'ten', '7 days', '5%', '1-2', '--5', '1/2', 'Infinity', 'NaN', '10, 20'],
])('in a field for whole numbers, %j stays as it was typed', (typed) => {
  expect(numberIn(typed, false)).toBe(typed)
})

test.each([
  ['20', 20],
  ['2.5', 2.5],
  ['2,5', 2.5],
  ['0,5', 0.5],
  ['.5', 0.5],
  ['-,5', -0.5],
  ['２．５', 2.5],
  ['٢٫٥', 2.5],
  ['۲٫۵', 2.5],
  ['0.125', 0.125],
  ['0,500', 0.5],
  ['1.2340', 1.234],
  ['1234.567', 1234.567],
  ['1 000', 1000],
  ["1'000.25", 1000.25],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1.234.567', 1_234_567],
  ['1,234,567.891', 1_234_567.891],
  ['١٬٠٠٠', 1000],
  ['', ''],
])('a field for numbers with decimals reads %j as %j', (typed, value) => {
  expect(numberIn(typed, true)).toBe(value)
})

test.each(['1.000', '1,000', '-12.345', '5.', '1,234,5', '1.2.3', '1e6', '20 MB', 'many', '1 000 00', '1,00,000'])(
  'in a field for numbers with decimals, %j stays as it was typed',
  (typed) => {
    expect(numberIn(typed, true)).toBe(typed)
  },
)

test('a number that is set from elsewhere is read as itself', () => {
  for (const value of [0, 7, -5, 1000, 2.5, 0.000_000_1, 1234.5678, 1e15])
    expect(numberIn(spell(value), true)).toBe(value)
})
