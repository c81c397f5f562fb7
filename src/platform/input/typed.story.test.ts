import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, password, policy, testBaseUrl } from '../../../tests/support/site'
import { listAccounts, registerAccount } from '../../identity/accounts/schema'
import { signIn } from '../../identity/authentication/schema'
import { getSiteSettings, setSitePolicy } from '../../identity/site/schema'
import { acceptInvitation, createInvitation, listInvitations } from '../../membership/invitations/schema'
import { changeOwnAddress, getMe, updateOwnAccount } from '../../membership/me/schema'
import { listMemberships } from '../../membership/memberships/schema'
import { createOrganization, getOrganization, listOrganizations } from '../../membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../messaging/events/schema'
import { listNotifications, markNotificationsRead } from '../../messaging/notifications/schema'
import {
  getAccountEntitlements,
  getMyEntitlements,
  getOrganizationEntitlements,
  listMemberEntitlements,
} from '../../roles/entitlements/schema'
import { grantRole } from '../../roles/role-assignments/schema'
import { writeCursor } from '../db/page'
import { sql } from '../db/sql'

const site = sharedSite()
let organizationId: string
let admin: Person
let operator: Person
beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site))
})

const form = (email: string) => ({ email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
const accountOf = async (person: Person) => (await person.call(getMe, {})).account

describe('an address', () => {
  test.each([
    ['Ana <Ana@почта.рф>', 'mailto:ana@xn--80a1acny.XN--P1AI', 'ana@xn--80a1acny.xn--p1ai'],
    ['a&b@example.org', ' A&B@example.org,', 'a&b@example.org'],
    ['a/b=c@example.org', '<a/b=c@example.org>', 'a/b=c@example.org'],
    ['\u200bzero@example.org', '“zero@example.org”', 'zero@example.org'],
  ])('registered as %s signs in as %s: it is %s', async (registered, typed, stored) => {
    expect(await site.anonymous.try(registerAccount, form(registered))).toMatchObject({ status: 201 })
    expect(await site.anonymous.try(signIn, { email: typed, password })).toMatchObject({ status: 200 })
    expect(await site.anonymous.try(registerAccount, form(typed))).toMatchObject({ code: 'account_exists' })
    expect((await accountOf(await site.signedIn(typed))).email).toBe(stored)
    expect(await site.anonymous.try(signIn, { email: typed, password: 'another password' })).toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    })
  })

  test('that disguises itself as another one signs no one in', async () => {
    await site.anonymous.call(registerAccount, form('c&d@example.org'))
    const email = `${Buffer.from('c&d@example.org').toString('hex')}@disguised.invalid`
    expect(await site.anonymous.try(signIn, { email, password })).toMatchObject({ code: 'wrong_credentials' })
  })

  test('is changed to, and invited, in its one spelling', async () => {
    const person = await site.person()
    await person.call(changeOwnAddress, { email: 'mailto:Bea@Müller.example' })
    expect((await accountOf(person)).email).toBe('bea@xn--mller-kva.example')
    await site.db.rows(sql`update accounts set email_verified = true where id = ${person.id}`)
    const bound = { organizationId, boundTo: { email: 'Bea <bea@müller.example>' } }
    const { code } = await admin.call(createInvitation, bound)
    expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'joined' })
    await admin.call(createInvitation, { organizationId, boundTo: { domain: '@müller.example' } })
    const { items } = await admin.call(listInvitations, { organizationId })
    expect(items[0]).toMatchObject({ boundTo: '@xn--mller-kva.example' })
  })

  test('registers where its domain is let in, however either is spelled', async () => {
    await asSeen(operator).call(setSitePolicy, { ...policy, registration: 'domain', registrationDomains: ['почта.рф'] })
    const { registrationDomains } = (await operator.call(getSiteSettings, {})).policy
    expect(registrationDomains).toEqual(['xn--80a1acny.xn--p1ai'])
    await site.anonymous.call(registerAccount, form('rita@почта.рф'))
    expect(await site.anonymous.try(registerAccount, form('rita@почта.example'))).toMatchObject({ status: 403 })
    await asSeen(operator).call(setSitePolicy, policy)
  })
})

describe('a person with one name', () => {
  test('registers, and is called by it everywhere', async () => {
    const email = 'suharto@example.org'
    const registration = { email, password, lastName: 'Suharto', country: 'ID' }
    expect(await site.anonymous.try(registerAccount, registration)).toMatchObject({ status: 201 })
    const person = await site.signedIn(email)
    expect(await accountOf(person)).toMatchObject({ firstName: '', lastName: 'Suharto' })
    const { code } = await admin.call(createInvitation, { organizationId })
    await person.call(acceptInvitation, { code })

    const { items } = await admin.call(listMemberships, { organizationId, sort: 'name', q: 'suharto' })
    expect(items).toMatchObject([{ account: { firstName: '', lastName: 'Suharto' } }])
    const sorted = await admin.call(listMemberships, { organizationId, sort: 'name' })
    const names = sorted.items.map(({ account }) => `${account.firstName} ${account.lastName}`.trim().toLowerCase())
    expect(names).toEqual([...names].sort())
    expect((await operator.call(listAccounts, { q: 'Suharto' })).items).toHaveLength(1)
    expect((await operator.call(listEvents, { q: 'Suharto' })).items).not.toEqual([])
    const csv = await fetch(`${site.url}/api/organizations/${organizationId}/events.csv`, {
      headers: { cookie: admin.cookie, origin: testBaseUrl },
    })
    expect(await csv.text()).toContain(',Suharto,suharto@example.org,')
  })

  test('keeps one when the other is taken away, and never none', async () => {
    const person = await site.person()
    await person.call(updateOwnAccount, { firstName: 'Sukarno', lastName: '', country: 'ID' })
    expect(await accountOf(person)).toMatchObject({ firstName: 'Sukarno', lastName: '' })
    const refused = await person.try(updateOwnAccount, { firstName: ' ', lastName: '', country: 'XX' })
    expect(refused.problem.errors).toEqual([
      { path: 'country', message: 'Choose a country (two letters, ISO 3166-1).' },
      { path: 'firstName', message: 'Enter a first name, a last name, or both.' },
    ])
    await expect(
      site.db.rows(sql`update accounts set first_name = '', last_name = '' where id = ${person.id}`),
    ).rejects.toThrow('accounts_are_named')
  })
})

describe('a text', () => {
  const created = async (more: object) => {
    const person = await site.person()
    const { status, body } = await person.try(createOrganization, { ...details(), ...more })
    expect(status).toBe(201)
    return person.call(getOrganization, { organizationId: body.id })
  }

  test('keeps what its script needs, and its line breaks, and loses soft hyphens', async () => {
    const name = 'علی‌رضا 👩🏽‍💻'
    const description = 'Coral\u00ads\u2028and\u000breefs'
    expect(await created({ name, description })).toMatchObject({ name, description: 'Corals\nand\nreefs' })
    const twin = { ...details(), name: name.replace('\u200c', '') }
    expect(await (await site.person()).try(createOrganization, twin)).toMatchObject({ code: 'organization_name_taken' })
  })

  test('that was copied from a screen, a mail or a phone is what it was', async () => {
    const [firstName, lastName] = ['\u0645\u0631\u06cc\u0645', '\u0635\u0627\u0644\u062d']
    const person = await site.person()
    const pasted = { firstName: `\u2068${firstName}\u2069`, lastName: `\u202b${lastName}\u202c\u200f`, country: 'IR' }
    expect(await person.try(updateOwnAccount, pasted)).toMatchObject({ status: 200 })
    expect(await accountOf(person)).toMatchObject({ firstName, lastName })
    const name = `${firstName} Marine`
    expect(await created({ name: `\u2068${firstName}\u200f Marine\u2069` })).toMatchObject({ name })
    for (const twin of [name, `\u202a${name}\u202c`, `${firstName}\u200e Ma\u2060rine\u200b`])
      expect(await (await site.person()).try(createOrganization, { ...details(), name: twin }), twin).toMatchObject({
        code: 'organization_name_taken',
      })
  })

  test('is as long in the database as it is here', async () => {
    expect((await created({ description: '🐠'.repeat(2000) })).description).toHaveLength(4000)
    expect((await created({ name: '3M' })).name).toBe('3M')
    expect((await created({ name: '🐠'.repeat(200) })).name).toBe('🐠'.repeat(200))
  })

  test('that is a website may leave its beginning out', async () => {
    expect(await created({ website: 'www.Example.org', country: 'XK' })).toMatchObject({
      website: 'https://www.example.org',
      country: 'XK',
    })
    expect(await created({ website: ' ' })).toMatchObject({ website: '' })
  })

  test('that is looked for is found whatever hides in it', async () => {
    const { email } = await site.person()
    const q = `\u202a${email}\u202c\u0000`
    expect((await operator.call(listAccounts, { q })).items).toMatchObject([{ email }])
  })
})

describe('a moment', () => {
  const readable = ['2026-01-01T00:00:00+15:59', '2026-01-01T00:00:00.1234567890123456789Z', '0001-01-01T00:00:00Z']
  const odd = [
    ...['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:59', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00'],
    ...['2026-02-30T00:00:00Z', 'infinity', 'now', 'epoch', '2026-01-01', '4714-11-24 BC', '\u0000', '1'.repeat(90)],
  ]
  const asking: [string, (at: string) => Promise<{ status: number; code: string | undefined }>][] = [
    ['at', (at) => admin.try(getMyEntitlements, { at })],
    ['at, of an account', (at) => operator.try(getAccountEntitlements, { accountId: admin.id, at })],
    ['at, of an organization', (at) => admin.try(getOrganizationEntitlements, { organizationId, at })],
    ['at, of members', (at) => admin.try(listMemberEntitlements, { organizationId, at })],
    ['from', (from) => admin.try(listOrganizationEvents, { organizationId, from })],
    ['until', (until) => operator.try(listEvents, { until })],
    ['until, of notifications', (until) => admin.try(markNotificationsRead, { until })],
    ['from, of an export', (from) => operator.raw('GET', `/api/events.csv?from=${encodeURIComponent(from)}&kind=hm`)],
  ]

  test.each(asking)('is refused as wrong input where it cannot be read: %s', async (_, ask) => {
    for (const at of odd) expect(await ask(at), at).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  test.each(asking.slice(0, -1))('is taken in every spelling that can be read: %s', async (_, ask) => {
    for (const at of readable) expect(await ask(at), at).toMatchObject({ status: 200 })
  })

  test('at which a role ends is checked before the role is looked for', async () => {
    for (const expiresAt of odd) {
      const grant = {
        organizationId,
        roleId: organizationId,
        detailsVersion: 1,
        roleVersion: 1,
        held: null,
        reason: 'A partner.',
        expiresAt,
      }
      expect(await operator.try(grantRole, grant), expiresAt).toMatchObject({ status: 400, code: 'invalid_input' })
    }
  })

  test('in a cursor is no other than in a query', async () => {
    const paging: ((cursor: string) => Promise<{ status: number; code: string | undefined }>)[] = [
      (cursor) => operator.try(listOrganizations, { cursor }),
      (cursor) => operator.try(listAccounts, { cursor }),
      (cursor) => admin.try(listMemberships, { organizationId, cursor }),
      (cursor) => admin.try(listInvitations, { organizationId, cursor }),
      (cursor) => admin.try(listNotifications, { cursor }),
    ]
    for (const list of paging) {
      for (const at of odd)
        expect(await list(writeCursor([at, admin.id])), at).toMatchObject({ status: 400, code: 'invalid_input' })
      for (const at of readable) expect(await list(writeCursor([at, admin.id])), at).toMatchObject({ status: 200 })
      expect(await list(writeCursor(['2026-01-01T00:00:00Z', 'x\u0000']))).toMatchObject({ code: 'invalid_input' })
    }
    const byName = writeCursor(['a\u0000', admin.id])
    expect(await operator.try(listOrganizations, { sort: 'name', cursor: byName })).toMatchObject({ status: 400 })
  })

  test('goes out in UTC, whatever the database’s own time zone is', async () => {
    const { zone } = await site.db.only<{ zone: string }>(sql`select current_setting('timezone') as zone`)
    expect(['UTC', 'GMT']).toContain(zone)
    await newMember(site, organizationId, admin)
    const { items } = await admin.call(listMemberships, { organizationId })
    for (const { since } of items) expect(since).toMatch(/(Z|\+00:00)$/)
  })
})
