import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, everyPage, membershipOf, newMember } from '../../../tests/support/organizations'
import { freePort } from '../../../tests/support/postgres'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { openSite, type Person, password, type Site, testBaseUrl } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  listAcceptances,
  listInvitations,
} from '../../membership/invitations/schema'
import { changeOwnAddress, getMe } from '../../membership/me/schema'
import { leaveOrganization, listMemberships, setAdminPrivileges } from '../../membership/memberships/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { getAccountEntitlements, getMyEntitlements, listMemberEntitlements } from '../../roles/entitlements/schema'
import { saveService } from '../../roles/services/schema'
import { signIn } from '../authentication/schema'
import { makeResetLink, resetPassword } from '../passwords/schema'
import { claimSetupLink, previewSetupLink } from '../site/schema'
import { prepareSite } from '../site/setup'
import { confirmAddress, disableAccount, enableAccount, listAccounts, registerAccount } from './schema'

const site = sharedSite()
let operator: Person

const form = (email: string) => ({ email, password, firstName: 'Ana', lastName: 'de la Cruz', country: 'PH' })

/** Hashes of all passwords, by address. */
const hashes = (of: Site) =>
  of.db.rows<{ email: string; password: string }>(
    sql`select a.email, c.password from credentials c join accounts a on a.id = c.account_id order by 1`,
  )

describe('the setup link', () => {
  let fresh: Site
  const refused = { status: 410, code: 'setup_link_invalid' }
  beforeAll(async () => {
    fresh = await openSite()
  })
  afterAll(async () => {
    expect(await fresh.check()).toEqual([])
    await fresh.close()
  })

  test('confirms the address where mail is set but does not work, and says why it does not', async () => {
    const site = await openSite({ smtp: `smtp://127.0.0.1:${await freePort()}` })
    await site.anonymous.call(registerAccount, form('first@example.org'))
    const first = await site.signedIn('first@example.org')
    expect((await first.call(getMe, {})).todo).toEqual(['confirm_address'])
    await until(async () => (await site.db.rows(sql`select from mails where last_error is not null`)).length > 0)
    const { mailError } = await first.call(claimSetupLink, { token: site.setupToken })
    expect(mailError).toContain('ECONNREFUSED')
    expect(await first.call(getMe, {})).toMatchObject({ todo: [], account: { operator: true, emailConfirmed: true } })
    expect(await site.check()).toEqual([])
    await site.close()
  })

  test('says whether it works before anyone registers with it', async () => {
    const before = await openSite()
    const look = (token: string) => before.anonymous.try(previewSetupLink, { token })
    expect(await look(before.setupToken)).toMatchObject({ status: 200 })
    for (const wrong of ['x', before.setupToken.slice(1)]) expect(await look(wrong)).toMatchObject(refused)
    await (await before.person()).call(claimSetupLink, { token: before.setupToken })
    expect(await look(before.setupToken)).toMatchObject(refused)
    await before.close()
  })

  test('works only with the right token, only for an account, and once', async () => {
    const [person, second] = [await fresh.person(), await fresh.person()]
    const token = fresh.setupToken
    for (const wrong of ['x', `${token}x`, token.slice(1), token.toLowerCase()])
      expect(await person.try(claimSetupLink, { token: wrong })).toMatchObject(refused)
    const anonymous = await fresh.anonymous.try(claimSetupLink, { token })
    expect(anonymous).toMatchObject({ status: 401, code: 'not_signed_in' })
    expect((await person.call(getMe, {})).account.operator).toBe(false)

    await person.call(claimSetupLink, { token })
    expect((await person.call(getMe, {})).account.operator).toBe(true)
    expect(await second.try(claimSetupLink, { token })).toMatchObject(refused)
    expect(await person.try(claimSetupLink, { token })).toMatchObject(refused)
    expect((await second.call(getMe, {})).account.operator).toBe(false)
    expect(await person.call(listEvents, { kind: 'operator_granted' })).toMatchObject({
      items: [{ actor: { id: person.id }, subject: { id: person.id }, details: { by: 'setup link' } }],
    })
  })

  test('is offered no more once it has been used', async () => {
    expect(await prepareSite(fresh.db, fresh.keys, testBaseUrl)).toEqual({ setupLink: undefined })
  })

  test('does not work where the site has an operator already', async () => {
    const other = await openSite()
    await other.person('Olga', { operator: true })
    const person = await other.person()
    expect(await person.try(claimSetupLink, { token: other.setupToken })).toMatchObject(refused)
    await other.close()
  })
})

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

describe('registering', () => {
  test('creates a plain account, signs no one in, and writes one event', async () => {
    const registered = await site.anonymous.try(registerAccount, form(' Ana@Example.org '))
    expect(registered).toMatchObject({ status: 201, body: { done: true } })
    expect(registered.headers.getSetCookie()).toEqual([])
    const answer = await site.anonymous.try(signIn, { email: 'ana@example.org', password })
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
    const me = await site.anonymous.raw<typeof getMe>('GET', '/api/me', undefined, { cookie })
    expect(me.body).toMatchObject({
      account: {
        email: 'ana@example.org',
        emailConfirmed: false,
        firstName: 'Ana',
        lastName: 'de la Cruz',
        country: 'PH',
        operator: false,
      },
      organization: null,
      waiting: null,
      rejected: [],
    })
    const { id } = me.body.account
    const { items } = await operator.call(listEvents, { accountId: id })
    expect(items).toMatchObject([{ kind: 'account_registered', actor: { id }, subject: { id }, organization: null }])
  })

  test('keeps the password as a hash of its own, and nowhere else', async () => {
    await site.anonymous.call(registerAccount, form('twin@example.org'))
    const [first, second] = await hashes(site)
    expect(first!.password).toMatch(/^[0-9a-f]+:[0-9a-f]+$/)
    expect(first!.password).not.toBe(second!.password)
    const everything = await site.db.rows(
      sql`select to_json(a) from accounts a union all select to_json(e) from events e`,
    )
    expect(JSON.stringify([everything, await hashes(site)])).not.toContain(password)
  })

  test('an address that is taken is refused, however it is written, and its password stays', async () => {
    await site.anonymous.call(registerAccount, form('taken@example.org'))
    const before = await hashes(site)
    for (const email of ['taken@example.org', 'TAKEN@example.org', ' taken@EXAMPLE.org'])
      expect(
        await site.anonymous.try(registerAccount, { ...form(email), password: 'another password of mine' }),
      ).toMatchObject({ status: 409, code: 'account_exists' })
    expect(await hashes(site)).toEqual(before)
    await site.anonymous.call(signIn, { email: 'taken@example.org', password })
  })

  test.each([
    ['a short password', { password: '14 characters.' }, 'password'],
    ['no name', { firstName: ' ', lastName: '' }, 'firstName'],
    ['no such country', { country: 'Philippines' }, 'country'],
    ['no address', { email: 'ana' }, 'email'],
  ])('with %s is refused, and nothing is left of it', async (_, wrong, path) => {
    const email = 'refused@example.org'
    const refused = await site.anonymous.try(registerAccount, { ...form(email), ...wrong })
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input', problem: { errors: [{ path }] } })
    expect(refused.headers.getSetCookie()).toEqual([])
    expect(await operator.call(listAccounts, { q: email })).toEqual({ items: [], next: null })
  })

  test('takes a password with spaces and of any script, with no rules about its composition', async () => {
    for (const [email, odd] of [
      ['spaces@example.org', ' a  reef   by    night '],
      ['script@example.org', 'ang dagat ay 🐠🐠'],
    ] as const) {
      await site.anonymous.call(registerAccount, { ...form(email), password: odd })
      expect(await site.anonymous.try(signIn, { email, password: odd })).toMatchObject({ status: 200 })
    }
  })

  test.each([
    ['one of a list of breached ones', '1q2w3e4r5t6y7u8i'],
    ['common ones in a row', 'iloveyou iloveyou'],
    ['a common one made longer', 'Password12345678!'],
    ['their own name and ours', 'AnaCruzguildhall'],
    ['their own address', 'refused@example.org'],
    ['keys beside one another', 'qwertyuiopasdfgh'],
    ['one character', 'aaaaaaaaaaaaaaaaaaaa'],
  ])('with a password that is %s is refused at its field', async (_, common) => {
    const email = 'refused@example.org'
    const refused = await site.anonymous.try(registerAccount, { ...form(email), lastName: 'Cruz', password: common })
    expect(refused).toMatchObject({ status: 400, code: 'password_too_common' })
    expect(refused.problem.errors).toMatchObject([{ path: 'password', message: expect.stringContaining('longer') }])
    expect(await operator.call(listAccounts, { q: email })).toEqual({ items: [], next: null })
  })

  test.each(['operator', 'emailVerified', 'email_verified', 'disabledAt', 'role', 'id', 'image'])(
    'does not accept “%s” from the caller',
    async (field) => {
      const input = { ...form('greedy@example.org'), [field]: true }
      const refused = await site.anonymous.raw('POST', '/api/accounts', JSON.stringify(input))
      expect(refused).toMatchObject({ status: 400, code: 'invalid_input' })
    },
  )
})

describe('confirming an address', () => {
  test('is an operator’s to do, and one event however often', async () => {
    const person = await site.person()
    const { id: accountId, email } = person
    expect(await person.try(confirmAddress, { accountId, email })).toMatchObject({
      status: 403,
      code: 'operator_needed',
    })
    expect((await person.call(getMe, {})).account.emailConfirmed).toBe(false)
    await operator.call(confirmAddress, { accountId, email })
    await operator.call(confirmAddress, { accountId, email })
    expect((await person.call(getMe, {})).account.emailConfirmed).toBe(true)
    expect((await operator.call(listEvents, { accountId, kind: 'address_confirmed' })).items).toMatchObject([
      { actor: { id: operator.id }, subject: { id: accountId } },
    ])
  })

  test('confirms the address that was seen, and no other', async () => {
    const person = await site.person()
    const accountId = person.id
    await person.call(changeOwnAddress, { email: `other.${person.email}` })
    const refused = await operator.try(confirmAddress, { accountId, email: person.email })
    expect(refused).toMatchObject({ status: 409, code: 'changed_meanwhile' })
    expect((await person.call(getMe, {})).account.emailConfirmed).toBe(false)
    await operator.call(confirmAddress, { accountId, email: `other.${person.email}` })
  })

  test('of no account is not found', async () => {
    const accountId = '01890000-0000-7000-8000-000000000000'
    const refused = await operator.try(confirmAddress, { accountId, email: 'nobody@example.org' })
    expect(refused).toMatchObject({ status: 404, code: 'account_not_found' })
  })
})

describe('the operators’ list of accounts', () => {
  let other: Site
  let clerk: Person
  const people: Person[] = []

  beforeAll(async () => {
    other = await openSite()
    clerk = await other.person('Clara', { operator: true })
    const { admin, id, operator: second } = await acceptedOrganization(other, 'Coral Watch')
    people.push(clerk, admin, second, await newMember(other, id, admin), await other.person('Émile'))
  })
  afterAll(async () => {
    expect(await other.check()).toEqual([])
    await other.close()
  })

  test('newest first, a page at a time, has every account once', async () => {
    const pages = await everyPage((cursor) => clerk.call(listAccounts, { limit: 2, ...cursor }))
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    expect(pages.flat().map(({ id }) => id)).toEqual(people.map(({ id }) => id).reverse())
    expect(await clerk.call(listAccounts, {})).toEqual({ items: pages.flat(), next: null })
  })

  test('shows who is where, and no secret', async () => {
    const { items } = await clerk.call(listAccounts, {})
    const [émile, member, operators, admin] = items
    expect(émile).toMatchObject({ firstName: 'Émile', organization: null, operator: false })
    expect(member).toMatchObject({ organization: { name: 'Coral Watch', admin: false } })
    expect(operators).toMatchObject({ organization: null, operator: true })
    expect(admin).toMatchObject({ organization: { name: 'Coral Watch', admin: true } })
    expect(Object.keys(émile!).sort()).toEqual(
      [
        'id',
        'email',
        'emailConfirmed',
        'firstName',
        'lastName',
        'country',
        'operator',
        'createdAt',
        'organization',
        'disabledAt',
        'secondFactor',
      ].sort(),
    )
  })

  test.each(['émile', 'Émile Cruz', 'ÉMILE'])('is searched by name: “%s”', async (q) => {
    expect((await clerk.call(listAccounts, { q })).items).toMatchObject([{ firstName: 'Émile' }])
  })

  test('is searched by address', async () => {
    const q = people[1]!.email
    expect((await clerk.call(listAccounts, { q })).items).toMatchObject([{ id: people[1]!.id }])
    expect((await clerk.call(listAccounts, { q: '%' })).items).toEqual([])
  })
})

describe('disabling an account', () => {
  const reason = 'Reported as stolen.'

  test('ends its sessions, its admin privileges and what it holds at once; enabling brings back what was not taken', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const { id: invitationId } = await member.call(createInvitation, { organizationId })
    await operator.call(disableAccount, { accountId: member.id, reason })
    expect(await member.try(getMe, {})).toMatchObject({ status: 401, code: 'not_signed_in' })
    expect((await operator.call(getAccountEntitlements, { accountId: member.id })).entitlements).toEqual([])
    const { items } = await admin.call(listMemberships, { organizationId })
    expect(items.find(({ account }) => account.id === member.id)).toMatchObject({ admin: false })
    const invitations = (await admin.call(listInvitations, { organizationId })).items
    expect(invitations.find(({ id }) => id === invitationId)).toMatchObject({ state: 'revoked' })
    expect(await operator.try(disableAccount, { accountId: member.id, reason })).toMatchObject({
      code: 'account_disabled',
    })
    const [event] = (await operator.call(listEvents, { accountId: member.id, kind: 'account_disabled' })).items
    expect(event).toMatchObject({
      actor: { id: operator.id },
      organization: { id: organizationId },
      details: { reason },
    })

    await asSeen(operator).call(enableAccount, { accountId: member.id })
    expect(await asSeen(operator).try(enableAccount, { accountId: member.id })).toMatchObject({
      code: 'account_not_disabled',
    })
    const listed = (await operator.call(listAccounts, { q: member.email })).items
    expect(listed).toMatchObject([{ disabledAt: null, organization: { id: organizationId, admin: false } }])
    expect(await member.try(getMe, {})).toMatchObject({ status: 401 })
  })

  test('is undone only by an operator who saw it: an account that was disabled again stays disabled', async () => {
    const { id: accountId, email } = await site.person()
    await operator.call(disableAccount, { accountId, reason: 'Holidays.' })
    const { disabledAt } = (await operator.call(listAccounts, { q: email })).items[0]!
    await asSeen(operator).call(enableAccount, { accountId })
    await operator.call(disableAccount, { accountId, reason })
    expect(await operator.try(enableAccount, { accountId, disabledAt: disabledAt! })).toMatchObject({
      code: 'changed_meanwhile',
    })
    await asSeen(operator).call(enableAccount, { accountId })
  })

  test('keeps it from getting admin privileges while it is disabled, on every way to them', async () => {
    const { admin, id: organizationId } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const membershipId = await membershipOf(member)
    const { code } = await admin.call(createInvitation, { organizationId, grantsAdmin: true, needsApproval: true })
    const waiting = await site.person()
    await waiting.call(acceptInvitation, { code })
    const [acceptance] = (await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })).items
    for (const { id: accountId } of [member, waiting]) await operator.call(disableAccount, { accountId, reason })
    const refused = { status: 409, code: 'member_disabled' }
    expect(await admin.try(setAdminPrivileges, { organizationId, membershipId, admin: true })).toMatchObject(refused)
    expect(await admin.try(leaveOrganization, { organizationId, successorId: membershipId })).toMatchObject(refused)
    const acceptanceId = acceptance!.id
    expect(await asSeen(admin).try(approveAcceptance, { organizationId, acceptanceId })).toMatchObject(refused)
    await asSeen(operator).call(enableAccount, { accountId: member.id })
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: true })
  })

  test('what it held on a day before is answered all the same', async () => {
    const { admin, id: organizationId } = await acceptedOrganization(site)
    await operator.call(saveService, {
      key: 'sea-charts',
      name: 'Sea charts',
      roles: [{ key: 'reader', kind: 'access', name: 'Reader', default: true }],
    })
    const member = await newMember(site, organizationId, admin)
    const { at } = await member.call(getMyEntitlements, {})
    await operator.call(disableAccount, { accountId: member.id, reason })
    const then = await operator.call(getAccountEntitlements, { accountId: member.id, at })
    expect(then.entitlements.map(({ service }) => service.key)).toContain('sea-charts')
    const members = await operator.call(listMemberEntitlements, { organizationId })
    expect(members.items.find(({ account }) => account.id === member.id)).toMatchObject({ disabled: true })
  })

  test('is refused for the only admin of an organization, for the operator’s own account, and for an unknown account', async () => {
    const { admin } = await acceptedOrganization(site)
    const tried = (accountId: string) => operator.try(disableAccount, { accountId, reason })
    expect(await tried(admin.id)).toMatchObject({ status: 409, code: 'sole_admin' })
    expect(await tried(operator.id)).toMatchObject({ status: 409, code: 'not_yourself' })
    expect(await tried('01890000-0000-7000-8000-000000000000')).toMatchObject({ code: 'account_not_found' })
    await admin.call(getMe, {})
  })

  test('signs in nowhere, by no means, and asks for no link', async () => {
    const email = 'stolen@example.org'
    await site.anonymous.call(registerAccount, form(email))
    const { id: accountId } = await site.signedIn(email)
    const { link } = await operator.call(makeResetLink, { accountId, email, reason })
    await operator.call(disableAccount, { accountId, reason })
    expect(await site.anonymous.try(signIn, { email, password })).toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    })
    const token = link.split('#')[1]!
    const used = await site.anonymous.try(resetPassword, { token, password: 'another password of mine' })
    expect(used).toMatchObject({ status: 410, code: 'link_not_valid' })
    expect(await operator.try(makeResetLink, { accountId, email, reason })).toMatchObject({ code: 'account_disabled' })
  })
})
