import { expect, test } from 'vitest'
import { fullName, isNamed, readOrganizationName, readPersonName } from './names'

test.each(['', 'Suharto', 'O’Brien', 'María José', 'Nguyễn Thị Minh Khai', 'علی‌رضا', 'wwwilliam', 'x'.repeat(80)])(
  'a person may be called “%s”',
  (name) => {
    expect(readPersonName(name)).toEqual({ value: name })
  },
)

test.each([
  ['WIN €500 → https://evil.example/c', 'A name cannot be a URL. Remove “://” or “www.”.'],
  ['see WWW.evil.example', 'A name cannot be a URL. Remove “://” or “www.”.'],
  ['ｗｗｗ．evil.example', 'A name cannot be a URL. Remove “://” or “www.”.'],
  ['x'.repeat(81), 'At most 80 characters.'],
])('a person’s name cannot be “%s”', (name, problem) => {
  expect(readPersonName(name)).toEqual({ problem })
})

test.each(['3M', 'HP', 'X', 'www.example.org', 'x'.repeat(200)])('an organization may be called “%s”', (name) => {
  expect(readOrganizationName(name)).toEqual({ value: name })
})

test.each([
  ['', 'Cannot be empty.'],
  ['x'.repeat(201), 'At most 200 characters.'],
  ['https://evil.example', 'A name cannot be a URL. Remove “://”.'],
])('no organization is called “%s”', (name, problem) => {
  expect(readOrganizationName(name)).toEqual({ problem })
})

test.each([
  ['Ana', 'Cruz', 'Ana Cruz'],
  ['Suharto', '', 'Suharto'],
  ['', 'Suharto', 'Suharto'],
])('“%s” and “%s” is called %s', (firstName, lastName, name) => {
  expect(isNamed({ firstName, lastName })).toBe(true)
  expect(fullName({ firstName, lastName })).toBe(name)
})

test('a person without a first and a last name counts as unnamed', () => {
  expect(isNamed({ firstName: '', lastName: '' })).toBe(false)
})
