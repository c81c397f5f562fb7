import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/access/actor'
import type { OrganizationState } from '../../platform/access/organization-state'
import type { ProblemCode } from '../../platform/problems'
import {
  type AcceptanceFacts,
  decideAcceptance,
  decideApproval,
  decideWaiting,
  type InvitationFacts,
  mustBePending,
  readCode,
  type WaitingFacts,
  wrongCode,
} from './rules'
import { invitationStates } from './schema'

const actor: Actor = {
  id: 'ana',
  email: 'ana@example.org',
  emailConfirmed: true,
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
const inside: Partial<Actor> = { organizationId: 'another', organizationState: 'accepted', membershipId: 'm' }
const founding = (organizationState: OrganizationState): Partial<Actor> => ({
  ...inside,
  organizationState,
  admin: true,
})

const invitation: InvitationFacts = {
  id: 'invitation',
  organizationId: 'organization',
  organizationName: 'Coral Watch',
  organizationState: 'accepted',
  state: 'pending',
  boundEmail: null,
  boundDomain: null,
  grantsAdmin: false,
  needsApproval: false,
  full: false,
}

/** The code of the refusal, or undefined. */
function refusal(decide: () => unknown): string | undefined {
  try {
    decide()
    return undefined
  } catch (problem) {
    return (problem as { code: string }).code
  }
}

type Facts = Partial<Omit<AcceptanceFacts, 'invitation'>> & { invitation?: Partial<InvitationFacts> | null }

const accept = (facts: Facts = {}, who: Partial<Actor> = {}) =>
  decideAcceptance(
    {
      mine: null,
      waiting: false,
      removedAt: null,
      wait: 0,
      ...facts,
      invitation: facts.invitation === null ? null : { ...invitation, ...facts.invitation },
    },
    { ...actor, ...who },
  )

describe('accepting an invitation', () => {
  test('is possible with a valid code for a person in no organization', () => {
    expect(accept()).toEqual({ invitation, repeated: null })
  })

  test('takes no place in a full organization while it needs an approval', () => {
    const waits = { ...invitation, full: true, needsApproval: true }
    expect(accept({ invitation: waits })).toEqual({ invitation: waits, repeated: null })
    const full = { ...invitation, full: true }
    expect(accept({ invitation: full, removedAt: '2026-11-12T00:00:00Z' })).toEqual({
      invitation: full,
      repeated: null,
    })
  })

  test.each([
    ['no invitation has the code', { invitation: null }, {}, 'code_not_valid'],
    ['it was revoked', { invitation: { state: 'revoked' } }, {}, 'invitation_revoked'],
    ['its uses are spent', { invitation: { state: 'accepted' } }, {}, 'invitation_used'],
    ['it has expired', { invitation: { state: 'expired' } }, {}, 'invitation_expired'],
    ['the organization is pending', { invitation: { organizationState: 'pending' } }, {}, 'organization_not_accepted'],
    [
      'changes to it were asked for',
      { invitation: { organizationState: 'changes_requested' } },
      {},
      'organization_not_accepted',
    ],
    ['it is suspended', { invitation: { organizationState: 'suspended' } }, {}, 'organization_suspended'],
    ['it was rejected', { invitation: { organizationState: 'rejected' } }, {}, 'organization_ended'],
    ['it was dissolved', { invitation: { organizationState: 'dissolved' } }, {}, 'organization_ended'],
    ['the person is in another one', {}, inside, 'already_in_an_organization'],
    ['the person is in another one, which is suspended', {}, founding('suspended'), 'already_in_an_organization'],
    ['the person’s own one is pending', {}, founding('pending'), 'waiting_for_own_organization'],
    ['the person’s own one is to be changed', {}, founding('changes_requested'), 'waiting_for_own_organization'],
    ['the organization is full', { invitation: { full: true } }, {}, 'organization_full'],
    ['the person waits for an approval', { waiting: true }, {}, 'waiting_for_approval'],
    ['the person left after accepting it', { mine: { state: 'joined', member: false } }, {}, 'invitation_used_by_you'],
    ['the person was declined', { mine: { state: 'declined', member: false } }, {}, 'invitation_used_by_you'],
    [
      'the person was declined and joined by another one',
      { mine: { state: 'declined', member: true } },
      inside,
      'invitation_used_by_you',
    ],
    ['the person is a member by another one', {}, { organizationId: invitation.organizationId }, 'member_already'],
    [
      'the person is a member, and it was revoked',
      { invitation: { state: 'revoked' } },
      { organizationId: invitation.organizationId },
      'member_already',
    ],
    ['the person withdrew', { mine: { state: 'withdrawn', member: false } }, {}, 'invitation_used_by_you'],
    [
      'it is for another address',
      { invitation: { boundEmail: 'ben@example.org' } },
      {},
      'invitation_for_somebody_else',
    ],
    ['it is for another domain', { invitation: { boundDomain: 'example.com' } }, {}, 'invitation_for_somebody_else'],
    ['it is for a subdomain', { invitation: { boundDomain: 'a.example.org' } }, {}, 'invitation_for_somebody_else'],
    [
      'it is for a suffix of the person’s domain',
      { invitation: { boundDomain: 'ple.org' } },
      {},
      'invitation_for_somebody_else',
    ],
    [
      'the person’s domain only begins with it',
      { invitation: { boundDomain: 'example.org' } },
      { email: 'ana@example.org.evil.test' },
      'invitation_for_somebody_else',
    ],
    [
      'it is for the person’s address, which is not confirmed',
      { invitation: { boundEmail: actor.email } },
      { emailConfirmed: false },
      'address_not_confirmed',
    ],
    [
      'it is for the person’s domain, and their address is not confirmed',
      { invitation: { boundDomain: 'example.org' } },
      { emailConfirmed: false },
      'address_not_confirmed',
    ],
    ['too many wrong codes were tried', { wait: 900 }, {}, 'too_many_wrong_codes'],
  ] as [string, Facts, Partial<Actor>, ProblemCode][])('is refused where %s', (_, facts, who, code) => {
    expect(refusal(() => accept(facts, who))).toBe(code)
  })

  test.each([
    ['the person’s address, confirmed', { boundEmail: actor.email }],
    ['the person’s domain, confirmed', { boundDomain: 'example.org' }],
    ['anyone, with an unconfirmed address', {}],
  ])('is possible with one for %s', (_, bound) => {
    expect(accept({ invitation: bound }, { emailConfirmed: Object.keys(bound).length > 0 }).repeated).toBeNull()
  })

  test.each([
    ['joined', true, 'joined'],
    ['awaiting_approval', false, 'awaiting_approval'],
  ] as const)('again, when %s, is no error, whatever became of the invitation', (state, member, repeated) => {
    for (const invitationState of invitationStates)
      for (const organizationState of ['accepted', 'suspended'] as const)
        expect(
          accept(
            { mine: { state, member }, waiting: !member, invitation: { state: invitationState, organizationState } },
            member ? inside : {},
          ).repeated,
        ).toBe(repeated)
  })

  test('is refused to a guesser before anything is said, the right code too', () => {
    for (const facts of [
      { invitation: null },
      { invitation: { state: 'revoked' as const } },
      { mine: { state: 'joined' as const, member: true } },
    ])
      expect(refusal(() => accept({ ...facts, wait: 900 }))).toBe('too_many_wrong_codes')
  })

  test.each([
    ['a code of no invitation', { invitation: null, wait: 0 }, 'invitationCode'],
    ['a code of no invitation, while none may be tried', { invitation: null, wait: 900 }, undefined],
    ['the code of an invitation', { invitation: {} as InvitationFacts, wait: 0 }, undefined],
  ])('%s counts as a wrong one, or not', (_, facts, action) => {
    expect(wrongCode(facts)).toBe(action)
  })

  test('gives nothing of a bound invitation away that has ended', () => {
    expect(refusal(() => accept({ invitation: { state: 'expired', boundEmail: 'ben@example.org' } }))).toBe(
      'invitation_expired',
    )
  })
})

test.each(invitationStates)('codes are shown and invitations revoked while they are pending: %s', (state) => {
  expect(refusal(() => mustBePending({ state }))).toBe(state === 'pending' ? undefined : 'invitation_not_pending')
})

test('no invitation is not found', () => {
  expect(refusal(() => mustBePending(null))).toBe('invitation_not_found')
})

test('a typo is reported before anything is looked up', () => {
  expect(refusal(() => readCode(`1${'0'.repeat(27)}`))).toBe('code_mistyped')
  expect(refusal(() => readCode('0'.repeat(27)))).toBe('code_not_valid')
  expect(readCode(` ${'0'.repeat(28)} `)).toBe('0'.repeat(28))
})

describe('deciding about a person who waits', () => {
  const acceptance: NonNullable<WaitingFacts['acceptance']> = {
    id: 'acceptance',
    accountId: 'ana',
    invitationId: 'invitation',
    state: 'awaiting_approval',
    grantsAdmin: true,
    accountOrganizationId: null,
    accountDisabled: false,
    email: 'ana@corp.example',
    emailConfirmed: true,
    boundEmail: null,
    boundDomain: null,
  }
  const seen = { email: 'ana@corp.example' }

  test.each([
    ['accepted', undefined],
    ['suspended', 'organization_suspended'],
    ['pending', 'organization_not_accepted'],
    ['dissolved', 'organization_ended'],
  ] as const)('in an organization that is %s', (state, code) => {
    expect(refusal(() => decideApproval({ acceptance }, state, seen))).toBe(code)
    expect(decideWaiting({ acceptance })).toBe(acceptance)
  })

  test('approving is refused if the person has joined an organization in the meantime', () => {
    const elsewhere = { acceptance: { ...acceptance, accountOrganizationId: 'another' } }
    expect(refusal(() => decideApproval(elsewhere, 'accepted', seen))).toBe('account_in_another_organization')
    expect(decideWaiting(elsewhere)).toBe(elsewhere.acceptance)
  })

  test.each<[string, Partial<typeof acceptance>, string | undefined]>([
    ['another address than was seen', { email: 'ana@evil.example' }, 'changed_meanwhile'],
    ['an unconfirmed address', { emailConfirmed: false }, undefined],
    ['the address that it is bound to', { boundEmail: seen.email }, undefined],
    ['an address of the domain that it is bound to', { boundDomain: 'corp.example' }, undefined],
    ['a disabled account, as an admin', { accountDisabled: true }, 'member_disabled'],
    ['a disabled account, as a member', { accountDisabled: true, grantsAdmin: false }, 'member_disabled'],
    ['another than it is bound to', { boundEmail: 'bea@corp.example' }, 'acceptance_for_another_address'],
    ['one of another domain', { boundDomain: 'example.org' }, 'acceptance_for_another_address'],
    ['one of a domain below', { boundDomain: 'example' }, 'acceptance_for_another_address'],
    ['the bound one, unconfirmed', { boundEmail: seen.email, emailConfirmed: false }, 'acceptance_for_another_address'],
    [
      'one of the domain, unconfirmed',
      { boundDomain: 'corp.example', emailConfirmed: false },
      'acceptance_for_another_address',
    ],
  ])('approving a person with %s', (_, facts, code) => {
    const changed = { acceptance: { ...acceptance, ...facts } }
    expect(refusal(() => decideApproval(changed, 'accepted', seen))).toBe(code)
    expect(decideWaiting(changed)).toBe(changed.acceptance)
  })

  test.each(['joined', 'declined', 'withdrawn'])('is refused when they are %s already', (state) => {
    const decided = { acceptance: { ...acceptance, state } }
    expect(refusal(() => decideWaiting(decided))).toBe('acceptance_decided')
    expect(refusal(() => decideApproval(decided, 'accepted', seen))).toBe('acceptance_decided')
  })

  test('is refused if no one waits', () => {
    expect(refusal(() => decideWaiting({ acceptance: null }))).toBe('acceptance_not_found')
    expect(refusal(() => decideApproval({ acceptance: null }, 'accepted', seen))).toBe('acceptance_not_found')
  })
})
