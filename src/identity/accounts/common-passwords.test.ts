import { expect, test } from 'vitest'
import { isTooCommon } from './common-passwords'

const holder = { email: 'ana.cruz@example.org', firstName: 'Ana', lastName: 'Cruz' }

test.each([
  'password1234567',
  'PasswordPassword1!',
  'p@ssw0rdp@ssw0rd',
  'letmeinletmeinletmein',
  '123456789012345678',
  'abcdefghijklmnop',
  '               ',
  'ana.cruz@example.org',
  'anacruz12345678',
  'guildhallguildhall',
  'a'.repeat(128),
  '12031987'.repeat(16),
])('“%s” is too common', async (password) => {
  expect(await isTooCommon(password, holder)).toBe(true)
})

test.each([
  'correct horse battery',
  'my dog eats coral reefs',
  'ang dagat ay 🐠🐠',
  'vk8 wq2 zr5 mn1 tx7',
  `${'a'.repeat(100)} but tiny reefs glow`,
])('“%s” is not', async (password) => {
  expect(await isTooCommon(password, holder)).toBe(false)
})

test('what one holder may not have, another may', async () => {
  const password = 'Philomena Oxenstierna'
  expect(await isTooCommon(password, holder)).toBe(false)
  const namesake = { email: 'p@example.org', firstName: 'Philomena', lastName: 'Oxenstierna' }
  expect(await isTooCommon(password, namesake)).toBe(true)
})
