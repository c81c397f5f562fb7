import { expect, test } from 'vitest'
import { cell, csvLine } from './csv'

test.each([
  ['=1+2', "'=1+2"],
  ['+49', "'+49"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['Ana "the Hall" Cruz', '"Ana ""the Hall"" Cruz"'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['=cmd|"x",1', '"\'=cmd|""x"",1"'],
  ['plain', 'plain'],
])('the cell of %j is %j', (text, expected) => {
  expect(cell(text)).toBe(expected)
})

test('an event is one line, with names that are formulas made inert', () => {
  const person = { id: '', firstName: '=HYPERLINK("x")', lastName: 'Cruz', email: 'ana@example.org' }
  const event = {
    id: '',
    at: '2026-11-23T06:00:00Z',
    kind: 'member_left' as const,
    actor: person,
    subject: null,
    organization: { id: '', name: '+Reef' },
    details: {},
  }
  expect(csvLine(event)).toBe(
    `2026-11-23T06:00:00Z,member_left,"'=HYPERLINK(""x"") Cruz",ana@example.org,,,'+Reef,\r\n`,
  )
})
