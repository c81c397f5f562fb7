import { describe, expect, test } from 'vitest'
import type { Member } from '../../platform/access/admit'
import { decideAdminPrivileges, decideLeaving, decideRemoval } from './rules'

const member = { id: 'member', accountId: 'ben', admin: false, disabled: false }
const admin = { id: 'admin', accountId: 'ana', admin: true, disabled: false }
const disabled = { ...member, disabled: true }

/** The decision, or the code of the refusal. */
function outcome(decide: () => unknown): unknown {
  try {
    return decide()
  } catch (problem) {
    return (problem as { code: string }).code
  }
}

test.each([
  ['granting a member', member, 1, true, member],
  ['granting an admin', admin, 1, true, undefined],
  ['revoking a member', member, 1, false, undefined],
  ['revoking one of two admins', admin, 2, false, admin],
  ['revoking the last admin', admin, 1, false, 'last_admin'],
  ['granting a disabled member', disabled, 1, true, 'member_disabled'],
  ['granting an unknown member', null, 1, true, 'membership_not_found'],
  ['revoking an unknown member', null, 1, false, 'membership_not_found'],
])('%s', (_, target, admins, value, expected) => {
  expect(outcome(() => decideAdminPrivileges({ target, admins }, value))).toEqual(expected)
})

test.each([
  ['removing a member', member, 1, member],
  ['removing one of two admins', admin, 2, admin],
  ['removing the last admin', admin, 1, 'last_admin'],
  ['removing an unknown member', null, 2, 'membership_not_found'],
])('%s', (_, target, admins, expected) => {
  expect(outcome(() => decideRemoval({ target, admins }))).toEqual(expected)
})

describe('leaving', () => {
  const who = (isAdmin: boolean): Member => ({
    id: 'ana',
    email: 'ana@example.org',
    emailConfirmed: false,
    operator: false,
    admin: isAdmin,
    membershipId: 'mine',
    organizationId: 'organization',
    organizationState: 'accepted',
    sessionId: 's',
    token: null,
    securityStamp: '0',
    requiredActions: [],
    fresh: true,
    idle: false,
  })
  const myself = { id: 'mine', accountId: 'ana', admin: true, disabled: false }

  test.each([
    ['a member', false, 1, undefined, null, { handover: null }],
    ['one of two admins', true, 2, undefined, null, { handover: null }],
    ['the last admin', true, 1, undefined, null, 'last_admin'],
    [
      'the last admin, handing over to a member',
      true,
      1,
      'member',
      member,
      { handover: { by: who(true), successor: member } },
    ],
    ['the last admin, handing over to a disabled member', true, 1, 'member', disabled, 'member_disabled'],
    [
      'one of two admins, handing over to the other',
      true,
      2,
      'admin',
      admin,
      { handover: { by: who(true), successor: admin } },
    ],
    ['the last admin, handing over to an unknown member', true, 1, 'gone', null, 'membership_not_found'],
    ['the last admin, handing over to themselves', true, 1, 'mine', myself, 'membership_not_found'],
    ['one of two admins, handing over to themselves', true, 2, 'mine', myself, 'membership_not_found'],
    ['a member, handing over', false, 1, 'admin', admin, 'admin_privileges_needed'],
    ['a member, handing over to an unknown member', false, 1, 'gone', null, 'admin_privileges_needed'],
  ] as const)('by %s', (_, isAdmin, admins, successorId, target, expected) => {
    expect(outcome(() => decideLeaving({ target, admins }, who(isAdmin), successorId))).toEqual(expected)
  })
})
