import { expect, test } from 'vitest'
import { endpoints } from '../../src/contract'
import { openToOrganizations, scopeOf } from '../../src/platform/access/scopes'
import type { Endpoint } from '../../src/platform/http/endpoint'
import { offeredScopes, scopeLines } from './scopes'

const scopesOf = (which: (endpoint: Endpoint) => boolean) =>
  new Set(endpoints.filter(which).flatMap((endpoint) => scopeOf(endpoint) ?? []))

test.each([
  ['a person’s token', { ofOrganization: false, operator: false }, ({ access }: Endpoint) => access !== 'operator'],
  ['an operator’s token', { ofOrganization: false, operator: true }, () => true],
  ['an organization’s token', { ofOrganization: true, operator: false }, openToOrganizations],
  ['an organization’s token made by an operator', { ofOrganization: true, operator: true }, openToOrganizations],
])('the scopes offered for %s are those that an endpoint needs', (_, kind, which) => {
  expect(offeredScopes(kind).sort()).toEqual([...scopesOf(which)].sort())
})

test('scopes are shown in words, also those that are no longer offered', () => {
  expect(scopeLines(['read:services', 'read:invitations', 'write:events', 'write:invitations'])).toEqual([
    'Read: Invitations and Services',
    'Write: Invitations and Activity',
  ])
  expect(scopeLines(['read:entitlements'])).toEqual(['Read: Active roles'])
})
