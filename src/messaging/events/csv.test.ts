import { expect, test } from 'vitest'
import { cell, csvHeader, csvLine } from './csv'

test.each([
  ['=1+2', "'=1+2"],
  ['+49', "'+49"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', '"\'\tx"'],
  ['＝1+2', "'＝1+2"],
  ['＋49', "'＋49"],
  ['－1', "'－1"],
  ['＠SUM(A1)', "'＠SUM(A1)"],
  ['﹦1', "'﹦1"],
  ['−1', "'−1"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u200b=1', "'\u200b=1"],
  ['"=1"', '"\'""=1"""'],
  ["'=1", "''=1"],
  ['“=1”', "'“=1”"],
  [';=1', '";\'=1"'],
  ['a;=1+2', '"a;\'=1+2"'],
  ['a; "=1', '"a; ""\'=1"'],
  ['a;＝1', '"a;\'＝1"'],
  ['a\t@SUM(A1)', '"a\t\'@SUM(A1)"'],
  ['a|+1', '"a|\'+1"'],
  ['two\n=1', '"two\n\'=1"'],
  ['a; b', '"a; b"'],
  ['Ana-Maria + Ben = 2', 'Ana-Maria + Ben = 2'],
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
    token: { id: '', name: '=1+2' },
    subject: null,
    organization: { id: '', name: '+Reef' },
    details: {},
  }
  expect(csvLine(event)).toBe(
    `2026-11-23T06:00:00Z,member_left,"'=HYPERLINK(""x"") Cruz",ana@example.org,,,'+Reef,,'=1+2\r\n`,
  )
})

test('a file begins with the mark by which Excel knows that it is UTF-8', () => {
  expect([...new TextEncoder().encode(csvHeader)].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 't'.charCodeAt(0)])
})
