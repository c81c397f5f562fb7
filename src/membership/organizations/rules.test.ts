import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/access/actor'
import { mustBeAccepted } from '../../platform/access/admit'
import { isLive, type OrganizationState, organizationStates } from '../../platform/access/organization-state'
import type { ProblemCode } from '../../platform/problems'
import { decideLimitRequest } from '../member-limits/rules'
import {
  abilitiesOf,
  decideAppointment,
  decideDissolution,
  decideResubmission,
  decideTransition,
  mustBeFree,
  nameKey,
  transitions,
} from './rules'
import type { OrganizationRow } from './store'

const actor: Actor = {
  id: 'ana',
  email: 'ana@example.org',
  emailConfirmed: false,
  operator: false,
  admin: false,
  membershipId: null,
  organizationId: null,
  organizationState: null,
  sessionId: 's',
  token: null,
  securityStamp: '0',
  requiredActions: [],
  fresh: true,
  idle: false,
}
const mine = (admin: boolean) => ({ membershipId: 'm', admin, since: '2026-01-01T00:00:00Z' })

const organization = (given: Partial<OrganizationRow> = {}): OrganizationRow => ({
  id: 'organization',
  name: 'Coral Watch',
  country: 'PH',
  description: 'Counting corals.',
  address: '',
  city: '',
  postalCode: '',
  website: '',
  taxId: '',
  state: 'accepted',
  stateVersion: 1,
  detailsVersion: 1,
  stateReason: null,
  stateSince: '2026-01-01T00:00:00Z',
  createdAt: '2026-01-01T00:00:00Z',
  author: { id: 'ben', firstName: 'Ben', lastName: 'Cruz', email: null },
  members: 2,
  admins: 1,
  memberLimit: null,
  limitWanted: null,
  servicesWanted: [],
  identityChange: null,
  mine: null,
  ...given,
})

/** The code of the refusal, or undefined. */
function refusal(decide: () => unknown): string | undefined {
  try {
    decide()
    return undefined
  } catch (problem) {
    return (problem as { code: string }).code
  }
}

describe('the key by which names are compared', () => {
  test.each([
    ['Coral Watch', 'coral watch'],
    ['ÉCOLE', 'école'],
    ['E\u0301cole', 'école'],
    ['  Coral \t  Watch ', 'coral watch'],
    ['Coral\u00a0Watch', 'coral watch'],
    ['Ｃｏｒａｌ', 'coral'],
    ['ﬁsh', 'fish'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['علی\u200cرضا', 'علیرضا'],
    ['❤\ufe0f Reef', '❤ reef'],
  ])('of “%s” is “%s”', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })

  test('is its own key, whatever the character', () => {
    const characters = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code))
    expect(characters.filter((one) => nameKey(nameKey(one)) !== nameKey(one))).toEqual([])
  }, 60_000)

  test('is its own key, and does not depend on how the name is composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name))
        expect(nameKey(name.normalize('NFD'))).toBe(nameKey(name.normalize('NFC')))
        expect(nameKey(` ${name}  `)).toBe(nameKey(name))
      }),
    )
  })
})

test.each([
  ['pending', true],
  ['changes_requested', true],
  ['accepted', true],
  ['suspended', true],
  ['rejected', false],
  ['dissolved', false],
] as const)('%s is live: %s', (state, live) => {
  expect(isLive(state)).toBe(live)
})

describe('an operator’s decision', () => {
  const allowed: Record<keyof typeof transitions, OrganizationState[]> = {
    accepted: ['pending'],
    changes_requested: ['pending'],
    rejected: ['pending', 'changes_requested'],
    suspended: ['accepted'],
    reinstated: ['suspended'],
    dissolved: ['pending', 'changes_requested', 'accepted', 'suspended'],
  }
  const table = Object.entries(allowed).flatMap(([to, from]) =>
    organizationStates.map((state) => [state, to as keyof typeof transitions, from.includes(state)] as const),
  )

  test.each(table)('from %s, “%s” is possible: %s', (state, to, possible) => {
    const code = refusal(() => decideTransition(organization({ state }), transitions[to], 1))
    expect(code).toBe(possible ? undefined : 'wrong_organization_state')
  })

  test('about no organization says that there is none', () => {
    expect(refusal(() => decideTransition(null, transitions.accepted, 1))).toBe('organization_not_found')
  })
})

test.each([
  [null, undefined],
  ['pending', 'waiting_for_own_organization'],
  ['changes_requested', 'waiting_for_own_organization'],
  ['accepted', 'already_in_an_organization'],
  ['suspended', 'already_in_an_organization'],
] as const)('a member of one that is %s is free to join another: %s', (organizationState, code) => {
  const where = { ...actor, organizationState, organizationId: organizationState && 'another' }
  expect(refusal(() => mustBeFree(where))).toBe(code)
})

test.each([
  ['accepted', undefined],
  ['pending', 'organization_not_accepted'],
  ['changes_requested', 'organization_not_accepted'],
  ['suspended', 'organization_suspended'],
  ['rejected', 'organization_ended'],
  ['dissolved', 'organization_ended'],
] as const)('one that is %s invites and lets people in: %s', (state, code) => {
  expect(refusal(() => mustBeAccepted(state))).toBe(code)
})

describe('resubmitting', () => {
  const author = { id: 'ana', firstName: 'Ana', lastName: 'Cruz', email: null }
  const inIt = { organizationId: 'organization', organizationState: 'changes_requested' as const, membershipId: 'm' }
  const admin = { ...inIt, admin: true }

  test.each([
    ['an admin, when changes were asked for', { state: 'changes_requested', mine: mine(true) }, admin, undefined],
    [
      'a member, when changes were asked for',
      { state: 'changes_requested', mine: mine(false) },
      inIt,
      'admin_privileges_needed',
    ],
    ['an admin of a pending one', { state: 'pending', mine: mine(true) }, admin, 'wrong_organization_state'],
    ['an admin of an accepted one', { state: 'accepted', mine: mine(true) }, admin, 'wrong_organization_state'],
    ['an admin of a suspended one', { state: 'suspended', mine: mine(true) }, admin, 'wrong_organization_state'],
    ['the author, when it was rejected', { state: 'rejected', author }, {}, undefined],
    [
      'the author, in another by now',
      { state: 'rejected', author },
      { organizationId: 'another', organizationState: 'accepted' },
      'already_in_an_organization',
    ],
    [
      'the author, waiting for another',
      { state: 'rejected', author },
      { organizationId: 'another', organizationState: 'pending' },
      'waiting_for_own_organization',
    ],
    ['the author, when it was dissolved', { state: 'dissolved', author }, {}, 'organization_not_found'],
    ['the author who left a living one', { state: 'accepted', author }, {}, 'organization_not_found'],
    ['another person, when it was rejected', { state: 'rejected' }, {}, 'organization_not_found'],
    ['another person', { state: 'changes_requested' }, {}, 'organization_not_found'],
    ['an operator', { state: 'rejected' }, { operator: true }, 'organization_not_found'],
  ] as [string, Partial<OrganizationRow>, Partial<Actor>, ProblemCode | undefined][])(
    'by %s',
    (_, given, who, code) => {
      expect(refusal(() => decideResubmission(organization(given), { ...actor, ...who }, 1))).toBe(code)
      if (!code)
        expect(decideResubmission(organization(given), { ...actor, ...who }, 1)).toMatchObject({
          by: { from: given.state },
        })
    },
  )

  test('of none is not found', () => {
    expect(refusal(() => decideResubmission(null, actor, 1))).toBe('organization_not_found')
  })
})

describe('dissolving', () => {
  const sole = { members: 1, admins: 1, mine: mine(true) }
  const operator = { operator: true }
  const admin = {
    organizationId: 'organization',
    organizationState: 'accepted' as const,
    membershipId: 'm',
    admin: true,
  }

  test.each([
    ['the sole member', sole, admin, undefined, 'soleMember'],
    ['the sole member of a suspended one', { ...sole, state: 'suspended' }, admin, undefined, 'soleMember'],
    ['the sole member, an operator', sole, { ...admin, ...operator }, undefined, 'soleMember'],
    ['an admin of two members', { mine: mine(true) }, admin, 'why', 'not_the_sole_member'],
    ['an admin of two, an operator', { mine: mine(true) }, { ...admin, ...operator }, 'why', 'operator'],
    ['an admin of another, an operator', { members: 1 }, { ...admin, ...operator }, 'why', 'operator'],
    ['an operator with a reason', {}, operator, 'why', 'operator'],
    ['an operator without one', {}, operator, undefined, 'invalid_input'],
    ['an operator, of one that was dissolved', { state: 'dissolved' }, operator, 'why', 'wrong_organization_state'],
    ['an operator, of one that was rejected', { state: 'rejected' }, operator, 'why', 'wrong_organization_state'],
  ] as [string, Partial<OrganizationRow>, Partial<Actor>, string | undefined, string][])(
    'by %s',
    (_, given, who, reason, expected) => {
      const decide = () => decideDissolution(organization(given), { ...actor, ...who }, reason, 1)
      expect(refusal(decide) ?? Object.keys(decide())[0]).toBe(expected)
    },
  )

  test('of none is not found', () => {
    expect(refusal(() => decideDissolution(null, { ...actor, ...operator }, 'why', 1))).toBe('organization_not_found')
  })
})

describe('appointing an admin', () => {
  const outsider = { membershipId: null, organizationId: null, admin: null }
  const member = { membershipId: 'm', organizationId: 'organization', admin: false }

  test('promotes a member, admits a person without an organization, and changes nothing for an admin', () => {
    expect(decideAppointment(organization(), member)).toEqual({ account: member, already: false })
    expect(decideAppointment(organization(), outsider)).toEqual({ account: outsider, already: false })
    expect(decideAppointment(organization(), { ...member, admin: true })).toMatchObject({ already: true })
  })

  test.each([
    ['no organization', null, member, 'organization_not_found'],
    ['one that was rejected', organization({ state: 'rejected' }), outsider, 'organization_ended'],
    ['one that was dissolved', organization({ state: 'dissolved' }), outsider, 'organization_ended'],
    ['no account', organization(), null, 'account_not_found'],
    [
      'an admin of another',
      organization(),
      { ...member, organizationId: 'another', admin: true },
      'account_in_another_organization',
    ],
  ] as const)('is refused for %s', (_, where, account, code) => {
    expect(refusal(() => decideAppointment(where, account))).toBe(code)
  })
})

describe('asking for a higher users limit', () => {
  test.each([
    ['above the present one', { memberLimit: 10 }, 11, undefined],
    ['the present one', { memberLimit: 10 }, 10, 'limit_not_higher'],
    ['one below it', { memberLimit: 10 }, 9, 'limit_not_higher'],
    ['any where there is none', {}, 1_000_000, 'limit_not_higher'],
    ['of a suspended one', { memberLimit: 10, state: 'suspended' }, 11, 'organization_suspended'],
    ['of a pending one', { memberLimit: 10, state: 'pending' }, 11, 'organization_not_accepted'],
  ] as [string, Partial<OrganizationRow>, number, ProblemCode | undefined][])('%s', (_, given, limit, code) => {
    expect(refusal(() => decideLimitRequest(organization(given), limit))).toBe(code)
  })

  test('of none is not found', () => {
    expect(refusal(() => decideLimitRequest(null, 10))).toBe('organization_not_found')
  })
})

// The table of abilities by state and role is in routes.test.ts, which compares it with what the API permits.
test('a person who is neither a member, nor the author, nor an operator can do nothing with it', () => {
  for (const state of organizationStates)
    for (const elsewhere of [null, 'another']) {
      const can = abilitiesOf(organization({ state }), { ...actor, organizationId: elsewhere, admin: true })
      expect(Object.values(can).filter(Boolean)).toEqual([])
    }
})
