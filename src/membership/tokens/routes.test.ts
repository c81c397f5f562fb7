import { beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, policy } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { disableAccount, enableAccount, listAccounts } from '../../identity/accounts/schema'
import { setSitePolicy } from '../../identity/site/schema'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { type Scope, scopes } from '../../platform/access/scopes'
import { sql } from '../../platform/db/sql'
import { getMyAccess, getOrganizationEntitlements } from '../../roles/entitlements/schema'
import { listServices } from '../../roles/services/schema'
import { acceptInvitation, createInvitation, listInvitations, showInvitationCode } from '../invitations/schema'
import { getMe } from '../me/schema'
import { leaveOrganization, listMemberships, removeMember, setAdminPrivileges } from '../memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../organizations/schema'
import {
  createOrganizationToken,
  createToken,
  endOrganizationToken,
  endToken,
  listOrganizationTokens,
  listTokens,
  mostTokens,
  renewOrganizationToken,
} from './schema'

const site = sharedSite()
const reason = 'A test.'
const all: Scope[] = [...scopes]

let organizationId: string
let admin: Person
let operator: Person
beforeEach(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site))
})

const programOf = (token: string) => new TokenHolder(site, token)

/** A program with a personal token. */
async function personal(maker: Person, given: Scope[] = all) {
  const { token, id } = await maker.call(createToken, { name: 'Script', scopes: given })
  return { id, token, program: programOf(token) }
}

/** A program with a token of the organization. */
async function ofOrganization(maker: Person, given: string[] = ['read:invitations', 'write:invitations']) {
  const { token, id } = await maker.call(createOrganizationToken, { organizationId, name: 'CI', scopes: given })
  return { id, token, program: programOf(token) }
}

const access = (program: TokenHolder) => program.try(getMyAccess, {})
const invitations = (program: TokenHolder) => program.try(listInvitations, { organizationId })
const refused = { status: 401, code: 'token_not_valid' }
const answered = { status: 200 }

describe('a personal token', () => {
  test('acts as its maker within its scopes, is listed without its secret, and ends', async () => {
    const { id, token, program } = await personal(admin, ['read:entitlements', 'read:invitations'])
    expect(token).toMatch(/^ghp_[0-9a-f]{8}_[\w-]{43}$/)
    expect(await program.call(getMyAccess, {})).toMatchObject({
      accountId: admin.id,
      organization: { id: organizationId },
    })
    expect(await invitations(program)).toMatchObject(answered)
    expect(await program.try(createInvitation, { organizationId })).toMatchObject({
      status: 403,
      code: 'scope_needed',
      problem: { errors: [{ path: '', message: 'This needs the scope write:invitations.' }] },
    })
    const { tokens } = await admin.call(listTokens, {})
    expect(tokens).toMatchObject([
      {
        id,
        name: 'Script',
        prefix: token.slice(0, 12),
        scopes: ['read:invitations', 'read:entitlements'],
        expired: false,
      },
    ])
    expect(JSON.stringify(tokens)).not.toContain(token.slice(13))
    await admin.call(endToken, { tokenId: id })
    expect(await access(program)).toMatchObject(refused)
    expect(await admin.call(listTokens, {})).toEqual({ tokens: [] })
    expect(await admin.try(endToken, { tokenId: id })).toMatchObject({ code: 'token_not_found' })
  })

  test('is another person’s business alone', async () => {
    const { id, program } = await personal(admin)
    const other = await newMember(site, organizationId, admin, { grantsAdmin: true })
    expect(await other.try(endToken, { tokenId: id })).toMatchObject({ status: 404, code: 'token_not_found' })
    expect(await other.call(listTokens, {})).toEqual({ tokens: [] })
    expect(await access(program)).toMatchObject(answered)
  })

  test('needs a fresh session to be made, and none to be ended', async () => {
    const { id } = await personal(admin)
    await site.db.rows(sql`update sessions set authenticated_at = now() - interval '11 minutes'`)
    expect(await admin.try(createToken, { name: 'Script', scopes: all })).toMatchObject({ code: 'authenticate_again' })
    await admin.call(endToken, { tokenId: id })
  })

  test('makes no tokens, shows no codes, and signs in nowhere', async () => {
    const { program } = await personal(admin)
    const { id } = await admin.call(createInvitation, { organizationId })
    for (const [endpoint, input] of [
      [createToken, { name: 'Another', scopes: all }],
      [listTokens, {}],
      [createOrganizationToken, { organizationId, name: 'Another', scopes: ['read:invitations'] }],
      [showInvitationCode, { organizationId, invitationId: id }],
      [getMe, {}],
    ] as const)
      expect(await program.try(endpoint, input as never)).toMatchObject({ status: 403, code: 'session_needed' })
  })

  test('expires, and the last instant does not count', async () => {
    const { id, program } = await personal(admin)
    await site.db.rows(sql`update tokens set expires_at = now() where id = ${id}`)
    expect(await access(program)).toMatchObject(refused)
    expect(await admin.call(listTokens, {})).toMatchObject({ tokens: [{ id, expired: true }] })
  })

  test('has at most the privileges of its maker at that moment', async () => {
    const member = await newMember(site, organizationId, admin)
    const { program } = await personal(member)
    expect(await invitations(program)).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    expect(await program.try(listAccounts, {})).toMatchObject({ status: 403, code: 'operator_needed' })
    await admin.call(setAdminPrivileges, { organizationId, membershipId: await membershipOf(member), admin: true })
    expect(await invitations(program)).toMatchObject(answered)
  })

  test('does nothing while its maker has a required action', async () => {
    const { program } = await personal(admin)
    await asSeen(operator).call(setSitePolicy, { ...policy, secondFactor: 'all' })
    expect(await access(program)).toMatchObject({ status: 403, code: 'second_factor_to_set_up' })
    await site.db.rows(sql`update site set second_factor = 'off'`)
  })
})

describe('a token ends', () => {
  test('with the membership it was made under, and does not come back with another', async () => {
    const member = await newMember(site, organizationId, admin)
    const before = await personal(await site.person())
    const { program } = await personal(member)
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    expect(await access(program)).toMatchObject(refused)
    const { code } = await admin.call(createInvitation, { organizationId })
    await member.call(acceptInvitation, { code })
    expect(await access(program)).toMatchObject(refused)
    expect(await access(before.program)).toMatchObject(answered)
  })

  test('with the admin privileges of its maker, and does not come back with them', async () => {
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const membershipId = await membershipOf(second)
    const tokens = [await personal(second), await ofOrganization(second)]
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: true })
    for (const { program } of tokens) expect(await invitations(program)).toMatchObject(refused)
  })

  test('with leaving, and with the operator role', async () => {
    const member = await newMember(site, organizationId, admin)
    const left = await personal(member)
    await member.call(leaveOrganization, { organizationId })
    expect(await access(left.program)).toMatchObject(refused)
    const { program } = await personal(operator)
    expect(await program.try(listAccounts, {})).toMatchObject(answered)
    await site.db.rows(sql`update accounts set operator = false where id = ${operator.id}`)
    await site.db.rows(sql`update accounts set operator = true where id = ${operator.id}`)
    expect(await access(program)).toMatchObject(refused)
  })

  test('with its maker’s account, and does not come back when that is enabled', async () => {
    const person = await site.person()
    const { program } = await personal(person)
    // A token that was refused once is not looked up again, so another one is not used meanwhile.
    const { program: unused } = await personal(person)
    await operator.call(disableAccount, { accountId: person.id, reason })
    expect(await access(program)).toMatchObject(refused)
    await asSeen(operator).call(enableAccount, { accountId: person.id })
    for (const one of [program, unused]) expect(await access(one)).toMatchObject(refused)
  })

  test('with the organization’s acceptance, if it is the organization’s', async () => {
    const own = await personal(admin)
    const { program } = await ofOrganization(admin)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    expect(await invitations(program)).toMatchObject(refused)
    expect(await access(own.program)).toMatchObject(answered)
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    expect(await invitations(program)).toMatchObject(refused)
  })
})

describe('a token of an organization', () => {
  test('acts for the organization in its maker’s name, and for nothing else', async () => {
    const { program } = await ofOrganization(admin, [
      'read:invitations',
      'write:invitations',
      'read:entitlements',
      'write:memberships',
      'read:memberships',
      'read:services',
    ])
    const { id } = await program.call(createInvitation, { organizationId })
    const { items } = await admin.call(listInvitations, { organizationId })
    expect(items).toMatchObject([{ id, createdBy: { id: admin.id } }])
    expect(await program.try(getOrganizationEntitlements, { organizationId })).toMatchObject(answered)
    expect(await program.try(listServices, {})).toMatchObject(answered)
    expect(await access(program)).toMatchObject({ status: 403, code: 'session_needed' })
    expect(await program.try(leaveOrganization, { organizationId })).toMatchObject({ code: 'session_needed' })
    const other = await acceptedOrganization(site)
    expect(await program.try(listMemberships, { organizationId: other.id })).toMatchObject({
      code: 'organization_not_found',
    })
  })

  test('has no operator’s rights, even if its maker has', async () => {
    await site.db.rows(sql`update accounts set operator = true where id = ${admin.id}`)
    const { program } = await ofOrganization(admin, ['read:memberships', 'read:events'])
    const other = await acceptedOrganization(site)
    expect(await program.try(listMemberships, { organizationId: other.id })).toMatchObject({
      code: 'organization_not_found',
    })
  })

  test('takes scopes of an organization only', async () => {
    const answer = await admin.try(createOrganizationToken, {
      organizationId,
      name: 'CI',
      scopes: ['read:notifications'],
    })
    expect(answer).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  test('is seen, renewed and ended by every admin', async () => {
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const first = await ofOrganization(admin)
    expect(await second.call(listOrganizationTokens, { organizationId })).toMatchObject({
      tokens: [{ id: first.id, name: 'CI', maker: { id: admin.id }, endedAt: null }],
    })
    const renewed = await second.call(renewOrganizationToken, { organizationId, tokenId: first.id })
    expect(await invitations(first.program)).toMatchObject(refused)
    expect(await invitations(programOf(renewed.token))).toMatchObject(answered)
    expect(await second.try(renewOrganizationToken, { organizationId, tokenId: first.id })).toMatchObject({
      code: 'token_not_found',
    })
    await admin.call(endOrganizationToken, { organizationId, tokenId: renewed.id })
    expect(await invitations(programOf(renewed.token))).toMatchObject(refused)
    expect(await admin.call(listOrganizationTokens, { organizationId })).toEqual({ tokens: [] })
  })

  test('is renewed by another admin after its maker has left', async () => {
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const { id, program } = await ofOrganization(second)
    await second.call(leaveOrganization, { organizationId })
    expect(await invitations(program)).toMatchObject(refused)
    expect(await admin.call(listOrganizationTokens, { organizationId })).toMatchObject({
      tokens: [{ id, endedReason: 'membership_ended' }],
    })
    const renewed = await admin.call(renewOrganizationToken, { organizationId, tokenId: id, days: 7 })
    expect(await invitations(programOf(renewed.token))).toMatchObject(answered)
    expect((await admin.call(listOrganizationTokens, { organizationId })).tokens).toMatchObject([{ id: renewed.id }])
  })

  test('is another organization’s to no one', async () => {
    const { id } = await ofOrganization(admin)
    const other = await acceptedOrganization(site)
    for (const endpoint of [endOrganizationToken, renewOrganizationToken])
      expect(await other.admin.try(endpoint, { organizationId: other.id, tokenId: id })).toMatchObject({
        code: 'token_not_found',
      })
  })
})

test.each<[string, (token: number) => Promise<{ code: string | undefined }>]>([
  ['personal', (token: number) => admin.try(createToken, { name: `Script ${token}`, scopes: all })],
  [
    'an organization’s',
    (token: number) =>
      admin.try(createOrganizationToken, { organizationId, name: `CI ${token}`, scopes: ['read:events'] }),
  ],
])('there are so many tokens and no more: %s', async (_, make) => {
  await site.db.rows(sql`
    insert into tokens (id, account_id, membership_id, organization_id, name, prefix, hash, scopes, method, expires_at)
    select gen_random_uuid(), ${admin.id}, m.id, owner.id, 'Script', '', gen_random_uuid(), '{read:events}', 'password', now() + interval '1 day'
    from memberships m, (values (null::uuid), (${organizationId}::uuid)) owner (id), generate_series(2, ${mostTokens}) where m.account_id = ${admin.id}`)
  const answers = await Promise.all([1, 2, 3].map(make))
  expect(answers.map(({ code }) => code ?? 'made').sort()).toEqual(['made', 'too_many_tokens', 'too_many_tokens'])
})

test('making, renewing and ending an organization’s token are in its activity, without the token', async () => {
  const { id, token } = await ofOrganization(admin)
  const renewed = await admin.call(renewOrganizationToken, { organizationId, tokenId: id })
  await admin.call(endOrganizationToken, { organizationId, tokenId: renewed.id })
  const { items } = await admin.call(listOrganizationEvents, { organizationId })
  expect(items.slice(0, 3)).toMatchObject([
    { kind: 'token_ended', details: { tokenId: renewed.id, name: 'CI' } },
    { kind: 'token_renewed', details: { tokenId: renewed.id, replaces: id } },
    { kind: 'token_created', details: { tokenId: id, scopes: ['read:invitations', 'write:invitations'] } },
  ])
  expect(JSON.stringify(items)).not.toContain(token.slice(13))
})
