import { expect, test } from 'vitest'
import { readLdapAddress } from './ldap-addresses'

test.each([
  ['ldaps://ldap.example.org', 'ldaps://ldap.example.org'],
  [' LDAP://LDAP.Example.org:389/ ', 'ldap://ldap.example.org:389'],
  ['ldaps://ldap.example.org:443', 'ldaps://ldap.example.org:443'],
  ['<ldap://10.0.0.1>', 'ldap://10.0.0.1'],
  ['ldap://[::1]:3890', 'ldap://[::1]:3890'],
])('“%s” is the address of a directory', (typed, value) => {
  expect(readLdapAddress(typed, 100)).toEqual({ value })
})

test.each([
  'https://ldap.example.org',
  'ldap.example.org',
  'ldap://',
  'ldap://user:secret@ldap.example.org',
  'ldap://ldap.example.org/dc=example',
  'ldap://ldap.example.org?x',
  'ldap://a b',
  'ldap://ldap.example.org:99999',
])('“%s” is none', (typed) => {
  expect(readLdapAddress(typed, 100)).toHaveProperty('problem')
})

test('an address may be too long', () => {
  expect(readLdapAddress(`ldap://${'a'.repeat(40)}`, 40)).toHaveProperty('problem')
})
