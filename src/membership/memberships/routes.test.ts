import { beforeAll, describe, expect, test } from 'vitest'
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
import type { Person } from '../../../tests/support/site'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { acceptInvitation, createInvitation, listInvitations, revokeInvitation } from '../invitations/schema'
import { getMe } from '../me/schema'
import {
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  suspendOrganization,
} from '../organizations/schema'
import { createToken, endToken, listTokens } from '../tokens/schema'
import { getMembership, leaveOrganization, listMemberships, removeMember, setAdminPrivileges } from './schema'

const site = sharedSite()

const lastAdmin = { status: 409, code: 'last_admin' }
const hidden = { status: 404, code: 'organization_not_found' }
const notFound = { status: 404, code: 'membership_not_found' }

/** An accepted organization with a member without privileges, and its admin's actions on members. */
async function organizationOfTwo() {
  const { id: organizationId, admin, operator } = await acceptedOrganization(site)
  const member = await newMember(site, organizationId, admin)
  const ids = { admin: await membershipOf(admin), member: await membershipOf(member) }
  const set = (by: Person, membershipId: string, value: boolean) =>
    by.try(setAdminPrivileges, { organizationId, membershipId, admin: value })
  const remove = (by: Person, membershipId: string) => by.try(removeMember, { organizationId, membershipId })
  const leave = (by: Person, successorId?: string) =>
    by.try(leaveOrganization, { organizationId, ...(successorId ? { successorId } : {}) })
  const isAdmin = async (person: Person) => (await person.call(getMe, {})).organization?.mine?.admin
  const kinds = async () =>
    (await operator.call(listOrganizationEvents, { organizationId })).items.map(({ kind }) => kind)
  return { organizationId, admin, member, operator, ids, set, remove, leave, isAdmin, kinds }
}

describe('an account is in one organization at a time', () => {
  test('is enforced by the database, too', async () => {
    const { member } = await organizationOfTwo()
    const { id } = await acceptedOrganization(site)
    const second = site.db.rows(
      sql`insert into memberships (id, organization_id, account_id) values (gen_random_uuid(), ${id}, ${member.id})`,
    )
    await expect(second).rejects.toMatchObject({ constraint: 'memberships_one_per_account' })
  })

  test('leaving one makes room for another, by an invitation or of one’s own', async () => {
    const { organizationId, admin, member, leave } = await organizationOfTwo()
    const other = await acceptedOrganization(site)
    const { code } = await other.admin.call(createInvitation, { organizationId: other.id })
    expect(await member.try(acceptInvitation, { code })).toMatchObject({ code: 'already_in_an_organization' })
    await leave(member)
    await member.call(acceptInvitation, { code })
    expect((await member.call(getMe, {})).organization?.id).toBe(other.id)
    expect(await admin.call(getOrganization, { organizationId })).toMatchObject({ members: 1, admins: 1 })
  })
})

describe('granting and revoking admin privileges', () => {
  test('a granted admin can do at once what admins can, and a revoked one cannot any more', async () => {
    const { organizationId, admin, member, ids, set, isAdmin } = await organizationOfTwo()
    const invite = () => member.try(createInvitation, { organizationId })
    expect(await invite()).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    await set(admin, ids.member, true)
    expect((await invite()).status).toBe(201)
    await set(admin, ids.member, false)
    expect(await invite()).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    expect([await isAdmin(admin), await isAdmin(member)]).toEqual([true, false])
  })

  test('any admin can revoke any other’s, the founder’s too, and their own', async () => {
    const { admin, member, ids, set, isAdmin } = await organizationOfTwo()
    await set(admin, ids.member, true)
    expect((await set(member, ids.admin, false)).status).toBe(200)
    expect([await isAdmin(admin), await isAdmin(member)]).toEqual([false, true])
    await set(member, ids.admin, true)
    expect((await set(member, ids.member, false)).status).toBe(200)
    expect(await isAdmin(member)).toBe(false)
  })

  test('what is so already is no change, and no event', async () => {
    const { admin, ids, set, kinds } = await organizationOfTwo()
    const before = await kinds()
    expect((await set(admin, ids.admin, true)).status).toBe(200)
    expect((await set(admin, ids.member, false)).status).toBe(200)
    expect(await kinds()).toEqual(before)
  })

  test('is refused to a plain member, also for their own membership', async () => {
    const { member, ids, set, isAdmin } = await organizationOfTwo()
    expect(await set(member, ids.member, true)).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    expect(await set(member, ids.admin, false)).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    expect(await isAdmin(member)).toBe(false)
  })

  test('is refused for a person who has left', async () => {
    const { admin, member, ids, set, leave } = await organizationOfTwo()
    await leave(member)
    expect(await set(admin, ids.member, true)).toMatchObject(notFound)
  })
})

describe('removing a member', () => {
  test('ends their access with the next request, and keeps the session', async () => {
    const { organizationId, admin, member, ids, remove } = await organizationOfTwo()
    await member.call(listMemberships, { organizationId })
    expect((await remove(admin, ids.member)).status).toBe(200)
    expect(await member.try(listMemberships, { organizationId })).toMatchObject(hidden)
    expect(await member.try(getOrganization, { organizationId })).toMatchObject(hidden)
    expect(await member.call(getMe, {})).toMatchObject({ account: { id: member.id }, organization: null })
  })

  test('also works on other admins and on the caller', async () => {
    const { organizationId, admin, member, ids, set, remove } = await organizationOfTwo()
    await set(admin, ids.member, true)
    expect((await remove(member, ids.admin)).status).toBe(200)
    expect(await isMember(admin)).toBe(false)
    const third = await newMember(site, organizationId, member, { grantsAdmin: true })
    expect((await remove(third, await membershipOf(third))).status).toBe(200)
    expect(await isMember(third)).toBe(false)
  })

  test('is refused to a plain member, also for themselves', async () => {
    const { member, ids, remove } = await organizationOfTwo()
    for (const id of [ids.admin, ids.member])
      expect(await remove(member, id)).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
  })

  test('works once; a removed person can be invited again', async () => {
    const { organizationId, admin, member, ids, remove } = await organizationOfTwo()
    await remove(admin, ids.member)
    expect(await remove(admin, ids.member)).toMatchObject(notFound)
    await site.db.rows(sql`update accounts set email_verified = true where id = ${member.id}`)
    const { code } = await admin.call(createInvitation, { organizationId, boundTo: { email: member.email } })
    await member.call(acceptInvitation, { code })
    expect(await membershipOf(member)).not.toBe(ids.member)
  })
})

describe('leaving', () => {
  test('ends access at once; the organization can be joined no more without a new invitation', async () => {
    const { organizationId, member, leave } = await organizationOfTwo()
    expect((await leave(member)).status).toBe(200)
    expect(await member.try(getOrganization, { organizationId })).toMatchObject(hidden)
    expect(await leave(member)).toMatchObject(hidden)
    await member.call(createOrganization, details())
  })

  test('an admin can leave while there is another', async () => {
    const { admin, member, ids, set, leave, isAdmin } = await organizationOfTwo()
    await set(admin, ids.member, true)
    expect((await leave(admin)).status).toBe(200)
    expect([await isMember(admin), await isAdmin(member)]).toEqual([false, true])
  })

  test('is possible while the organization is suspended', async () => {
    const { organizationId, member, operator, leave } = await organizationOfTwo()
    await asSeen(operator).call(suspendOrganization, { organizationId, reason: 'Unpaid.' })
    expect((await leave(member)).status).toBe(200)
  })
})

describe('the last admin', () => {
  const paths: [string, (two: Awaited<ReturnType<typeof organizationOfTwo>>) => Promise<{ status: number }>][] = [
    ['cannot leave', ({ admin, leave }) => leave(admin)],
    ['cannot give up their own privileges', ({ admin, ids, set }) => set(admin, ids.admin, false)],
    ['cannot remove themselves', ({ admin, ids, remove }) => remove(admin, ids.admin)],
  ]

  test.each(paths)('%s, with others or alone, and the refusal says what to do', async (_, attempt) => {
    const two = await organizationOfTwo()
    const refused = await attempt(two)
    expect(refused).toMatchObject(lastAdmin)
    expect(refused).toMatchObject({ problem: { detail: expect.stringMatching(/Hand over .* or dissolve/) } })
    await two.leave(two.member)
    expect(await attempt(two)).toMatchObject(lastAdmin)
    expect(await two.isAdmin(two.admin)).toBe(true)
  })

  test.each(paths)('%s while the organization is suspended either', async (_, attempt) => {
    const two = await organizationOfTwo()
    await asSeen(two.operator).call(suspendOrganization, { organizationId: two.organizationId, reason: 'Unpaid.' })
    expect(await attempt(two)).toMatchObject(lastAdmin)
  })

  test.each(paths)('%s after others have stopped being admins', async (_, attempt) => {
    const two = await organizationOfTwo()
    const second = await newMember(site, two.organizationId, two.admin, { grantsAdmin: true })
    const third = await newMember(site, two.organizationId, two.admin, { grantsAdmin: true })
    await two.leave(second)
    await two.set(third, await membershipOf(third), false)
    expect(await attempt(two)).toMatchObject(lastAdmin)
  })

  test('of a pending organization cannot leave it, but can dissolve it', async () => {
    const founder = await site.person()
    const { id: organizationId } = await founder.call(createOrganization, details())
    expect(await founder.try(leaveOrganization, { organizationId })).toMatchObject(lastAdmin)
    await asSeen(founder).call(dissolveOrganization, { organizationId })
  })

  test('is protected by the database, too', async () => {
    const { ids } = await organizationOfTwo()
    const kept = { constraint: 'organizations_have_an_admin' }
    for (const change of [sql`admin = false`, sql`ended_at = now(), ended_reason = 'left'`]) {
      const update = site.db.rows(sql`update memberships set ${change} where id = ${ids.admin}`)
      await expect(update).rejects.toMatchObject(kept)
    }
  })

  test('comes back by an operator’s appointment where the only admin’s account is of no use', async () => {
    const { organizationId, member, operator, isAdmin } = await organizationOfTwo()
    const appointment = { organizationId, email: member.email, reason: 'The founder cannot be reached.' }
    await operator.call(appointAdmin, appointment)
    expect(await isAdmin(member)).toBe(true)
  })
})

describe('handing over and leaving', () => {
  test('is one step: the successor is admin, and one is out', async () => {
    const { admin, member, ids, leave, isAdmin, kinds } = await organizationOfTwo()
    const before = await kinds()
    expect((await leave(admin, ids.member)).status).toBe(200)
    expect([await isMember(admin), await isAdmin(member)]).toEqual([false, true])
    expect(await kinds()).toEqual(['handed_over', ...before])
  })

  test('to a person who is already an admin is leaving', async () => {
    const { admin, member, ids, set, leave, isAdmin } = await organizationOfTwo()
    await set(admin, ids.member, true)
    expect((await leave(admin, ids.member)).status).toBe(200)
    expect([await isMember(admin), await isAdmin(member)]).toEqual([false, true])
  })

  test('to themselves, to an unknown member, or to a person who has left is refused, and the caller stays', async () => {
    const { organizationId, admin, ids, remove, leave, isAdmin } = await organizationOfTwo()
    await remove(admin, ids.member)
    const { admin: stranger } = await acceptedOrganization(site)
    for (const successor of [ids.admin, ids.member, await membershipOf(stranger), organizationId])
      expect(await leave(admin, successor)).toMatchObject(notFound)
    expect(await isAdmin(admin)).toBe(true)
  })

  test('is an admin’s to do: a plain member has nothing to hand over', async () => {
    const { member, ids, leave } = await organizationOfTwo()
    expect(await leave(member, ids.admin)).toMatchObject({ status: 403, code: 'admin_privileges_needed' })
    expect(await isMember(member)).toBe(true)
  })
})

describe('pending invitations of a person who stops being an admin', () => {
  type Two = Awaited<ReturnType<typeof organizationOfTwo>>
  const ways: [string, (two: Two, person: Person, membershipId: string) => Promise<unknown>][] = [
    ['is removed', ({ admin, remove }, _, membershipId) => remove(admin, membershipId)],
    ['leaves', ({ leave }, person) => leave(person)],
    ['loses admin privileges', ({ admin, set }, _, membershipId) => set(admin, membershipId, false)],
    ['gives up their own privileges', ({ set }, person, membershipId) => set(person, membershipId, false)],
    ['hands over', ({ ids, leave }, person) => leave(person, ids.member)],
  ]

  test.each(ways)('are revoked when the inviter %s, and no others', async (_, way) => {
    const two = await organizationOfTwo()
    const { organizationId, admin } = two
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const membershipId = await membershipOf(second)
    const theirs = await second.call(createInvitation, { organizationId })
    const other = await admin.call(createInvitation, { organizationId })
    const { pendingInvitations } = await admin.call(getMembership, { organizationId, membershipId })
    expect(pendingInvitations).toBe(1)
    await way(two, second, membershipId)
    expect(await (await site.person()).try(acceptInvitation, { code: theirs.code })).toMatchObject({
      status: 410,
      code: 'invitation_revoked',
    })
    const { items } = await admin.call(listInvitations, { organizationId, state: 'revoked' })
    expect(items).toMatchObject([{ id: theirs.id, stateReason: 'inviter_lost_admin_privileges' }])
    await (await site.person()).call(acceptInvitation, { code: other.code })
  })

  test('are counted before, without those that have ended', async () => {
    const { organizationId, admin, ids, member } = await organizationOfTwo()
    const invite = () => admin.call(createInvitation, { organizationId })
    const count = async (by: Person, membershipId: string) =>
      (await by.call(getMembership, { organizationId, membershipId })).pendingInvitations
    expect(await count(admin, ids.admin)).toBe(0)
    const [revoked, used, expired] = [await invite(), await invite(), await invite()]
    await Promise.all([invite(), invite()])
    expect(await count(admin, ids.admin)).toBe(5)
    await admin.call(revokeInvitation, { organizationId, invitationId: revoked.id })
    await (await site.person()).call(acceptInvitation, { code: used.code })
    await site.db.rows(sql`update invitations set expires_at = now() where id = ${expired.id}`)
    expect(await count(admin, ids.admin)).toBe(2)
    // Only admins may see the invitations of other members.
    expect(await count(member, ids.admin)).toBe(0)
    expect(await count(admin, ids.member)).toBe(0)
  })
})

test('the tokens that end are counted before: of an admin all, of a member those made under the membership', async () => {
  const { organizationId, admin, member, ids, set } = await organizationOfTwo()
  const late = await site.person()
  const make = (by: Person, name = 'Sync') => by.call(createToken, { name, scopes: ['read:entitlements'] })
  await make(late, 'Made before joining')
  const { code } = await admin.call(createInvitation, { organizationId })
  await late.call(acceptInvitation, { code })
  for (const person of [late, member]) await make(person)
  const ended = await make(member)
  await member.call(endToken, { tokenId: ended.id })
  const lateId = await membershipOf(late)
  const count = async (by: Person, membershipId: string) =>
    (await by.call(getMembership, { organizationId, membershipId })).tokens
  expect(await Promise.all([ids.member, lateId, ids.admin].map((id) => count(admin, id)))).toEqual([1, 1, 0])
  expect(await Promise.all([count(late, lateId), count(member, lateId)])).toEqual([1, 0])
  await set(admin, lateId, true)
  expect(await count(admin, lateId)).toBe(2)
  await set(admin, lateId, false)
  expect(await late.call(listTokens, {})).toEqual({ tokens: [] })
})

describe('reading a member', () => {
  test('shows the name to members, and the address to admins', async () => {
    const { organizationId, admin, member, ids } = await organizationOfTwo()
    const read = (by: Person) => by.call(getMembership, { organizationId, membershipId: ids.member })
    expect(await read(member)).toEqual({
      id: ids.member,
      account: { id: member.id, firstName: member.name, lastName: 'Cruz', email: null },
      admin: false,
      since: expect.any(String),
      me: true,
      pendingInvitations: 0,
      tokens: 0,
    })
    expect(await read(admin)).toMatchObject({ account: { email: member.email }, me: false })
  })

  test('fails once the member has left', async () => {
    const { organizationId, admin, member, ids, leave } = await organizationOfTwo()
    await leave(member)
    expect(await admin.try(getMembership, { organizationId, membershipId: ids.member })).toMatchObject(notFound)
  })
})

describe('the list of members', () => {
  let organizationId: string
  let admin: Person
  let operator: Person
  const names = ['Zoe', 'ana', 'Ben', 'Émile', 'Carla', 'Per_cy']
  const people: Record<string, Person> = {}

  beforeAll(async () => {
    ;({ id: organizationId, admin, operator } = await acceptedOrganization(site))
    for (const name of names) {
      const person = await site.person(name)
      const { code } = await admin.call(createInvitation, { organizationId, grantsAdmin: name === 'Ben' })
      await person.call(acceptInvitation, { code })
      people[name] = person
    }
    const gone = await newMember(site, organizationId, admin)
    await gone.call(leaveOrganization, { organizationId })
  })

  const list = (by: Person, filters = {}) => by.call(listMemberships, { organizationId, ...filters })
  const namesIn = async (filters = {}, by = admin) =>
    (await list(by, filters)).items.map(({ account }) => account.firstName)

  test.each([
    ['newest', () => [...names].reverse().concat(admin.name)],
    ['oldest', () => [admin.name, ...names]],
    ['name', () => ['ana', 'Ben', 'Carla', 'Émile', 'Per_cy', admin.name, 'Zoe']],
  ] as ['newest' | 'oldest' | 'name', () => string[]][])(
    'by %s, a page at a time, has everyone once, the caller too',
    async (sort, order) => {
      const pages = await everyPage((cursor) => list(admin, { sort, limit: 2, ...cursor }))
      expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1])
      expect(pages.flat().map(({ account }) => account.firstName)).toEqual(order())
      expect(pages.flat().filter(({ me }) => me)).toMatchObject([{ account: { id: admin.id }, admin: true }])
      expect(await list(admin, { sort })).toEqual({ items: pages.flat(), next: null })
    },
  )

  test('can be only of admins', async () => {
    expect(await namesIn({ admins: 'only', sort: 'oldest' })).toEqual([admin.name, 'Ben'])
  })

  test.each([
    ['ANA', ['ana']],
    ['ana cruz', ['ana']],
    ['émile', ['Émile']],
    ['per_', ['Per_cy']],
    ['%', []],
    ['unknown', []],
  ])('searched for “%s”', async (q, expected) => {
    expect(await namesIn({ q })).toEqual(expected)
  })

  test('shows addresses to admins and operators, and lets only them search by one', async () => {
    const ben = people.Ben!
    const carla = people.Carla!
    const emailsFor = async (by: Person) => (await list(by)).items.map(({ account }) => account.email)
    expect(await emailsFor(carla)).toEqual(Array(7).fill(null))
    for (const by of [admin, operator, ben]) {
      expect(await emailsFor(by)).not.toContain(null)
      expect(await namesIn({ q: carla.email }, by)).toEqual(['Carla'])
    }
    expect(await namesIn({ q: carla.email }, carla)).toEqual([])
    expect(await namesIn({ q: 'example.org' }, carla)).toEqual([])
  })

  test('follows every change', async () => {
    const { organizationId: id, admin: by, member, ids, set, leave } = await organizationOfTwo()
    const rows = async () =>
      (await by.call(listMemberships, { organizationId: id, sort: 'oldest' })).items.map((item) => [
        item.account.id,
        item.admin,
      ])
    expect(await rows()).toEqual([
      [by.id, true],
      [member.id, false],
    ])
    await set(by, ids.member, true)
    expect(await rows()).toContainEqual([member.id, true])
    await leave(member)
    expect(await rows()).toEqual([[by.id, true]])
  })

  test('of an organization that is not there is not found, by an operator either', async () => {
    const refused = await operator.try(listMemberships, { organizationId: '01890000-0000-7000-8000-000000000000' })
    expect(refused).toMatchObject(hidden)
  })
})
