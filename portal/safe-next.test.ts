import { expect, test } from 'vitest'
import { safeNext } from './safe-next'

const origin = 'https://portal.example'

test.each([
  ['/organization', '/organization'],
  ['/active-roles?at=2026-01-01#why', '/active-roles?at=2026-01-01#why'],
  ['/organization/create', '/organization/create'],
  ['/a b', '/a%20b'],
])('after signing in, %j leads to %j', (next, path) => {
  expect(safeNext(next, origin)).toBe(path)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\r/evil.example',
  '/\n//evil.example',
  '/\t\\evil.example',
  '\t//evil.example',
  ' //evil.example',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  'organization',
  '',
  '/\\/\\evil.example/..',
  '///evil.example',
  '//[',
  undefined,
  null,
  ['/organization'],
  7,
])('after signing in, %j leads nowhere', (next) => {
  expect(safeNext(next, origin)).toBeUndefined()
})
