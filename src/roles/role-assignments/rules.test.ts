import { expect, test } from 'vitest'
import { decideGrant, type GrantFacts } from './rules'

const named = {
  serviceId: 's',
  kind: 'quota' as const,
  roleId: 'r',
  service: { key: 'maps', name: 'Maps' },
  role: { key: 'small', name: 'Small' },
}
const role: NonNullable<GrantFacts['role']> = { ...named, version: 1, retired: false, held: false, heldNow: 'a' }
const organization = { state: 'accepted' as const, detailsVersion: 1 }
const later = '2026-03-02T08:00:00Z'

test.each<[string, Partial<GrantFacts>, string | undefined, string | undefined]>([
  ['a role', {}, undefined, undefined],
  ['a role until later', {}, later, undefined],
  ['a role until now', {}, '2026-03-01T08:00:00Z', 'end_in_the_past'],
  ['a role until yesterday', {}, '2026-02-28T08:00:00Z', 'end_in_the_past'],
  ['what is held without an end', { role: { ...role, held: true } }, undefined, 'role_held_already'],
  ['an end to what is held without one', { role: { ...role, held: true } }, later, undefined],
  ['what is held no longer as it was seen', { role: { ...role, heldNow: 'b' } }, undefined, 'changed_meanwhile'],
  ['in place of what was revoked', { role: { ...role, heldNow: null } }, undefined, 'changed_meanwhile'],
  ['to one that was renamed', { organization: { ...organization, detailsVersion: 2 } }, undefined, 'changed_meanwhile'],
  ['a retired role', { role: { ...role, retired: true } }, undefined, 'role_retired'],
  ['no role', { role: null }, undefined, 'role_not_found'],
  ['to no organization', { organization: null }, undefined, 'organization_not_found'],
  ['to a pending one', { organization: { ...organization, state: 'pending' } }, undefined, 'organization_not_accepted'],
  [
    'to a suspended one',
    { organization: { ...organization, state: 'suspended' } },
    undefined,
    'organization_suspended',
  ],
  ['to a dissolved one', { organization: { ...organization, state: 'dissolved' } }, undefined, 'organization_ended'],
])('granting %s', (_, given, expiresAt, code) => {
  const facts: GrantFacts = { now: '2026-03-01T08:00:00Z', organization, role, ...given }
  const seen = { detailsVersion: 1, roleVersion: 1, held: 'a', expiresAt }
  if (code) expect(() => decideGrant(facts, seen)).toThrow(expect.objectContaining({ code }))
  else expect(decideGrant(facts, seen)).toEqual(named)
})
