import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, isMember, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { confirmAddress } from '../../identity/accounts/schema'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { getMyEntitlements } from '../../roles/entitlements/schema'
import { grantRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../roles/services/schema'
import { changeOwnAddress, getMe } from '../me/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../memberships/schema'
import { createOrganization, dissolveOrganization, suspendOrganization } from '../organizations/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
  listInvitations,
  previewInvitation,
  revokeInvitation,
  showInvitationCode,
  withdrawAcceptance,
} from './schema'

const site = sharedSite()
let organizationId: string
let admin: Person
let operator: Person

beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Coral Watch'))
})

const invite = (options = {}) => admin.call(createInvitation, { organizationId, ...options })

describe('making an invitation', () => {
  test('with no options it is single use, valid for seven days, for a plain member', async () => {
    const { id, expiresAt } = await invite()
    const { items } = await admin.call(listInvitations, { organizationId })
    const row = items.find((item) => item.id === id)!
    expect(row).toMatchObject({
      state: 'pending',
      uses: 1,
      usesSpent: 0,
      grantsAdmin: false,
      needsApproval: false,
      boundTo: null,
    })
    expect(Date.parse(expiresAt) - Date.parse(row.createdAt)).toBe(7 * 24 * 3600_000)
  })

  test('the link is built from the base URL, with the code in the fragment', async () => {
    const { link, code } = await invite()
    expect(link).toBe(`http://guildhall.test/join#${code.replaceAll('-', '')}`)
  })

  test('only an admin of an accepted organization can', async () => {
    const member = await newMember(site, organizationId, admin)
    expect(await member.try(createInvitation, { organizationId })).toMatchObject({
      status: 403,
      code: 'admin_privileges_needed',
    })
    const stranger = await site.person()
    expect(await stranger.try(createInvitation, { organizationId })).toMatchObject({
      status: 404,
      code: 'organization_not_found',
    })
    expect(await operator.try(createInvitation, { organizationId })).toMatchObject({
      status: 404,
      code: 'organization_not_found',
    })
    const pending = await stranger.call(createOrganization, details())
    expect(await stranger.try(createInvitation, { organizationId: pending.id })).toMatchObject({
      status: 409,
      code: 'organization_not_accepted',
    })
  })
})

describe('showing and revoking', () => {
  test('an admin sees the same code again, and every showing is an event', async () => {
    const { id, code } = await invite()
    expect((await admin.call(showInvitationCode, { organizationId, invitationId: id })).code).toBe(code)
    const { items } = await admin.call(listOrganizationEvents, { organizationId, kind: 'invitation_shown' })
    expect(items).toHaveLength(1)
    expect(JSON.stringify(items)).not.toContain(code)
  })

  test('a revoked invitation says so to the holder of its code, and a new one works', async () => {
    const { id, code } = await invite()
    await admin.call(revokeInvitation, { organizationId, invitationId: id })
    const person = await site.person()
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 410, code: 'invitation_revoked' })
    expect(await admin.try(showInvitationCode, { organizationId, invitationId: id })).toMatchObject({
      code: 'invitation_not_pending',
    })
    expect(await admin.try(revokeInvitation, { organizationId, invitationId: id })).toMatchObject({
      code: 'invitation_not_pending',
    })
    expect(await person.try(acceptInvitation, { code: (await invite()).code })).toMatchObject({ status: 200 })
  })

  test('an id of another organization is not found', async () => {
    const other = await acceptedOrganization(site)
    const { id } = await other.admin.call(createInvitation, { organizationId: other.id })
    expect(await admin.try(showInvitationCode, { organizationId, invitationId: id })).toMatchObject({
      status: 404,
      code: 'invitation_not_found',
    })
    expect(await admin.try(revokeInvitation, { organizationId, invitationId: id })).toMatchObject({
      status: 404,
      code: 'invitation_not_found',
    })
  })
})

describe('accept invitation', () => {
  test('shows first what it will do, and changes nothing by that', async () => {
    const { code } = await invite({ grantsAdmin: true })
    const person = await site.person()
    const preview = await person.call(previewInvitation, { code })
    expect(preview).toMatchObject({
      organization: { name: 'Coral Watch' },
      grantsAdmin: true,
      needsApproval: false,
      accepted: false,
    })
    expect(preview.inviter.email).toBeNull()
    expect(await isMember(person)).toBe(false)
  })

  test('shows first which roles will be inherited: what the members hold, and not from whom they have it', async () => {
    const { code } = await invite()
    const person = await site.person()
    const rolesOf = async () => (await person.call(previewInvitation, { code })).roles
    expect(await rolesOf()).toEqual([])
    const role = (key: string, kind: 'access' | 'quota', more = {}) => ({ key, name: `Role ${key}`, kind, ...more })
    await operator.call(importCatalogue, {
      services: [
        { key: 'maps', name: 'Maps', roles: [role('reader', 'access', { default: true }), role('writer', 'access')] },
        { key: 'notes', name: 'Notes', roles: [role('notes', 'access', { default: true }), role('few', 'quota')] },
        { key: 'boats', name: 'Boats', roles: [role('captain', 'access'), role('one-boat', 'quota')] },
      ],
    })
    const { services } = await operator.call(listServices, {})
    const idOf = (key: string) => services.flatMap(({ roles }) => roles).find((one) => one.key === key)!.id
    const grant = (key: string, expiresAt?: string) =>
      asSeen(operator).call(grantRole, { organizationId, roleId: idOf(key), reason: 'A partner.', expiresAt })
    await grant('writer')
    await grant('few', '2999-01-01T00:00:00Z')
    const named = (key: string, until: unknown = null) => ({ key, name: `Role ${key}`, until })
    const expected = [
      { service: { key: 'maps', name: 'Maps' }, usable: false, access: named('writer'), quota: null },
      {
        service: { key: 'notes', name: 'Notes' },
        usable: true,
        access: named('notes'),
        quota: named('few', expect.stringMatching(/^2999-01-01|^2998-12-31/)),
      },
    ]
    expect(await rolesOf()).toEqual(expected)
    await person.call(acceptInvitation, { code })
    const { entitlements } = await person.call(getMyEntitlements, {})
    expect(
      entitlements.map(({ service, usable, access, quota }) => [service.key, usable, access?.key, quota?.key]),
    ).toEqual(expected.map(({ service, usable, access, quota }) => [service.key, usable, access.key, quota?.key]))
    await person.call(leaveOrganization, { organizationId })
    await operator.call(importCatalogue, { services: [] })
  })

  test('a code works in lower case, with spaces, with letters that look like digits', async () => {
    const { code } = await invite()
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    const person = await site.person()
    expect(await person.call(acceptInvitation, { code: typed })).toMatchObject({ organizationId, state: 'joined' })
  })

  test('a code works once; repeating one’s own acceptance changes nothing', async () => {
    const { id, code } = await invite()
    const [first, second] = [await site.person(), await site.person()]
    const answer = await first.call(acceptInvitation, { code })
    expect(await first.call(acceptInvitation, { code })).toEqual(answer)
    expect((await first.call(previewInvitation, { code })).accepted).toBe(true)
    expect(await second.try(acceptInvitation, { code })).toMatchObject({ status: 410, code: 'invitation_used' })
    const row = (await admin.call(listInvitations, { organizationId, state: 'accepted' })).items.find(
      (item) => item.id === id,
    )!
    expect(row).toMatchObject({
      usesSpent: 1,
      acceptances: [{ account: { id: first.id, email: first.email }, state: 'joined' }],
    })
  })

  test('an expired code is refused by the database’s clock, and nothing has to run for that', async () => {
    const { id, code } = await invite()
    await site.db.rows(sql`update invitations set expires_at = now() - interval '1 second' where id = ${id}`)
    const person = await site.person()
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 410, code: 'invitation_expired' })
    expect(
      (await admin.call(listInvitations, { organizationId, state: 'expired' })).items.map((item) => item.id),
    ).toContain(id)
  })

  test('a typo is reported at once; a well-formed but unknown code is not valid', async () => {
    const { code } = await invite()
    const person = await site.person()
    const typo = (code[0] === 'A' ? 'B' : 'A') + code.slice(1)
    expect(await person.try(acceptInvitation, { code: typo })).toMatchObject({ status: 400, code: 'code_mistyped' })
    expect(await person.try(acceptInvitation, { code: '0'.repeat(28) })).toMatchObject({
      status: 404,
      code: 'code_not_valid',
    })
  })

  test('a member who opens an invitation of the same organization again sees that they are a member, whatever became of it', async () => {
    const member = await site.person()
    const own = await invite()
    await member.call(acceptInvitation, { code: own.code })
    expect(await member.call(previewInvitation, { code: own.code })).toMatchObject({ accepted: true })
    const [used, revoked, usable] = [await invite(), await invite(), await invite()]
    await (await site.person()).call(acceptInvitation, { code: used.code })
    await admin.call(revokeInvitation, { organizationId, invitationId: revoked.id })
    for (const { code } of [used, revoked, usable])
      for (const endpoint of [previewInvitation, acceptInvitation])
        expect(await member.try(endpoint, { code })).toMatchObject({ status: 409, code: 'member_already' })
    const row = (await admin.call(listInvitations, { organizationId })).items.find(({ id }) => id === usable.id)!
    expect(row).toMatchObject({ state: 'pending', usesSpent: 0 })
  })

  test('a person in an organization, or waiting for their own, sees what to do; no use is spent', async () => {
    const { id, code } = await invite()
    const { admin: member } = await acceptedOrganization(site)
    expect(await member.try(acceptInvitation, { code })).toMatchObject({
      status: 409,
      code: 'already_in_an_organization',
    })
    const founder = await site.person()
    await founder.call(createOrganization, details())
    expect(await founder.try(acceptInvitation, { code })).toMatchObject({
      status: 409,
      code: 'waiting_for_own_organization',
    })
    const row = (await admin.call(listInvitations, { organizationId })).items.find((item) => item.id === id)!
    expect(row).toMatchObject({ state: 'pending', usesSpent: 0 })
  })

  test('a member who was removed does not come back by the same code', async () => {
    const { code } = await invite({ uses: 5 })
    const person = await site.person()
    await person.call(acceptInvitation, { code })
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(person) })
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 409, code: 'invitation_used_by_you' })
  })

  test('no one can join a suspended or dissolved organization', async () => {
    const other = await acceptedOrganization(site)
    const { code } = await other.admin.call(createInvitation, { organizationId: other.id })
    const person = await site.person()
    await asSeen(other.operator).call(suspendOrganization, { organizationId: other.id, reason: 'Unpaid.' })
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 409, code: 'organization_suspended' })
    await asSeen(other.admin).call(dissolveOrganization, { organizationId: other.id })
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 410, code: 'invitation_revoked' })
  })

  test('pending invitations are revoked when their inviter loses admin privileges', async () => {
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const person = await site.person()
    const demoted = await second.call(createInvitation, { organizationId, grantsAdmin: true })
    await admin.call(setAdminPrivileges, { organizationId, membershipId: await membershipOf(second), admin: false })
    expect(await person.try(acceptInvitation, demoted)).toMatchObject({ status: 400 })
    expect(await person.try(acceptInvitation, { code: demoted.code })).toMatchObject({
      status: 410,
      code: 'invitation_revoked',
    })
    await admin.call(setAdminPrivileges, { organizationId, membershipId: await membershipOf(second), admin: true })
    expect(await person.try(acceptInvitation, { code: demoted.code })).toMatchObject({ code: 'invitation_revoked' })
    const left = await second.call(createInvitation, { organizationId })
    await second.call(leaveOrganization, { organizationId })
    expect(await person.try(acceptInvitation, { code: left.code })).toMatchObject({ code: 'invitation_revoked' })
    const rows = (await admin.call(listInvitations, { organizationId, state: 'revoked' })).items
    expect(rows.find((row) => row.id === left.id)?.stateReason).toBe('inviter_lost_admin_privileges')
  })
})

describe('an invitation for one address or domain', () => {
  test('lets in only its confirmed holder', async () => {
    const person = await site.person('Bea')
    const { code } = await invite({ boundTo: { email: person.email.toUpperCase() } })
    const other = await site.person('Cy', { confirmed: true })
    expect(await other.try(acceptInvitation, { code })).toMatchObject({
      status: 403,
      code: 'invitation_for_somebody_else',
    })
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ status: 403, code: 'address_not_confirmed' })
    await site.db.rows(sql`update accounts set email_verified = true where id = ${person.id}`)
    await person.call(acceptInvitation, { code })
  })

  test('a domain is the whole of what follows the @', async () => {
    const { code } = await invite({ boundTo: { domain: 'example.org' }, uses: 2 })
    const inside = await site.person('Di', { confirmed: true })
    const outside = await site.person('Ed', { confirmed: true })
    await site.db.rows(sql`update accounts set email = 'ed@not-example.org' where id = ${outside.id}`)
    expect(await outside.try(acceptInvitation, { code })).toMatchObject({ code: 'invitation_for_somebody_else' })
    await inside.call(acceptInvitation, { code })
  })
})

describe('approval after acceptance', () => {
  test('withdrawing applies to the acceptance that was seen, and to nothing else', async () => {
    const person = await site.person()
    await person.call(acceptInvitation, { code: (await invite({ needsApproval: true })).code })
    const { acceptanceId } = (await person.call(getMe, {})).waiting!
    await admin.call(declineAcceptance, { organizationId, acceptanceId })
    expect(await person.try(withdrawAcceptance, { acceptanceId })).toMatchObject({ code: 'acceptance_not_found' })
    await person.call(acceptInvitation, { code: (await invite({ needsApproval: true })).code })
    expect(await person.try(withdrawAcceptance, { acceptanceId })).toMatchObject({ code: 'acceptance_decided' })
    expect((await person.call(getMe, {})).waiting).not.toBeNull()
    await asSeen(person).call(withdrawAcceptance, {})
    expect((await person.call(getMe, {})).waiting).toBeNull()
  })

  test('no one is a member before an admin approves', async () => {
    const { code } = await invite({ needsApproval: true, uses: 3 })
    const [welcome, unwelcome, impatient] = [await site.person(), await site.person(), await site.person()]
    for (const person of [welcome, unwelcome, impatient]) {
      expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'awaiting_approval' })
      expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'awaiting_approval' })
      expect((await person.call(getMe, {})).waiting).toMatchObject({ organizationName: 'Coral Watch' })
      expect(await isMember(person)).toBe(false)
    }
    expect(await welcome.try(acceptInvitation, { code: (await invite()).code })).toMatchObject({
      code: 'waiting_for_approval',
    })
    await asSeen(impatient).call(withdrawAcceptance, {})
    const { items } = await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })
    expect(items.map((item) => item.account.id).sort()).toEqual([welcome.id, unwelcome.id].sort())
    expect(items.map((item) => item.addressConfirmed)).toEqual([false, false])
    const idOf = (person: Person) => items.find((item) => item.account.id === person.id)!.id
    await asSeen(admin).call(approveAcceptance, { organizationId, acceptanceId: idOf(welcome) })
    await admin.call(declineAcceptance, { organizationId, acceptanceId: idOf(unwelcome) })
    expect(await asSeen(admin).try(approveAcceptance, { organizationId, acceptanceId: idOf(unwelcome) })).toMatchObject(
      {
        code: 'acceptance_decided',
      },
    )
    expect([await isMember(welcome), await isMember(unwelcome)]).toEqual([true, false])
    expect(await unwelcome.try(acceptInvitation, { code })).toMatchObject({ code: 'invitation_used_by_you' })
  })

  test('a person who has joined elsewhere in the meantime stays there', async () => {
    const { code } = await invite({ needsApproval: true })
    const person = await site.person()
    await person.call(acceptInvitation, { code })
    await person.call(createOrganization, details())
    const { items } = await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })
    const refused = await asSeen(admin).try(approveAcceptance, { organizationId, acceptanceId: items[0]!.id })
    expect(refused).toMatchObject({ status: 409, code: 'account_in_another_organization' })
  })
})

describe('approving a person who changed their address', () => {
  const waiting = async (options: object) => {
    const { code } = await invite({ needsApproval: true, ...options })
    const person = await site.person('Ana', { confirmed: true })
    await person.call(acceptInvitation, { code })
    const { items } = await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })
    const { id: acceptanceId, account, addressConfirmed } = items.find((item) => item.account.id === person.id)!
    expect(addressConfirmed).toBe(true)
    return { person, seen: { organizationId, acceptanceId, email: account.email! } }
  }

  test('is about the address that was seen', async () => {
    const { person, seen } = await waiting({})
    const moved = `moved.${person.email}`
    await person.call(changeOwnAddress, { email: moved })
    expect(await admin.try(approveAcceptance, seen)).toMatchObject({ status: 409, code: 'changed_meanwhile' })
    expect(await isMember(person)).toBe(false)
    await admin.call(approveAcceptance, { ...seen, email: moved })
    expect(await isMember(person)).toBe(true)
  })

  test.each(['address', 'domain'])('is refused where the invitation is bound to another %s', async (bound) => {
    const boundTo = (email: string) => (bound === 'address' ? { email } : { domain: 'example.org' })
    const person = await site.person('Ana', { confirmed: true })
    const { code } = await invite({ needsApproval: true, boundTo: boundTo(person.email) })
    await person.call(acceptInvitation, { code })
    const approve = () => asSeen(admin).try(approveAcceptance, { organizationId, acceptanceId })
    const { items } = await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })
    const acceptanceId = items.find((item) => item.account.id === person.id)!.id
    const refused = { status: 409, code: 'acceptance_for_another_address' }
    await person.call(changeOwnAddress, { email: person.email.replace('@example.org', '@evil.example') })
    expect(await approve()).toMatchObject(refused)
    // The right address again, but not confirmed.
    await person.call(changeOwnAddress, { email: person.email })
    expect(await approve()).toMatchObject(refused)
    expect(await isMember(person)).toBe(false)
    await operator.call(confirmAddress, { accountId: person.id, email: person.email })
    expect(await approve()).toMatchObject({ status: 200 })
    expect(await isMember(person)).toBe(true)
  })
})

describe('guessing', () => {
  test('is limited per account, refuses even the right code while it lasts, and affects no other account', async () => {
    const { code } = await invite()
    const guesser = await site.person()
    const guesses = []
    for (let guess = 0; guess < 22; guess++)
      guesses.push((await guesser.try(acceptInvitation, { code: '0'.repeat(28) })).code)
    expect(guesses).toEqual([...Array(20).fill('code_not_valid'), 'too_many_wrong_codes', 'too_many_wrong_codes'])
    const blocked = await guesser.try(acceptInvitation, { code })
    expect(blocked).toMatchObject({ status: 429, code: 'too_many_wrong_codes' })
    const wait = Number(blocked.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(30)
    expect(wait).toBeLessThanOrEqual(45)
    await (await site.person()).call(acceptInvitation, { code })
    await site.db.rows(sql`update tries set drained_at = drained_at - interval '16 minutes'`)
    expect(await guesser.try(acceptInvitation, { code })).toMatchObject({ code: 'invitation_used' })
  })
})
