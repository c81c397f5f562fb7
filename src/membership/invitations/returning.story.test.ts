import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, isMember, membershipOf } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { getMe } from '../me/schema'
import { leaveOrganization, removeMember } from '../memberships/schema'
import { appointAdmin } from '../organizations/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  listAcceptances,
  previewInvitation,
  withdrawAcceptance,
} from './schema'

const site = sharedSite()
let organizationId: string
let admin: Person
let operator: Person

beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Coral Watch'))
})

const invite = async (options = {}) => (await admin.call(createInvitation, { organizationId, ...options })).code
const remove = async (person: Person, by = admin) =>
  by.call(removeMember, { organizationId, membershipId: await membershipOf(person) })
const waitingAcceptance = async (person: Person) =>
  (await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })).items.find(
    ({ account }) => account.id === person.id,
  )
const approve = async (person: Person) =>
  asSeen(admin).call(approveAcceptance, { organizationId, acceptanceId: (await waitingAcceptance(person))!.id })

async function member() {
  const person = await site.person(undefined, { confirmed: true })
  await person.call(acceptInvitation, { code: await invite() })
  return person
}

async function removed() {
  const person = await member()
  await remove(person)
  return person
}

describe('a person who was removed', () => {
  test.each([
    ['an open code', () => ({})],
    ['an invitation for their domain', () => ({ boundTo: { domain: 'example.org' } })],
  ])('waits for an approval after %s, and the preview says so', async (_, options) => {
    const person = await removed()
    const code = await invite(options())
    const preview = await person.call(previewInvitation, { code })
    expect(preview).toMatchObject({ needsApproval: true, removedAt: expect.any(String) })
    for (let time = 0; time < 2; time++)
      expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'awaiting_approval' })
    expect(await isMember(person)).toBe(false)
    expect((await person.call(getMe, {})).waiting).toMatchObject({ removedAt: preview.removedAt })
    expect(await waitingAcceptance(person)).toMatchObject({ removedAt: preview.removedAt })
    const { items } = await admin.call(listOrganizationEvents, { organizationId })
    expect(items[0]).toMatchObject({
      kind: 'acceptance_awaiting_approval',
      subject: { id: person.id },
      details: { admin: false, removed: true },
    })
    await approve(person)
    expect(await isMember(person)).toBe(true)
  })

  test('waits after an invitation for their address that was made before', async () => {
    const person = await member()
    const code = await invite({ boundTo: { email: person.email } })
    await remove(person)
    expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'awaiting_approval' })
  })

  test('returns at once by an invitation for their address that was made later', async () => {
    const person = await removed()
    const code = await invite({ boundTo: { email: person.email } })
    expect(await person.call(previewInvitation, { code })).toMatchObject({ needsApproval: false, removedAt: null })
    expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'joined' })
    expect(await isMember(person)).toBe(true)
  })

  test('returns at once where an operator appoints them', async () => {
    const person = await removed()
    await operator.call(appointAdmin, { organizationId, email: person.email, reason: 'The last admin is lost.' })
    expect(await isMember(person)).toBe(true)
    await remove(person)
    expect(await person.call(acceptInvitation, { code: await invite() })).toMatchObject({ state: 'awaiting_approval' })
  })

  test('waits again after they withdrew, and in no other organization', async () => {
    const person = await removed()
    await person.call(acceptInvitation, { code: await invite() })
    await asSeen(person).call(withdrawAcceptance, {})
    await person.call(acceptInvitation, { code: await invite() })
    expect(await isMember(person)).toBe(false)
    await asSeen(person).call(withdrawAcceptance, {})
    const other = await acceptedOrganization(site)
    const { code } = await other.admin.call(createInvitation, { organizationId: other.id })
    expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'joined' })
  })

  test('waits where the invitation needs an approval anyway, and admins see that they were removed', async () => {
    const person = await removed()
    const code = await invite({ needsApproval: true })
    expect(await person.call(acceptInvitation, { code })).toMatchObject({ state: 'awaiting_approval' })
    const { items } = await admin.call(listOrganizationEvents, { organizationId })
    // The invitation asked for an approval anyway.
    expect(items[0]!.details).toEqual({ admin: false })
    expect(await waitingAcceptance(person)).toMatchObject({ removedAt: expect.any(String) })
  })
})

describe('a person who left', () => {
  test.each([
    ['by leaving', (person: Person) => person.call(leaveOrganization, { organizationId })],
    ['by removing themselves', (person: Person) => remove(person, person)],
  ])('%s returns by any code', async (_, leave) => {
    const person = await site.person()
    await person.call(acceptInvitation, { code: await invite({ grantsAdmin: true }) })
    await leave(person)
    expect(await person.call(acceptInvitation, { code: await invite() })).toMatchObject({ state: 'joined' })
  })

  test('after an admin had let them return, returns by any code', async () => {
    const person = await removed()
    await person.call(acceptInvitation, { code: await invite() })
    await approve(person)
    await person.call(leaveOrganization, { organizationId })
    expect(await person.call(acceptInvitation, { code: await invite() })).toMatchObject({ state: 'joined' })
  })
})
