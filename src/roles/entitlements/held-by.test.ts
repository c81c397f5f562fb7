import { expect, test } from 'vitest'
import { heldBy } from './held-by'
import type { Entitlement, HeldRole } from './schema'

const early = '2026-03-01T08:00:00.123456+00:00'
const late = '2026-03-01T10:00:00.1235+02:00'
const service = { id: 's', key: 'maps', name: 'Maps', description: '', url: null }
const granted = { from: 'organization', organization: { id: 'o', name: 'O' } } as HeldRole['why']
const role = (since: string, why: HeldRole['why']) => ({ key: 'reader', since, until: null, why }) as HeldRole
const holding = (access: HeldRole | null): Entitlement[] => [{ service, usable: false, access, quota: null }]

test.each<[string, HeldRole['why'], string, { disabled: false; registeredAt: string; since: string }, string]>([
  [
    'a default of before one registered',
    { from: 'default' },
    early,
    { disabled: false, registeredAt: late, since: late },
    late,
  ],
  ['a default of after it', { from: 'default' }, late, { disabled: false, registeredAt: early, since: early }, late],
  [
    'a default of before one joined',
    { from: 'default' },
    early,
    { disabled: false, registeredAt: early, since: late },
    early,
  ],
  [
    'an organization’s role of before one joined',
    granted,
    early,
    { disabled: false, registeredAt: early, since: late },
    late,
  ],
  ['an organization’s role of after it', granted, late, { disabled: false, registeredAt: early, since: early }, late],
])('a member holds %s since the later moment', (_, why, since, beginnings, expected) => {
  expect(heldBy(beginnings, holding(role(since, why)))).toEqual(holding(role(expected, why)))
})

test('moments within a microsecond’s thousand are distinguished, and what is not held stays so', () => {
  const [first, second] = ['2026-03-01T08:00:00+00:00', '2026-03-01T08:00:00.000001+00:00']
  const beginnings = { disabled: false, registeredAt: second, since: first }
  expect(heldBy(beginnings, holding(role(first, { from: 'default' })))[0]!.access!.since).toBe(second)
  expect(heldBy(beginnings, holding(null))).toEqual(holding(null))
})
