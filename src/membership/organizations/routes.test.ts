import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whileHeld } from '../../../tests/support/held'
import {
  acceptedOrganization,
  details,
  everyPage,
  isMember,
  membershipOf,
  newMember,
} from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { openSite, type Person, type Site } from '../../../tests/support/site'
import { getSiteSettings, setDefaultMemberLimit, setSitePolicy } from '../../identity/site/schema'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { type OrganizationState, organizationStates } from '../../platform/access/organization-state'
import { sql } from '../../platform/db/sql'
import { grantRole } from '../../roles/role-assignments/schema'
import {
  decideRoleRequests,
  listPendingRequests,
  listRoleRequests,
  requestRoles,
} from '../../roles/role-requests/schema'
import { importCatalogue, listServices, retireService, type Service, saveService } from '../../roles/services/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  listAcceptances,
  listInvitations,
} from '../invitations/schema'
import { getMe } from '../me/schema'
import { requestHigherLimit, setMemberLimit } from '../member-limits/schema'
import { leaveOrganization, listMemberships, setAdminPrivileges } from '../memberships/schema'
import { decideIdentityChange, editOrganizationDetails, withdrawIdentityChange } from '../organization-details/schema'
import { createOrganizationToken, listOrganizationTokens } from '../tokens/schema'
import {
  type Abilities,
  acceptOrganization,
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  listOrganizations,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  resubmitOrganization,
  suspendOrganization,
} from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const absent = '01890000-0000-7000-8000-000000000000'
const reason = 'The reason that they read.'

/** A pending organization and its author. */
async function pendingOrganization(name?: string) {
  const author = await site.person()
  const { id } = await author.call(createOrganization, details(name))
  return { id, author }
}

const stateOf = async (organizationId: string) => (await operator.call(getOrganization, { organizationId })).state

describe('creating an organization', () => {
  test('makes it pending, and its creator its first admin', async () => {
    const person = await site.person('Ana')
    const form = {
      name: '  Reef Check  ',
      country: 'PH',
      description: 'Counting corals.\r\nEvery day.',
      address: '1 Sea Road',
      city: 'Dumaguete',
      postalCode: '6200',
      website: 'https://reef.example.org',
      taxId: 'PH-1',
    }
    const { id } = await person.call(createOrganization, form)
    const organization = await person.call(getOrganization, { organizationId: id })
    expect(organization).toMatchObject({
      ...form,
      id,
      name: 'Reef Check',
      description: 'Counting corals.\nEvery day.',
      state: 'pending',
      stateReason: null,
      members: 1,
      admins: 1,
      author: { id: person.id, firstName: 'Ana' },
      mine: { admin: true },
    })
    const { lookAlikes, tokens, ...own } = organization
    expect([lookAlikes, tokens]).toEqual([[], 0])
    expect((await person.call(getMe, {})).organization).toEqual(own)
    expect((await person.try(createOrganization, details())).status).toBe(409)
  })

  test('needs nothing but a name, a country and a description', async () => {
    const { id, author } = await pendingOrganization()
    const empty = { address: '', city: '', postalCode: '', website: '', taxId: '' }
    expect(await author.call(getOrganization, { organizationId: id })).toMatchObject(empty)
  })

  test('is refused to a person who waits for their own or is a member of one', async () => {
    const { id, author } = await pendingOrganization()
    const waiting = { status: 409, code: 'waiting_for_own_organization' }
    expect(await author.try(createOrganization, details())).toMatchObject(waiting)
    await asSeen(operator).call(requestChanges, { organizationId: id, reason })
    expect(await author.try(createOrganization, details())).toMatchObject(waiting)
    const accepted = await acceptedOrganization(site)
    const member = await newMember(site, accepted.id, accepted.admin)
    const inside = { status: 409, code: 'already_in_an_organization' }
    expect(await accepted.admin.try(createOrganization, details())).toMatchObject(inside)
    expect(await member.try(createOrganization, details())).toMatchObject(inside)
  })

  test('needs a session', async () => {
    const refused = await site.anonymous.try(createOrganization, details())
    expect(refused).toMatchObject({ status: 401, code: 'not_signed_in' })
  })
})

describe('names are unique without regard to case', () => {
  test.each([
    ['Coral Watch', 'coral watch'],
    ['Coral Gardeners', 'CORAL GARDENERS'],
    ['École Bleue', 'école bleue'],
    ['Mangrove Labs', 'Mangrove  Labs'],
    ['Seagrass Labs', 'Seagrass\u00a0Labs'],
    ['Niña Ocean', 'Nin\u0303a Ocean'],
    ['Ocean Nine', 'Ｏｃｅａｎ Ｎｉｎｅ'],
    ['Океан', 'ОКЕАН'],
  ])('“%s” and “%s” are one name', async (first, second) => {
    await pendingOrganization(first)
    const refused = await (await site.person()).try(createOrganization, details(second))
    expect(refused).toMatchObject({ status: 409, code: 'organization_name_taken' })
  })

  test('names that only begin alike, or differ in an accent, are two', async () => {
    for (const name of ['Atoll', 'Atoll 2', 'Atóll'])
      await expect(pendingOrganization(name)).resolves.toMatchObject({ id: expect.any(String) })
  })

  test.each([
    ['pending', true],
    ['changes_requested', true],
    ['accepted', true],
    ['suspended', true],
    ['rejected', false],
    ['dissolved', false],
  ] as [OrganizationState, boolean][])('one that is %s holds its name: %s', async (state, held) => {
    const name = `Name of the ${state}`
    const { id } = await pendingOrganization(name)
    await bring(id, state)
    const answer = await (await site.person()).try(createOrganization, details(name.toUpperCase()))
    expect(answer.code).toBe(held ? 'organization_name_taken' : undefined)
  })

  test('correcting a request to a name that was taken in the meantime is refused', async () => {
    const { id, author } = await pendingOrganization('Lagoon')
    await asSeen(operator).call(rejectOrganization, { organizationId: id, reason })
    await pendingOrganization('lagoon')
    const refused = await asSeen(author).try(resubmitOrganization, { organizationId: id, ...details('Lagoon') })
    expect(refused).toMatchObject({ status: 409, code: 'organization_name_taken' })
    expect(await isMember(author)).toBe(false)
    await asSeen(author).call(resubmitOrganization, { organizationId: id, ...details('Blue Lagoon') })
    expect(await isMember(author)).toBe(true)
  })
})

/** Brings a pending organization into a state, through the API. */
async function bring(organizationId: string, state: OrganizationState) {
  if (state === 'accepted' || state === 'suspended') await asSeen(operator).call(acceptOrganization, { organizationId })
  if (state === 'suspended') await asSeen(operator).call(suspendOrganization, { organizationId, reason })
  if (state === 'changes_requested') await asSeen(operator).call(requestChanges, { organizationId, reason })
  if (state === 'rejected') await asSeen(operator).call(rejectOrganization, { organizationId, reason })
  if (state === 'dissolved') await asSeen(operator).call(dissolveOrganization, { organizationId, reason })
  expect(await stateOf(organizationId)).toBe(state)
}

describe('an operator’s decision', () => {
  test('accepting lets the organization invite', async () => {
    const { id, author } = await pendingOrganization()
    const invite = () => author.try(createInvitation, { organizationId: id })
    expect(await invite()).toMatchObject({ status: 409, code: 'organization_not_accepted' })
    await asSeen(operator).call(acceptOrganization, { organizationId: id })
    expect((await invite()).status).toBe(201)
  })

  test('asking for changes tells the reason, and an admin corrects and resubmits', async () => {
    const { id, author } = await pendingOrganization()
    await asSeen(operator).call(requestChanges, { organizationId: id, reason: 'Which reef?' })
    const before = await author.call(getOrganization, { organizationId: id })
    expect(before).toMatchObject({ state: 'changes_requested', stateReason: 'Which reef?', can: { resubmit: true } })
    const corrected = { ...details('Reef of Apo'), description: 'The reef of Apo.', city: 'Dauin' }
    await asSeen(author).call(resubmitOrganization, { organizationId: id, ...corrected })
    expect(await author.call(getOrganization, { organizationId: id })).toMatchObject({
      ...corrected,
      state: 'pending',
      stateReason: null,
      members: 1,
      admins: 1,
    })
    await asSeen(operator).call(acceptOrganization, { organizationId: id })
  })

  test('resubmitting is for admins: any of them, and no plain member', async () => {
    const { id, author } = await pendingOrganization()
    const second = await site.person()
    await operator.call(appointAdmin, { organizationId: id, email: second.email, reason })
    const third = await site.person()
    await operator.call(appointAdmin, { organizationId: id, email: third.email, reason })
    const membershipId = await membershipOf(third)
    await author.call(setAdminPrivileges, { organizationId: id, membershipId, admin: false })
    await asSeen(operator).call(requestChanges, { organizationId: id, reason })
    const resubmit = { organizationId: id, ...details() }
    expect(await asSeen(third).try(resubmitOrganization, resubmit)).toMatchObject({ code: 'admin_privileges_needed' })
    expect(await asSeen(operator).try(resubmitOrganization, resubmit)).toMatchObject({ code: 'organization_not_found' })
    await asSeen(second).call(resubmitOrganization, resubmit)
    expect(await asSeen(second).try(resubmitOrganization, resubmit)).toMatchObject({
      status: 409,
      code: 'wrong_organization_state',
    })
  })

  test('rejecting ends the memberships; the author reads why and resubmits', async () => {
    const { id, author } = await pendingOrganization()
    const second = await site.person()
    await operator.call(appointAdmin, { organizationId: id, email: second.email, reason })
    await asSeen(operator).call(rejectOrganization, { organizationId: id, reason: 'Not a scientific purpose.' })
    expect([await isMember(author), await isMember(second)]).toEqual([false, false])
    const hidden = { status: 404, code: 'organization_not_found' }
    expect(await author.try(getOrganization, { organizationId: id })).toMatchObject(hidden)
    const { rejected } = await author.call(getMe, {})
    expect(rejected).toMatchObject([
      { id, state: 'rejected', stateReason: 'Not a scientific purpose.', mine: null, can: { resubmit: true } },
    ])
    expect((await second.call(getMe, {})).rejected).toEqual([])
    const resubmit = { organizationId: id, ...details() }
    expect(await asSeen(second).try(resubmitOrganization, resubmit)).toMatchObject(hidden)
    await asSeen(author).call(resubmitOrganization, resubmit)
    expect(await author.call(getOrganization, { organizationId: id })).toMatchObject({
      state: 'pending',
      stateReason: null,
      members: 1,
      mine: { admin: true },
    })
    expect((await author.call(getMe, {})).rejected).toEqual([])
    expect(await isMember(second)).toBe(false)
  })

  test('a rejected author who is elsewhere now leaves that first', async () => {
    const { id, author } = await pendingOrganization()
    await asSeen(operator).call(rejectOrganization, { organizationId: id, reason })
    const resubmit = { organizationId: id, ...details() }

    const own = await author.call(createOrganization, details())
    expect((await author.call(getMe, {})).rejected).toMatchObject([{ id, can: { resubmit: false } }])
    const refused = await asSeen(author).try(resubmitOrganization, resubmit)
    expect(refused).toMatchObject({ status: 409, code: 'waiting_for_own_organization' })
    await asSeen(operator).call(acceptOrganization, { organizationId: own.id })
    const again = await asSeen(author).try(resubmitOrganization, resubmit)
    expect(again).toMatchObject({ status: 409, code: 'already_in_an_organization' })

    await asSeen(author).call(dissolveOrganization, { organizationId: own.id })
    await asSeen(author).call(resubmitOrganization, resubmit)
    expect((await author.call(getMe, {})).organization).toMatchObject({ id, state: 'pending' })
  })

  test('a person’s rejected requests are listed newest first', async () => {
    const author = await site.person()
    const ids: string[] = []
    for (let request = 0; request < 3; request++) {
      const { id } = await author.call(createOrganization, details())
      await asSeen(operator).call(rejectOrganization, { organizationId: id, reason })
      ids.unshift(id)
    }
    expect((await author.call(getMe, {})).rejected.map(({ id }) => id)).toEqual(ids)
  })

  test('suspending stops invitations, and tells why; reinstating lets them work again', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const { code } = await admin.call(createInvitation, { organizationId: id })
    await asSeen(operator).call(suspendOrganization, { organizationId: id, reason: 'Unpaid.' })
    const suspended = { state: 'suspended', stateReason: 'Unpaid.' }
    expect(await member.call(getOrganization, { organizationId: id })).toMatchObject(suspended)
    const refused = { status: 409, code: 'organization_suspended' }
    expect(await admin.try(createInvitation, { organizationId: id })).toMatchObject(refused)
    const person = await site.person()
    expect(await person.try(acceptInvitation, { code })).toMatchObject(refused)
    await asSeen(operator).call(reinstateOrganization, { organizationId: id, reason: 'Paid.' })
    expect(await member.call(getOrganization, { organizationId: id })).toMatchObject({ state: 'accepted' })
    await person.call(acceptInvitation, { code })
  })

  test('about an organization that is not there says so', async () => {
    const organizationId = absent
    const notFound = { status: 404, code: 'organization_not_found' }
    for (const decision of [requestChanges, rejectOrganization, suspendOrganization, reinstateOrganization])
      expect(await operator.try(decision, { organizationId, stateVersion: 1, reason })).toMatchObject(notFound)
    expect(await asSeen(operator).try(acceptOrganization, { organizationId })).toMatchObject(notFound)
    expect(await asSeen(operator).try(dissolveOrganization, { organizationId, reason })).toMatchObject(notFound)
    const { email } = await site.person()
    expect(await operator.try(appointAdmin, { organizationId, email, reason })).toMatchObject(notFound)
  })
})

describe('a decision states what the operator saw', () => {
  const changed = { status: 409, code: 'changed_meanwhile' }

  test('a decision does not apply to a request that was resubmitted since', async () => {
    const { id: organizationId, author } = await pendingOrganization()
    const { stateVersion } = await operator.call(getOrganization, { organizationId })
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    await asSeen(author).call(resubmitOrganization, { organizationId, ...details() })
    const seen = { organizationId, stateVersion }
    expect(await operator.try(acceptOrganization, seen)).toMatchObject(changed)
    for (const decision of [requestChanges, rejectOrganization])
      expect(await operator.try(decision, { ...seen, reason })).toMatchObject(changed)
    for (const person of [operator, author])
      expect(await person.try(dissolveOrganization, { ...seen, reason })).toMatchObject(changed)
    expect(await stateOf(organizationId)).toBe('pending')
    await operator.call(acceptOrganization, { organizationId, stateVersion: stateVersion + 2 })
  })

  test('what was suspended once more is not reinstated as the first time, nor the other way round', async () => {
    const { id: organizationId } = await acceptedOrganization(site)
    const version = async () => (await operator.call(getOrganization, { organizationId })).stateVersion
    const accepted = await version()
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    const suspended = await version()
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    const again = { organizationId, reason, stateVersion: accepted }
    expect(await operator.try(suspendOrganization, again)).toMatchObject(changed)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    const old = { organizationId, reason, stateVersion: suspended }
    expect(await operator.try(reinstateOrganization, old)).toMatchObject(changed)
  })

  test('a correction of a request that was decided about once more is refused', async () => {
    const { id: organizationId, author } = await pendingOrganization()
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    const { stateVersion } = await author.call(getOrganization, { organizationId })
    await asSeen(operator).call(rejectOrganization, { organizationId, reason: 'Never.' })
    const resubmit = { organizationId, stateVersion, ...details() }
    expect(await author.try(resubmitOrganization, resubmit)).toMatchObject(changed)
  })

  test('a users limit is set for the number that was seen, and over the limit that was seen', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    await asSeen(operator).call(setMemberLimit, { organizationId, limit: 5, reason })
    const set = (limit: number | null, wanted: number | null) =>
      operator.try(setMemberLimit, { organizationId, limit: 10, seen: { limit, wanted }, reason })
    expect(await set(null, null)).toMatchObject(changed)
    await admin.call(requestHigherLimit, { organizationId, limit: 10, reason })
    expect(await set(5, null)).toMatchObject(changed)
    await admin.call(requestHigherLimit, { organizationId, limit: 500, reason })
    expect(await set(5, 10)).toMatchObject(changed)
    expect((await set(5, 500)).status).toBe(200)
    const byDefault = { limit: 7, seen: 3 }
    expect(await operator.try(setDefaultMemberLimit, byDefault)).toMatchObject(changed)
    if (process.env.TEST_DATABASE !== 'postgres') return
    const { id: other } = await acceptedOrganization(site)
    const setting = () =>
      operator.try(setMemberLimit, { organizationId: other, limit: 10, seen: { limit: null, wanted: null }, reason })
    const limiting = { text: 'update site set default_member_limit = $1', values: [20] }
    expect(await whileHeld(site, 'site', setting, limiting, 'site')).toMatchObject(changed)
    await site.db.rows(sql`update site set default_member_limit = null`)
  })

  test('a role is granted, accepted and refused with the numbers that were seen', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const form = (name: string) => ({
      key: 'tides',
      name: 'Tides',
      roles: [{ key: 'some', kind: 'access' as const, name }],
    })
    await operator.call(saveService, form('Some'))
    const service = (await operator.call(listServices, {})).services.find(({ key }) => key === 'tides')!
    const { id: roleId, version: roleVersion } = service.roles[0]!
    const wanted = { serviceId: service.id, accessRoleId: roleId, quotaRoleId: null, description: 'Tides.' }
    const { id: requestId } = await admin.call(requestRoles, { organizationId, ...wanted })
    await operator.call(saveService, form('More'))
    const part = { requestId, kind: 'access' as const, detailsVersion: 1, roleVersion, held: null }
    for (const decision of [
      { ...part, accept: true },
      { ...part, accept: false, reason },
    ])
      expect(await operator.try(decideRoleRequests, { decisions: [decision] })).toMatchObject(changed)
    const granted = { organizationId, detailsVersion: 1, roleId, roleVersion, held: null, reason }
    expect(await operator.try(grantRole, granted)).toMatchObject(changed)
    const [pending] = (await operator.call(listPendingRequests, { organizationId })).items
    expect(pending!.parts[0]!.role).toMatchObject({ name: 'More', version: roleVersion + 1 })
    const seen = { ...part, roleVersion: roleVersion + 1, accept: true }
    await operator.call(decideRoleRequests, { decisions: [seen] })
  })

  test('a role is granted, accepted and refused in place of what was seen as held', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const roles = ['Low', 'Mid', 'High'].map((name) => ({ key: name.toLowerCase(), kind: 'quota' as const, name }))
    await operator.call(saveService, { key: 'swell', name: 'Swell', roles })
    const { id: serviceId, roles: saved } = (await operator.call(listServices, {})).services.find(
      ({ key }) => key === 'swell',
    )!
    const roleOf = (name: string) => saved.find((role) => role.name === name)!
    const grant = (name: string, held: string | null) => {
      const { id: roleId, version: roleVersion } = roleOf(name)
      return operator.try(grantRole, { organizationId, detailsVersion: 1, roleId, roleVersion, held, reason })
    }
    const wanted = { serviceId, accessRoleId: null, quotaRoleId: roleOf('Mid').id, description: 'Swell.' }
    const { id: requestId } = await admin.call(requestRoles, { organizationId, ...wanted })
    const decide = (held: string | null, accept: boolean) => {
      const part = { requestId, kind: 'quota' as const, detailsVersion: 1, roleVersion: 1, held }
      return operator.try(decideRoleRequests, {
        decisions: [accept ? { ...part, accept } : { ...part, accept, reason }],
      })
    }
    const first = await grant('Low', null)
    expect(first).toMatchObject({ status: 201 })
    const [seen] = (await operator.call(listPendingRequests, { organizationId })).items
    expect(seen!.held).toMatchObject([{ kind: 'quota', role: { name: 'Low' }, assignmentId: first.body.id }])
    const second = await grant('High', first.body.id)
    expect(second).toMatchObject({ status: 201 })
    for (const held of [first.body.id, null]) {
      for (const accept of [true, false]) expect(await decide(held, accept)).toMatchObject(changed)
      expect(await grant('Mid', held)).toMatchObject(changed)
    }
    expect(await decide(second.body.id, true)).toMatchObject({ status: 200 })
  })

  test('a role is granted, accepted and refused to whom was seen, not to one that was renamed since', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const roles = ['Low', 'High'].map((name) => ({ key: name.toLowerCase(), kind: 'quota' as const, name }))
    await operator.call(saveService, { key: 'foam', name: 'Foam', roles })
    const { id: serviceId, roles: saved } = (await operator.call(listServices, {})).services.find(
      ({ key }) => key === 'foam',
    )!
    const [low, high] = saved.map(({ id }) => id) as [string, string]
    const wanted = { serviceId, accessRoleId: null, quotaRoleId: low, description: 'Foam.' }
    const { id: requestId } = await admin.call(requestRoles, { organizationId, ...wanted })
    const [seen] = (await operator.call(listPendingRequests, { organizationId })).items
    const { detailsVersion } = seen!.organization
    const rename = (version: number) =>
      admin.call(editOrganizationDetails, { organizationId, detailsVersion: version, ...details() })
    const grant = (version: number) => {
      const asked = { organizationId, detailsVersion: version, roleId: high, roleVersion: 1, held: null, reason }
      return operator.try(grantRole, asked)
    }
    const decide = (version: number, accept: boolean) => {
      const part = { requestId, kind: 'quota' as const, detailsVersion: version, roleVersion: 1, held: null }
      return operator.try(decideRoleRequests, {
        decisions: [accept ? { ...part, accept } : { ...part, accept, reason }],
      })
    }
    await rename(detailsVersion)
    expect(await grant(detailsVersion)).toMatchObject(changed)
    for (const accept of [true, false]) expect(await decide(detailsVersion, accept)).toMatchObject(changed)
    if (process.env.TEST_DATABASE === 'postgres') {
      const renaming = {
        text: `update organizations set name = name || ' II', name_key = name_key || ' ii' where id = $1`,
        values: [organizationId],
      }
      const whileRenamed = (request: () => Promise<unknown>) =>
        whileHeld(site, organizationId, request, renaming, 'organizations')
      expect(await whileRenamed(() => grant(detailsVersion + 1))).toMatchObject(changed)
      expect(await whileRenamed(() => decide(detailsVersion + 2, true))).toMatchObject(changed)
    }
    const now = (await operator.call(getOrganization, { organizationId })).detailsVersion
    expect(await decide(now, true)).toMatchObject({ status: 200 })
  })

  test('of services, of the catalogue and of the policy, each is changed as it was seen', async () => {
    const { version } = await operator.call(listServices, {})
    const service = { key: 'buoys', name: 'Buoys', roles: [] }
    await operator.call(saveService, { ...service, version })
    expect(await operator.try(saveService, { ...service, name: 'Other buoys', version })).toMatchObject(changed)
    expect(await operator.try(retireService, { key: 'buoys', version: String(version) })).toMatchObject(changed)
    expect(await operator.try(importCatalogue, { services: [], version })).toMatchObject(changed)
    await operator.call(retireService, { key: 'buoys', version: String(version + 1) })
    const { policy, policyVersion } = await operator.call(getSiteSettings, {})
    const longer = { ...policy, sessionHours: policy.sessionHours + 1 }
    await operator.call(setSitePolicy, { ...longer, version: policyVersion })
    expect(await operator.try(setSitePolicy, { ...policy, version: policyVersion })).toMatchObject(changed)
    // Saving the current values is no change and writes no event.
    await operator.call(setSitePolicy, { ...longer, version: policyVersion + 1 })
    expect(await operator.call(getSiteSettings, {})).toMatchObject({ policy: longer, policyVersion: policyVersion + 1 })
  })
})

describe('dissolving', () => {
  test('by the sole member needs no reason, and lets them join another', async () => {
    const { id, admin } = await acceptedOrganization(site)
    await asSeen(admin).call(dissolveOrganization, { organizationId: id })
    expect(await isMember(admin)).toBe(false)
    expect(await stateOf(id)).toBe('dissolved')
    await admin.call(createOrganization, details())
  })

  test('a pending one frees its author too', async () => {
    const { id, author } = await pendingOrganization()
    await asSeen(author).call(dissolveOrganization, { organizationId: id })
    await expect(author.call(createOrganization, details())).resolves.toMatchObject({ id: expect.any(String) })
  })

  test('is refused to an admin of several members, and to a plain member', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const dissolve = { organizationId: id, reason }
    const refused = { status: 409, code: 'not_the_sole_member' }
    expect(await asSeen(admin).try(dissolveOrganization, dissolve)).toMatchObject(refused)
    expect(await asSeen(member).try(dissolveOrganization, dissolve)).toMatchObject({ code: 'admin_privileges_needed' })
    await member.call(leaveOrganization, { organizationId: id })
    await asSeen(admin).call(dissolveOrganization, { organizationId: id })
  })

  test('by an operator needs a reason, whatever its members', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const { code } = await admin.call(createInvitation, { organizationId: id })
    const waiting = await site.person()
    const needsApproval = await admin.call(createInvitation, { organizationId: id, needsApproval: true })
    await waiting.call(acceptInvitation, { code: needsApproval.code })

    const refused = await asSeen(operator).try(dissolveOrganization, { organizationId: id })
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input', problem: { errors: [{ path: 'reason' }] } })
    expect(await isMember(member)).toBe(true)
    await asSeen(operator).call(dissolveOrganization, { organizationId: id, reason: 'Closed by law.' })
    const ended = await operator.call(getOrganization, { organizationId: id })
    expect(ended).toMatchObject({ state: 'dissolved', stateReason: 'Closed by law.', members: 0, admins: 0 })
    expect([await isMember(admin), await isMember(member)]).toEqual([false, false])
    expect((await waiting.call(getMe, {})).waiting).toBeNull()
    const late = await (await site.person()).try(acceptInvitation, { code })
    expect(late.status).toBe(410)
    expect((await operator.call(listInvitations, { organizationId: id, state: 'pending' })).items).toEqual([])
  })

  test('happens once', async () => {
    const { id, author } = await pendingOrganization()
    await asSeen(author).call(dissolveOrganization, { organizationId: id })
    const refused = { status: 409, code: 'wrong_organization_state' }
    expect(await asSeen(operator).try(dissolveOrganization, { organizationId: id, reason })).toMatchObject(refused)
    expect(await asSeen(author).try(dissolveOrganization, { organizationId: id })).toMatchObject({
      status: 404,
      code: 'organization_not_found',
    })
    expect(await asSeen(author).try(resubmitOrganization, { organizationId: id, ...details() })).toMatchObject({
      code: 'organization_not_found',
    })
  })
})

describe('appointing an admin', () => {
  const appoint = (organizationId: string, person: Person) =>
    operator.try(appointAdmin, { organizationId, email: person.email.toUpperCase(), reason })
  const appointments = async (organizationId: string) =>
    (await operator.call(listOrganizationEvents, { organizationId, kind: 'admin_appointed' })).items

  test('tells operators whether the address is confirmed', async () => {
    const { id } = await acceptedOrganization(site)
    for (const confirmed of [true, false]) {
      const person = await site.person('Ana', { confirmed })
      const said = { status: 200, body: { done: true, addressConfirmed: confirmed } }
      expect(await appoint(id, person)).toMatchObject(said)
      expect(await appoint(id, person)).toMatchObject(said)
    }
  })

  test('makes a member an admin', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const membershipId = await membershipOf(member)
    expect((await appoint(id, member)).status).toBe(200)
    expect((await member.call(getMe, {})).organization?.mine).toMatchObject({ membershipId, admin: true })
    expect(await appointments(id)).toMatchObject([
      { actor: { id: operator.id }, subject: { id: member.id }, details: { reason, joined: false } },
    ])
  })

  test('admits a person who is in no organization', async () => {
    const { id } = await acceptedOrganization(site)
    const outsider = await site.person()
    expect((await appoint(id, outsider)).status).toBe(200)
    expect((await outsider.call(getMe, {})).organization).toMatchObject({ id, members: 2, mine: { admin: true } })
    expect(await appointments(id)).toMatchObject([{ subject: { id: outsider.id }, details: { joined: true } }])
  })

  test('changes nothing for a person who is already an admin', async () => {
    const { id, admin } = await acceptedOrganization(site)
    expect((await appoint(id, admin)).status).toBe(200)
    expect(await appointments(id)).toEqual([])
  })

  test('takes no one out of another organization, nor out of their own pending one', async () => {
    const { id } = await acceptedOrganization(site)
    const other = await acceptedOrganization(site)
    const { author } = await pendingOrganization()
    const refused = { status: 409, code: 'account_in_another_organization' }
    expect(await appoint(id, other.admin)).toMatchObject(refused)
    expect(await appoint(id, await newMember(site, other.id, other.admin))).toMatchObject(refused)
    expect(await appoint(id, author)).toMatchObject(refused)
  })

  test('needs an account, and an organization that has not ended', async () => {
    const { id, author } = await pendingOrganization()
    const unknown = await operator.try(appointAdmin, { organizationId: id, email: 'nobody@example.org', reason })
    expect(unknown).toMatchObject({ status: 404, code: 'account_not_found' })
    await asSeen(author).call(dissolveOrganization, { organizationId: id })
    expect(await appoint(id, author)).toMatchObject({ status: 409, code: 'organization_ended' })
    const rejected = await pendingOrganization()
    await asSeen(operator).call(rejectOrganization, { organizationId: rejected.id, reason })
    expect(await appoint(rejected.id, rejected.author)).toMatchObject({ status: 409, code: 'organization_ended' })
  })
})

describe('what a response says the caller can do is what they are allowed to do', () => {
  type Role = 'sole member' | 'one of two admins' | 'only admin of two' | 'plain member' | 'operator' | 'outsider'
  type Ability = keyof Abilities

  /** Everything that this person can do; anything not listed is not possible. */
  const table: [OrganizationState, Role, Ability[]][] = [
    ['pending', 'sole member', ['manageMembers', 'seeActivity', 'dissolve']],
    ['pending', 'one of two admins', ['manageMembers', 'seeActivity', 'leave', 'handOver']],
    ['pending', 'only admin of two', ['manageMembers', 'seeActivity', 'handOver']],
    ['pending', 'plain member', ['leave']],
    [
      'pending',
      'operator',
      ['seeActivity', 'dissolve', 'accept', 'requestChanges', 'reject', 'appointAdmin', 'setMemberLimit'],
    ],
    ['pending', 'outsider', []],
    ['changes_requested', 'sole member', ['manageMembers', 'seeActivity', 'dissolve', 'resubmit']],
    ['changes_requested', 'one of two admins', ['manageMembers', 'seeActivity', 'leave', 'handOver', 'resubmit']],
    ['changes_requested', 'only admin of two', ['manageMembers', 'seeActivity', 'handOver', 'resubmit']],
    ['changes_requested', 'plain member', ['leave']],
    ['changes_requested', 'operator', ['seeActivity', 'dissolve', 'reject', 'appointAdmin', 'setMemberLimit']],
    ['changes_requested', 'outsider', []],
    [
      'accepted',
      'sole member',
      [
        'invite',
        'requestRoles',
        'requestHigherLimit',
        'editDetails',
        'seeInvitations',
        'manageTokens',
        'seeTokens',
        'manageMembers',
        'seeActivity',
        'dissolve',
      ],
    ],
    [
      'accepted',
      'one of two admins',
      [
        'invite',
        'requestRoles',
        'requestHigherLimit',
        'editDetails',
        'seeInvitations',
        'manageTokens',
        'seeTokens',
        'manageMembers',
        'seeActivity',
        'leave',
        'handOver',
      ],
    ],
    [
      'accepted',
      'only admin of two',
      [
        'invite',
        'requestRoles',
        'requestHigherLimit',
        'editDetails',
        'seeInvitations',
        'manageTokens',
        'seeTokens',
        'manageMembers',
        'seeActivity',
        'handOver',
      ],
    ],
    ['accepted', 'plain member', ['leave']],
    ['accepted', 'operator', ['seeActivity', 'dissolve', 'suspend', 'appointAdmin', 'setMemberLimit', 'grantRole']],
    ['accepted', 'outsider', []],
    ['suspended', 'sole member', ['seeInvitations', 'seeTokens', 'manageMembers', 'seeActivity', 'dissolve']],
    [
      'suspended',
      'one of two admins',
      ['seeInvitations', 'seeTokens', 'manageMembers', 'seeActivity', 'leave', 'handOver'],
    ],
    ['suspended', 'only admin of two', ['seeInvitations', 'seeTokens', 'manageMembers', 'seeActivity', 'handOver']],
    ['suspended', 'plain member', ['leave']],
    ['suspended', 'operator', ['seeActivity', 'dissolve', 'reinstate', 'appointAdmin', 'setMemberLimit']],
    ['suspended', 'outsider', []],
    // The sole member of a rejected organization was its author.
    ['rejected', 'sole member', ['resubmit']],
    ['rejected', 'one of two admins', []],
    ['rejected', 'plain member', []],
    ['rejected', 'operator', ['seeActivity']],
    ['rejected', 'outsider', []],
    ['dissolved', 'sole member', []],
    ['dissolved', 'one of two admins', []],
    ['dissolved', 'plain member', []],
    ['dissolved', 'operator', ['seeActivity']],
    ['dissolved', 'outsider', []],
  ]

  interface World {
    organizationId: string
    caller: Person
    /** Another member's membership, if there is one. */
    another: string
    name: string
  }

  const attempts: Record<Ability, (world: World) => Promise<{ status: number }>> = {
    invite: ({ caller, organizationId }) => caller.try(createInvitation, { organizationId }),
    requestRoles: ({ caller, organizationId }) =>
      caller.try(requestRoles, {
        organizationId,
        serviceId: service.id,
        accessRoleId: service.roles[0]!.id,
        description: reason,
      }),
    requestHigherLimit: ({ caller, organizationId }) =>
      caller.try(requestHigherLimit, { organizationId, limit: 101, reason }),
    editDetails: async ({ caller, organizationId, name }) => {
      const { status, body } = await caller.try(getOrganization, { organizationId })
      const detailsVersion = status === 200 ? body.detailsVersion : 0
      return caller.try(editOrganizationDetails, { organizationId, detailsVersion, ...details(name) })
    },
    // If nothing is pending, no one can.
    withdrawIdentityChange: ({ caller, organizationId }) =>
      caller.try(withdrawIdentityChange, { organizationId, detailsVersion: 1 }),
    decideIdentityChange: ({ caller, organizationId }) =>
      caller.try(decideIdentityChange, { organizationId, detailsVersion: 1, accept: true }),
    setMemberLimit: ({ caller, organizationId }) =>
      asSeen(caller).try(setMemberLimit, { organizationId, limit: 50, reason }),
    grantRole: ({ caller, organizationId }) =>
      asSeen(caller).try(grantRole, { organizationId, roleId: service.roles[0]!.id, reason }),
    seeInvitations: ({ caller, organizationId }) => caller.try(listInvitations, { organizationId }),
    manageTokens: ({ caller, organizationId }) =>
      caller.try(createOrganizationToken, { organizationId, name: 'Sync', scopes: ['read:invitations'] }),
    seeTokens: ({ caller, organizationId }) => caller.try(listOrganizationTokens, { organizationId }),
    manageMembers: ({ caller, organizationId, another }) =>
      caller.try(setAdminPrivileges, { organizationId, membershipId: another, admin: true }),
    seeActivity: ({ caller, organizationId }) => caller.try(listOrganizationEvents, { organizationId }),
    leave: ({ caller, organizationId }) => caller.try(leaveOrganization, { organizationId }),
    handOver: ({ caller, organizationId, another }) =>
      caller.try(leaveOrganization, { organizationId, successorId: another }),
    dissolve: ({ caller, organizationId }) => asSeen(caller).try(dissolveOrganization, { organizationId, reason }),
    resubmit: ({ caller, organizationId, name }) =>
      asSeen(caller).try(resubmitOrganization, { organizationId, ...details(name) }),
    accept: ({ caller, organizationId }) => asSeen(caller).try(acceptOrganization, { organizationId }),
    requestChanges: ({ caller, organizationId }) => asSeen(caller).try(requestChanges, { organizationId, reason }),
    reject: ({ caller, organizationId }) => asSeen(caller).try(rejectOrganization, { organizationId, reason }),
    suspend: ({ caller, organizationId }) => asSeen(caller).try(suspendOrganization, { organizationId, reason }),
    reinstate: ({ caller, organizationId }) => asSeen(caller).try(reinstateOrganization, { organizationId, reason }),
    appointAdmin: async ({ caller, organizationId }) =>
      caller.try(appointAdmin, { organizationId, email: (await site.person()).email, reason }),
  }

  let service: Service
  beforeAll(async () => {
    const roles = [{ key: 'reader', kind: 'access' as const, name: 'Reader' }]
    await operator.call(saveService, { key: 'reef-maps', name: 'Reef maps', roles })
    service = (await operator.call(listServices, {})).services.find(({ key }) => key === 'reef-maps')!
  })

  async function worldOf(state: OrganizationState, role: Role): Promise<World> {
    const { id: organizationId, author } = await pendingOrganization()
    await asSeen(operator).call(setMemberLimit, { organizationId, limit: 100, reason })
    const { name } = await author.call(getOrganization, { organizationId })
    let another = await membershipOf(author)
    let second: Person | undefined
    if (role !== 'sole member') {
      second = await site.person()
      await operator.call(appointAdmin, { organizationId, email: second.email, reason })
      const membershipId = await membershipOf(second)
      if (role !== 'one of two admins')
        await author.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
      if (role === 'only admin of two') another = membershipId
    }
    await bring(organizationId, state)
    const callers: Record<Role, Person> = {
      'sole member': author,
      'only admin of two': author,
      'one of two admins': second!,
      'plain member': second!,
      operator,
      outsider: await site.person(),
    }
    return { organizationId, caller: callers[role], another, name }
  }

  /**
   * What the caller sees: the reason in the organization, or in their own rejected requests; nothing if it is hidden
   * from them.
   */
  async function abilitiesSeen({ caller, organizationId }: World): Promise<Ability[]> {
    const { status, body } = await caller.try(getOrganization, { organizationId })
    const { rejected } = await caller.call(getMe, {})
    const can = status === 200 ? body.can : rejected.find(({ id }) => id === organizationId)?.can
    return Object.entries(can ?? {}).flatMap(([ability, has]) => (has ? [ability as Ability] : []))
  }

  // For a pending new name or tax id, see organization-details.
  const elsewhere = ['decideIdentityChange', 'withdrawIdentityChange']
  test('the table has every state, and every ability belongs to a role', () => {
    expect([...new Set(table.map(([state]) => state))]).toEqual([...organizationStates])
    expect([...new Set([...table.flatMap(([, , abilities]) => abilities), ...elsewhere])].sort()).toEqual(
      Object.keys(attempts).sort(),
    )
  })

  test.each(table)('%s, %s: %j', async (state, role, abilities) => {
    const world = await worldOf(state, role)
    expect((await abilitiesSeen(world)).sort()).toEqual([...abilities].sort())
    const countEvents = async () => (await site.db.only<{ n: string }>(sql`select count(*) as n from events`)).n

    for (const [ability, attempt] of Object.entries(attempts) as [Ability, (typeof attempts)[Ability]][]) {
      if (abilities.includes(ability)) {
        const { status, ...rest } = await attempt(await worldOf(state, role))
        expect({ ability, status, rest: status < 300 ? '' : rest }).toMatchObject({ ability, rest: '' })
        // An empty list need not be hidden: this ability only says whether the portal shows it.
      } else if (ability !== 'seeInvitations' && ability !== 'seeTokens') {
        const before = await countEvents()
        const { status } = await attempt(world)
        const refused = status >= 400 && status < 500
        // The new person is registered before the appointment, and registering is an event too.
        const same = (await countEvents()) === before || ability === 'appointAdmin'
        expect({ ability, status: refused ? 'refused' : status, same }).toEqual({
          ability,
          status: 'refused',
          same: true,
        })
      }
    }
    expect((await abilitiesSeen(world)).sort()).toEqual([...abilities].sort())
  })
})

describe('reading an organization', () => {
  test('members see it without addresses, admins and operators with them', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const emailFor = async (reader: Person) => (await reader.call(getOrganization, { organizationId: id })).author.email
    expect(await emailFor(member)).toBeNull()
    expect(await emailFor(admin)).toBe(admin.email)
    expect(await emailFor(operator)).toBe(admin.email)
    expect(await (await site.person()).try(getOrganization, { organizationId: id })).toMatchObject({
      status: 404,
      code: 'organization_not_found',
    })
  })
})

describe('the operators’ list', () => {
  let other: Site
  let clerk: Person
  const ids: Record<string, string> = {}
  const names = ['Whale 100%', 'whale_shark', 'Dugong \\ Co', 'Étoile de mer', 'Turtle', 'Anemone', 'Zebra Fish']

  beforeAll(async () => {
    other = await openSite()
    clerk = await other.person('Clara', { operator: true })
    for (const name of names) {
      const author = await other.person(name === 'Turtle' ? 'Tomas' : undefined)
      ids[name] = (await author.call(createOrganization, details(name))).id
    }
    await asSeen(clerk).call(acceptOrganization, { organizationId: ids.Turtle! })
    await asSeen(clerk).call(acceptOrganization, { organizationId: ids.Anemone! })
    await asSeen(clerk).call(suspendOrganization, { organizationId: ids.Anemone!, reason })
    await asSeen(clerk).call(rejectOrganization, { organizationId: ids['Zebra Fish']!, reason })
    const author = await other.person()
    const { id } = await author.call(createOrganization, details('zebra fish'))
    ids['zebra fish'] = id
  })
  afterAll(async () => {
    expect(await other.check()).toEqual([])
    await other.close()
  })

  const listed = async (filters: Parameters<typeof clerk.call<typeof listOrganizations>>[1]) =>
    (await clerk.call(listOrganizations, filters)).items.map(({ name }) => name)
  const created = [...names, 'zebra fish']

  test.each([
    ['newest', [...created].reverse()],
    ['oldest', created],
    [
      'name',
      [
        'Anemone',
        'Dugong \\ Co',
        'Étoile de mer',
        'Turtle',
        'Whale 100%',
        'whale_shark',
        'Zebra Fish|zebra fish',
        'Zebra Fish|zebra fish',
      ],
    ],
  ] as ['newest' | 'oldest' | 'name', string[]][])(
    'by %s, a page at a time, has every row once',
    async (sort, order) => {
      const pages = await everyPage((cursor) => clerk.call(listOrganizations, { sort, limit: 2, ...cursor }))
      expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 2])
      const rows = pages.flat()
      expect(new Set(rows.map(({ id }) => id)).size).toBe(created.length)
      rows.forEach(({ name }, place) => {
        expect(order[place]!.split('|')).toContain(name)
      })
      expect(await clerk.call(listOrganizations, { sort })).toEqual({ items: rows, next: null })
    },
  )

  test('its last page says that it is the last, also where it is full', async () => {
    expect(await clerk.call(listOrganizations, { limit: created.length })).toMatchObject({ next: null })
    expect(await clerk.call(listOrganizations, { limit: created.length - 1 })).toMatchObject({
      next: expect.any(String),
    })
  })

  test.each([
    ['pending', ['zebra fish', 'Étoile de mer', 'Dugong \\ Co', 'whale_shark', 'Whale 100%']],
    ['accepted', ['Turtle']],
    ['suspended', ['Anemone']],
    ['rejected', ['Zebra Fish']],
    ['changes_requested', []],
    ['dissolved', []],
  ] as [OrganizationState, string[]][])('of those that are %s', async (state, expected) => {
    expect(await listed({ state })).toEqual(expected)
    const pages = await everyPage((cursor) => clerk.call(listOrganizations, { state, limit: 2, ...cursor }))
    expect(pages.flat().map(({ name }) => name)).toEqual(expected)
  })

  test.each([
    ['whale', ['whale_shark', 'Whale 100%']],
    ['WHALE', ['whale_shark', 'Whale 100%']],
    ['%', ['Whale 100%']],
    ['_', ['whale_shark']],
    ['\\', ['Dugong \\ Co']],
    ['étoile', ['Étoile de mer']],
    ['ÉTOILE', ['Étoile de mer']],
    ['tomas', ['Turtle']],
    ['Tomas Cruz', ['Turtle']],
    ["' or true --", []],
    ['', [...created].reverse()],
  ])('searched for “%s”', async (q, expected) => {
    expect(await listed({ q })).toEqual(expected)
  })

  test('shows counts, author and reason, and no more than declared', async () => {
    const { items } = await clerk.call(listOrganizations, { state: 'suspended' })
    expect(items).toEqual([
      {
        id: ids.Anemone,
        name: 'Anemone',
        country: 'PH',
        state: 'suspended',
        stateReason: reason,
        createdAt: expect.any(String),
        author: { id: expect.any(String), firstName: expect.any(String), lastName: 'Cruz', email: expect.any(String) },
        members: 1,
        admins: 1,
      },
    ])
  })
})

test('the members of an organization that ended are listed for operators only, as an empty list', async () => {
  const { id, admin } = await acceptedOrganization(site)
  await asSeen(admin).call(dissolveOrganization, { organizationId: id })
  expect(await operator.call(listMemberships, { organizationId: id })).toEqual({ items: [], next: null })
  expect(await admin.try(listMemberships, { organizationId: id })).toMatchObject({ code: 'organization_not_found' })
})

describe('the users limit', () => {
  const full = { status: 409, code: 'organization_full' }
  const limitTo = (organizationId: string, limit: number | null) =>
    asSeen(operator).call(setMemberLimit, { organizationId, limit, reason })
  const invite = (admin: Person, organizationId: string, more: { needsApproval?: boolean } = {}) =>
    admin.call(createInvitation, { organizationId, ...more })

  test('is checked when a person joins, not when they are invited', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    await limitTo(organizationId, 2)
    const invitations = [await invite(admin, organizationId), await invite(admin, organizationId)]
    const [first, second] = [await site.person(), await site.person()]
    await first.call(acceptInvitation, { code: invitations[0]!.code })
    const { code } = await invite(admin, organizationId)
    for (const one of [invitations[1]!.code, code])
      expect(await second.try(acceptInvitation, { code: one })).toMatchObject(full)
    const { items } = await admin.call(listInvitations, { organizationId, state: 'pending' })
    expect(items.map(({ acceptances }) => acceptances.length)).toEqual([0, 0])
    await first.call(leaveOrganization, { organizationId })
    await second.call(acceptInvitation, { code })
    expect(await isMember(second)).toBe(true)
  })

  test('counts a person who needs an approval only when they are approved', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    await limitTo(organizationId, 2)
    const people = [await site.person(), await site.person()]
    for (const person of people) {
      const { code } = await invite(admin, organizationId, { needsApproval: true })
      await person.call(acceptInvitation, { code })
    }
    const { items } = await admin.call(listAcceptances, { organizationId })
    const [one, other] = items.map(({ id: acceptanceId }) => ({ organizationId, acceptanceId }))
    await asSeen(admin).call(approveAcceptance, one!)
    expect(await asSeen(admin).try(approveAcceptance, other!)).toMatchObject(full)
    await limitTo(organizationId, 3)
    await asSeen(admin).call(approveAcceptance, other!)
    expect((await admin.call(getOrganization, { organizationId })).members).toBe(3)
  })

  test('applies to appointing, too, and removes no one', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    await limitTo(organizationId, 1)
    expect(await admin.call(getOrganization, { organizationId })).toMatchObject({ members: 2, memberLimit: 1 })
    const { email } = await site.person()
    expect(await operator.try(appointAdmin, { organizationId, email, reason })).toMatchObject(full)
    // Giving a member admin privileges takes no slot.
    await operator.call(appointAdmin, { organizationId, email: member.email, reason })
  })

  test('is asked for with a reason, which waits until an operator sets one, higher or not', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const ask = (limit: number) => admin.try(requestHigherLimit, { organizationId, limit, reason: 'A new office.' })
    const wanted = async () => (await admin.call(getOrganization, { organizationId })).limitWanted
    expect(await ask(10)).toMatchObject({ status: 400, code: 'limit_not_higher' })
    await limitTo(organizationId, 10)
    expect(await ask(10)).toMatchObject({ status: 400, code: 'limit_not_higher' })
    expect(await wanted()).toBeNull()
    await ask(20)
    expect(await wanted()).toEqual({ limit: 20, reason: 'A new office.' })
    await limitTo(organizationId, 15)
    expect(await wanted()).toBeNull()
    const { items } = await admin.call(listOrganizationEvents, { organizationId })
    expect(items.slice(0, 3).map(({ kind, details: { limit } }) => [kind, limit])).toEqual([
      ['member_limit_set', 15],
      ['higher_limit_requested', 20],
      ['member_limit_set', 10],
    ])
  })

  test('is of no organization that has ended', async () => {
    const { id: organizationId } = await pendingOrganization()
    await asSeen(operator).call(rejectOrganization, { organizationId, reason })
    const refused = await asSeen(operator).try(setMemberLimit, { organizationId, limit: 5, reason })
    expect(refused).toMatchObject({ status: 409, code: 'organization_ended' })
  })

  test('is the site’s where an organization has none of its own', async () => {
    const other = await openSite()
    const clerk = await other.person('Clara', { operator: true })
    const { id: organizationId, admin } = await acceptedOrganization(other)
    const limit = async () => (await admin.call(getOrganization, { organizationId })).memberLimit
    expect([await limit(), (await clerk.call(getSiteSettings, {})).memberLimit]).toEqual([null, null])
    await asSeen(clerk).call(setDefaultMemberLimit, { limit: 1 })
    expect(await limit()).toBe(1)
    const { code } = await invite(admin, organizationId)
    const person = await other.person()
    expect(await person.try(acceptInvitation, { code })).toMatchObject(full)
    await asSeen(clerk).call(setMemberLimit, { organizationId, limit: 2, reason })
    await person.call(acceptInvitation, { code })
    await asSeen(clerk).call(setMemberLimit, { organizationId, limit: null, reason })
    expect(await limit()).toBe(1)
    expect(await other.check()).toEqual([])
    await other.close()
  })
})

describe('services wanted when an organization is created', () => {
  let service: Service
  beforeAll(async () => {
    const roles = [
      { key: 'diver', kind: 'access' as const, name: 'Diver' },
      {
        key: 'one-boat',
        kind: 'quota' as const,
        name: 'One boat',
        limits: [{ name: 'Boats', value: 1, unit: 'boat' }],
      },
      { key: 'secret', kind: 'access' as const, name: 'Secret', requestable: false },
    ]
    await operator.call(saveService, { key: 'boats', name: 'Boats', roles })
    service = (await operator.call(listServices, {})).services.find(({ key }) => key === 'boats')!
  })
  const role = (key: string) => service.roles.find((one) => one.key === key)!.id
  const wanting = () => ({
    ...details(),
    services: [{ serviceId: service.id, accessRoleId: role('diver'), quotaRoleId: role('one-boat') }],
  })
  const states = async (organizationId: string) =>
    (await operator.call(listRoleRequests, { organizationId })).items.flatMap(({ parts }) =>
      parts.map(({ state }) => state),
    )

  test('are requests, which can be refused at once and accepted once it is accepted', async () => {
    const author = await site.person()
    const { id: organizationId } = await author.call(createOrganization, wanting())
    const [request] = (await author.call(listRoleRequests, { organizationId })).items
    expect(request).toMatchObject({ description: 'Counting corals from orbit.', requestedBy: { id: author.id } })
    const accept = { requestId: request!.id, kind: 'quota' as const, accept: true }
    expect(await asSeen(operator).try(decideRoleRequests, { decisions: [accept] })).toMatchObject({
      status: 409,
      code: 'organization_not_accepted',
    })
    const refuse = { requestId: request!.id, kind: 'access' as const, accept: false, reason }
    await asSeen(operator).call(decideRoleRequests, { decisions: [refuse] })
    await asSeen(operator).call(acceptOrganization, { organizationId })
    await asSeen(operator).call(decideRoleRequests, { decisions: [accept] })
    expect(await states(organizationId)).toEqual(['refused', 'accepted'])
  })

  test('are kept with an organization that is rejected, out of the queue, and are there again when it is resubmitted', async () => {
    const author = await site.person()
    const { id: organizationId } = await author.call(createOrganization, wanting())
    await asSeen(operator).call(rejectOrganization, { organizationId, reason })
    expect(await states(organizationId)).toEqual(['pending', 'pending'])
    const queue = async () =>
      (await operator.call(listPendingRequests, { organizationId })).items.map(({ organization }) => organization.id)
    expect(await queue()).toEqual([])
    const [rejected] = (await author.call(getMe, {})).rejected
    expect(rejected!.servicesWanted.map(({ roles }) => roles.map(({ id }) => id))).toEqual([
      [wanting().services[0]!.accessRoleId, wanting().services[0]!.quotaRoleId],
    ])
    await asSeen(author).call(resubmitOrganization, { organizationId, ...details() })
    expect(await states(organizationId)).toEqual(['pending', 'pending'])
    expect(await queue()).toEqual([organizationId])
  })

  test('are changed when it is resubmitted: those still wanted stay, the rest are withdrawn in the name of the person who resubmits', async () => {
    const author = await site.person()
    const { id: organizationId } = await author.call(createOrganization, wanting())
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    const { services } = wanting()
    await asSeen(author).call(resubmitOrganization, { organizationId, ...details(), services })
    const requests = async () => (await author.call(listRoleRequests, { organizationId })).items
    expect(await requests()).toHaveLength(1)
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    const less = [{ ...services[0]!, quotaRoleId: null }]
    await asSeen(author).call(resubmitOrganization, { organizationId, ...details(), services: less })
    const [now, before] = await requests()
    expect(now!.parts).toMatchObject([{ kind: 'access', state: 'pending' }])
    expect(before!.parts).toMatchObject(
      ['access', 'quota'].map((kind) => ({ kind, state: 'withdrawn', decidedBy: { id: author.id } })),
    )
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    await asSeen(author).call(resubmitOrganization, { organizationId, ...details(), services: [] })
    expect((await requests()).flatMap(({ parts }) => parts.map(({ state }) => state))).toEqual([
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ])
    const secret = [{ ...services[0]!, accessRoleId: role('secret') }]
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    const refused = await asSeen(author).try(resubmitOrganization, { organizationId, ...details(), services: secret })
    expect(refused).toMatchObject({ code: 'role_not_requestable' })
  })

  test('have to be such as can be asked for, each service once; otherwise nothing is created', async () => {
    const author = await site.person()
    const [wanted] = wanting().services
    const refused = async (services: object[]) => {
      const { code, problem } = await author.try(createOrganization, { ...details(), services: services as [] })
      return [code, ...(problem.errors ?? []).map(({ path }) => path)]
    }
    expect(await refused([wanted!, wanted!])).toEqual(['invalid_input', 'services.1.serviceId'])
    expect(await refused([{ ...wanted, accessRoleId: role('secret') }])).toEqual([
      'role_not_requestable',
      'services.0.accessRoleId',
    ])
    expect(await refused([{ ...wanted, accessRoleId: role('one-boat') }])).toEqual([
      'invalid_input',
      'services.0.accessRoleId',
    ])
    expect(await refused([{ serviceId: absent, accessRoleId: absent }])).toEqual([
      'invalid_input',
      'services.0.accessRoleId',
    ])
    expect(await refused([{ serviceId: service.id }])).toEqual(['invalid_input', 'services.0.accessRoleId'])
    expect((await author.call(getMe, {})).organization).toBeNull()
  })
})
