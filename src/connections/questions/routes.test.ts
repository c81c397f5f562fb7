import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { disableAccount } from '../../identity/accounts/schema'
import { removeMember } from '../../membership/memberships/schema'
import { suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../roles/services/schema'
import { createServiceKey } from '../service-keys/schema'
import { askAboutAccount, askAboutOrganization, listHolders } from './schema'

const site = sharedSite()
const reason = 'A test.'
const absent = '01890000-0000-7000-8000-000000000000'
const limits = [{ key: 'storage', name: 'Storage', value: 10, unit: 'GB' }]
const held = { status: 200 }
const nothing = { status: 404, code: 'nothing_held' }

let operator: Person
let admin: Person
let organizationId: string
let maps: Service
let hub: TokenHolder
let other: TokenHolder

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small', limits },
  ]
  const services = ['maps', 'notes'].map((key) => ({ key, name: key, roles }))
  await operator.call(importCatalogue, { services })
  maps = (await operator.call(listServices, {})).services.find(({ key }) => key === 'maps')!
  const program = async (key: string) =>
    new TokenHolder(site, (await operator.call(createServiceKey, { key, name: 'Hub' })).secret)
  hub = await program('maps')
  other = await program('notes')
})
beforeEach(async () => {
  ;({ id: organizationId, admin } = await acceptedOrganization(site, undefined))
})

const grant = (roles = maps.roles, expiresAt?: string) =>
  Promise.all(
    roles.map((role) =>
      asSeen(operator).call(grantRole, { organizationId, roleId: role.id, reason, ...(expiresAt && { expiresAt }) }),
    ),
  )
const about = (person: Person, at?: string) => hub.try(askAboutAccount, { accountId: person.id, ...(at && { at }) })

describe('a service asks about a person', () => {
  test('and learns which roles there are, with numbers', async () => {
    await grant()
    expect(await hub.call(askAboutAccount, { accountId: admin.id })).toEqual({
      accountId: admin.id,
      organization: { id: organizationId, name: expect.any(String) },
      usable: true,
      access: { key: 'reader', name: 'Reader', until: null },
      quota: { key: 'small', name: 'Small', until: null, limits },
    })
  })

  test('and gets one answer about other services, unknown ids, and people who hold nothing', async () => {
    const outsider = await site.person()
    await grant()
    const answers = [
      await about(outsider),
      await hub.try(askAboutAccount, { accountId: absent }),
      await other.try(askAboutAccount, { accountId: admin.id }),
      await hub.try(askAboutOrganization, { organizationId: absent }),
      await other.try(askAboutOrganization, { organizationId }),
    ]
    for (const { status, problem } of answers) expect([status, problem]).toEqual([404, answers[0]!.problem])
    expect(answers[0]).toMatchObject(nothing)
  })

  test.each<[string, () => Promise<unknown>]>([
    [
      'being removed',
      async () => admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) }),
    ],
    ['suspending', () => asSeen(operator).call(suspendOrganization, { organizationId, reason })],
    ['disabling', () => operator.call(disableAccount, { accountId: member.id, reason })],
    [
      'an end date',
      () => site.db.rows(sql`update role_assignments set expires_at = now() where organization_id = ${organizationId}`),
    ],
    [
      'revoking',
      async () => {
        for (const { id: assignmentId } of (await operator.call(listRoleAssignments, { organizationId })).items)
          await operator.call(revokeRole, { organizationId, assignmentId, reason })
      },
    ],
  ])('and %s is in the next answer', async (_, end) => {
    await grant()
    member = await newMember(site, organizationId, admin)
    expect(await about(member)).toMatchObject(held)
    await end()
    expect(await about(member)).toMatchObject(nothing)
  })
  let member: Person

  test('and half of the roles is not usable', async () => {
    await grant(maps.roles.filter(({ kind }) => kind === 'access'))
    expect(await hub.call(askAboutAccount, { accountId: admin.id })).toMatchObject({ usable: false, quota: null })
  })

  test('and what the site requires of the person first makes it not usable', async () => {
    await grant()
    await site.db.rows(sql`update site set terms_version = 'later', terms_address = 'https://example.org/terms'`)
    expect(await hub.call(askAboutAccount, { accountId: admin.id })).toMatchObject({ usable: false })
    await site.db.rows(sql`update site set terms_version = null, terms_address = null, second_factor = 'all'`)
    expect(await hub.call(askAboutAccount, { accountId: admin.id })).toMatchObject({ usable: false })
    await site.db.rows(sql`update site set second_factor = 'operators'`)
    expect(await hub.call(askAboutAccount, { accountId: admin.id })).toMatchObject({ usable: true })
    await site.db.rows(sql`update site set second_factor = 'off'`)
  })

  test('at a past moment, and not at a future one', async () => {
    await grant()
    const { now } = await site.db.only<{ now: string }>(sql`select to_json(now())#>>'{}' as now`)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    expect(await about(admin, now)).toMatchObject({ body: { usable: true } })
    expect(await about(admin)).toMatchObject(nothing)
    const problem = { status: 400, code: 'moment_in_the_future' }
    const at = new Date(Date.now() + 60_000).toISOString()
    expect(await about(admin, at)).toMatchObject(problem)
    expect(await hub.try(listHolders, { at })).toMatchObject(problem)
    expect(await hub.try(askAboutOrganization, { organizationId, at })).toMatchObject(problem)
  })
})

test('a service asks about an organization', async () => {
  expect(await hub.try(askAboutOrganization, { organizationId })).toMatchObject(nothing)
  await grant()
  const answer = {
    organization: { id: organizationId, name: expect.any(String) },
    access: { key: 'reader', name: 'Reader', until: null },
    quota: { key: 'small', name: 'Small', until: null, limits },
  }
  expect(await hub.call(askAboutOrganization, { organizationId })).toEqual(answer)
  const { now } = await site.db.only<{ now: string }>(sql`select to_json(now())#>>'{}' as now`)
  await asSeen(operator).call(suspendOrganization, { organizationId, reason })
  expect(await hub.try(askAboutOrganization, { organizationId })).toMatchObject(nothing)
  expect(await hub.call(askAboutOrganization, { organizationId, at: now })).toEqual(answer)
})

test('a service reads all who hold something on it, page by page, and no one else', async () => {
  await grant()
  const members = [admin]
  for (let count = 0; count < 4; count++) members.push(await newMember(site, organizationId, admin))
  const { items: whole } = await hub.call(listHolders, { limit: 500 })
  expect(
    whole.filter(({ organization }) => organization?.id === organizationId).map(({ accountId }) => accountId),
  ).toEqual(members.map(({ id }) => id).sort())
  const paged: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await hub.call(listHolders, { limit: 2, ...(cursor && { cursor }) })
    paged.push(...page.items.map(({ accountId }) => accountId))
    if (page.next === null) break
    cursor = page.next
  }
  expect(paged).toEqual(whole.map(({ accountId }) => accountId))
  expect((await other.call(listHolders, {})).items).toEqual([])
})
