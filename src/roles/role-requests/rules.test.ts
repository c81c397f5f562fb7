import { describe, expect, test } from 'vitest'
import type { OrganizationState } from '../../platform/access/organization-state'
import type { FieldError } from '../../platform/errors'
import { mustBeAhead } from '../role-assignments/rules'
import {
  type AskableRole,
  decideParts,
  decideRequest,
  mustDiffer,
  type PartFacts,
  partsOf,
  type RequestFacts,
} from './rules'
import type { Decision } from './schema'

/** The code and field of the refusal, or undefined. */
function refusal(decide: () => unknown): string[] | undefined {
  try {
    decide()
    return undefined
  } catch (problem) {
    const { code, errors = [] } = problem as { code: string; errors?: FieldError[] }
    return [code, ...errors.map(({ path, message }) => `${path}: ${message}`)]
  }
}

const named = (key: string) => ({ service: { key: 'maps', name: 'Maps' }, role: { key, name: 'A role' } })
const role = (id: string, kind: AskableRole['kind'], more: Partial<AskableRole> = {}): AskableRole => ({
  id,
  kind,
  serviceId: 'maps',
  ...named(id),
  requestable: true,
  retired: false,
  ...more,
})
const roles = [
  role('reader', 'access'),
  role('small', 'quota'),
  role('secret', 'access', { requestable: false }),
  role('old', 'quota', { retired: true }),
  role('diver', 'access', { serviceId: 'boats' }),
]
const wanting = (accessRoleId: string | null, quotaRoleId: string | null = null) => ({
  serviceId: 'maps',
  accessRoleId,
  quotaRoleId,
})
const reader = { kind: 'access', roleId: 'reader', serviceId: 'maps', ...named('reader') }
const small = { kind: 'quota', roleId: 'small', serviceId: 'maps', ...named('small') }

describe('the parts of a form', () => {
  test('are one or two', () => {
    expect(partsOf(wanting('reader', 'small'), roles)).toEqual([reader, small])
    expect(partsOf(wanting('reader'), roles)).toEqual([reader])
    expect(partsOf(wanting(null, 'small'), roles)).toEqual([small])
  })

  test.each([
    ['none', wanting(null), ['invalid_input', 'accessRoleId: Choose an access role, a quota role, or both.']],
    [
      'a role that there is not',
      wanting('nothing'),
      ['invalid_input', 'accessRoleId: Not an access role of this service.'],
    ],
    ['another service’s', wanting('diver'), ['invalid_input', 'accessRoleId: Not an access role of this service.']],
    ['the wrong kind', wanting(null, 'reader'), ['invalid_input', 'quotaRoleId: Not a quota role of this service.']],
    [
      'an operator’s to grant',
      wanting('secret'),
      ['role_not_requestable', 'accessRoleId: This role cannot be requested.'],
    ],
    ['retired', wanting('reader', 'old'), ['role_not_requestable', 'quotaRoleId: This role cannot be requested.']],
  ])('are refused where one is %s', (_, wanted, expected) => {
    expect(refusal(() => partsOf(wanted, roles))).toEqual(expected)
    const [code, ...errors] = expected
    const within = refusal(() => partsOf(wanted, roles, 'services.3.'))
    expect(within).toEqual([code, ...errors.map((error) => `services.3.${error}`)])
  })

  test('are of different services where there are several forms', () => {
    expect(refusal(() => mustDiffer([wanting('a'), { ...wanting('b'), serviceId: 'boats' }]))).toBeUndefined()
    expect(refusal(() => mustDiffer([wanting('a'), wanting('b')]))).toEqual([
      'invalid_input',
      'services.1.serviceId: This service is already listed.',
    ])
  })
})

describe('a request', () => {
  const facts = (more: Partial<RequestFacts> = {}): RequestFacts => ({ roles, held: [], pending: [], ...more })
  const decide = (
    more: Partial<RequestFacts>,
    wanted = wanting('reader', 'small'),
    state: OrganizationState = 'accepted',
  ) => decideRequest(facts(more), wanted, state)
  const holding = { kind: 'access' as const, roleId: 'reader' }
  const waiting = (kind: 'access' | 'quota') => ({
    kind,
    ...named('Reader'),
    requestId: 'first',
    requestedBy: { firstName: 'Ana', lastName: 'Cruz' },
    requestedAt: '2026-03-01T23:30:00-01:00',
  })

  test('leaves out what is held already', () => {
    expect(decide({ held: [holding] })).toEqual([small])
    expect(decide({ held: [{ ...holding, roleId: 'secret' }] })).toEqual([reader, small])
    expect(refusal(() => decide({ held: [holding, { kind: 'quota', roleId: 'small' }] }))).toEqual([
      'role_held_already',
    ])
  })

  test('for what is asked for already is refused, with a pointer to where', () => {
    expect(refusal(() => decide({ pending: [waiting('quota')] }))).toEqual([
      'role_request_pending',
      'quotaRoleId: Ana Cruz requested A role on Maps on 2 March 2026. The request is pending.',
    ])
    expect(refusal(() => decide({ pending: [waiting('access'), waiting('quota')] }))).toHaveLength(3)
    expect(decide({ pending: [waiting('quota')] }, wanting('reader'))).toEqual([reader])
  })

  test.each([
    ['pending', 'organization_not_accepted'],
    ['suspended', 'organization_suspended'],
    ['dissolved', 'organization_ended'],
  ] as const)('of an organization that is %s is refused', (state, code) => {
    expect(refusal(() => decide({}, wanting('reader'), state))).toEqual([code])
  })
})

describe('deciding', () => {
  const now = '2026-03-01T08:00:00Z'
  const part = (more: Partial<PartFacts> = {}): PartFacts => ({
    requestId: 'r',
    kind: 'access',
    state: 'pending',
    roleRetired: false,
    detailsVersion: 1,
    roleVersion: 1,
    held: 'a',
    organizationId: 'o',
    organizationState: 'accepted',
    ...named('reader'),
    ...more,
  })
  const accept: Decision = {
    requestId: 'r',
    kind: 'access',
    detailsVersion: 1,
    roleVersion: 1,
    held: 'a',
    accept: true,
  }
  const refuse: Decision = { ...accept, accept: false, reason: 'No.' }

  test.each<[string, Decision, Partial<PartFacts>, string | undefined]>([
    ['accepting what is pending', accept, {}, undefined],
    ['refusing it', refuse, {}, undefined],
    ['accepting in place of another than was seen', accept, { held: 'b' }, 'changed_meanwhile'],
    ['accepting in place of what was revoked', accept, { held: null }, 'changed_meanwhile'],
    ['refusing in place of another than was seen', refuse, { held: 'b' }, 'changed_meanwhile'],
    ['accepting for one that was renamed', accept, { detailsVersion: 2 }, 'changed_meanwhile'],
    ['refusing one that was renamed', refuse, { detailsVersion: 2 }, 'changed_meanwhile'],
    ['accepting until later', { ...accept, expiresAt: '2026-03-01T08:00:01Z' }, {}, undefined],
    ['accepting until now', { ...accept, expiresAt: '2026-03-01T09:00:00+01:00' }, {}, 'end_in_the_past'],
    ['accepting until before', { ...accept, expiresAt: '2026-02-28T08:00:00Z' }, {}, 'end_in_the_past'],
    ['accepting what was accepted', accept, { state: 'accepted' }, 'role_request_decided'],
    ['refusing what was withdrawn', refuse, { state: 'withdrawn' }, 'role_request_decided'],
    ['accepting a retired role', accept, { roleRetired: true }, 'role_retired'],
    ['refusing a retired role', refuse, { roleRetired: true }, undefined],
    ['accepting for a pending organization', accept, { organizationState: 'pending' }, 'organization_not_accepted'],
    ['refusing a pending organization', refuse, { organizationState: 'pending' }, undefined],
    ['accepting for a suspended one', accept, { organizationState: 'suspended' }, 'organization_suspended'],
    ['accepting the other part', accept, { kind: 'quota' }, 'role_request_not_found'],
    ['accepting another request', accept, { requestId: 'other' }, 'role_request_not_found'],
  ])('%s', (_, decision, given, code) => {
    expect(refusal(() => decideParts([decision], [part(given)], now))).toEqual(code && [code])
    if (!code)
      expect(decideParts([decision], [part(given)], now)).toEqual([
        { ...decision, organizationId: 'o', ...named('reader') },
      ])
  })

  test('one part twice is refused', () => {
    expect(refusal(() => decideParts([accept, refuse], [part()], now))).toEqual([
      'invalid_input',
      'decisions: A part is decided more than once.',
    ])
  })

  test('several refuses all where one cannot be', () => {
    const other: Decision = { ...accept, kind: 'quota' }
    expect(refusal(() => decideParts([accept, other], [part()], now))).toEqual(['role_request_not_found'])
  })
})

test('no end is always ahead', () => {
  expect(refusal(() => mustBeAhead(undefined, '2026-03-01T08:00:00Z'))).toBeUndefined()
})
