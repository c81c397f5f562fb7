import { expect, test } from 'vitest'
import { readCsv } from './csv'

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '\uFEFFa;b\r\nc;d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\tb', [['a', 'b']]],
  ['"a, b","c ""d"""', [['a, b', 'c "d"']]],
  ['"two\nlines",b', [['two\nlines', 'b']]],
  [' a , b \n\n,\n', [['a', 'b']]],
  ['a', [['a']]],
  ['', []],
  ['"never closed', [['never closed']]],
  ['a "b" c,d', [['a "b" c', 'd']]],
])('%j is %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows)
})
