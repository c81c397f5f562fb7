import { beforeAll, expect, test } from 'vitest'
import { acceptedOrganization, everyPage, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { getMyEntitlements } from '../entitlements/schema'
import { importCatalogue, listServices, retireService } from '../services/schema'
import { grantRole, listRoleAssignments, revokeRole } from './schema'

const site = sharedSite()
let operator: Person
const roles: Record<string, string> = {}

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  const access = { kind: 'access' as const, name: 'A role' }
  await operator.call(importCatalogue, {
    services: [
      {
        key: 'maps',
        name: 'Maps',
        roles: [
          { key: 'reader', ...access },
          { key: 'writer', ...access, requestable: false },
        ],
      },
      { key: 'old', name: 'Old', roles: [{ key: 'old-reader', ...access }] },
    ],
  })
  await operator.call(retireService, { key: 'old' })
  const { services } = await operator.call(listServices, {})
  for (const { key, id } of services.flatMap((service) => service.roles)) roles[key] = id
})

const reason = 'A partner.'
const absent = '01890000-0000-7000-8000-000000000000'
const countEvents = async () => (await site.db.only<{ n: number }>(sql`select count(*)::int as n from events`)).n
const grant = (organizationId: string, key: string, expiresAt?: string) =>
  asSeen(operator).try(grantRole, { organizationId, roleId: roles[key]!, reason, expiresAt })
const assignments = async (organizationId: string, reader = operator) =>
  (await reader.call(listRoleAssignments, { organizationId })).items

test('an operator grants what cannot be asked for too; the newest comes first, and members see it', async () => {
  const { id: organizationId, admin } = await acceptedOrganization(site)
  const member = await newMember(site, organizationId, admin)
  await grant(organizationId, 'reader')
  await grant(organizationId, 'writer', '2999-01-01T00:00:00Z')
  expect(await assignments(organizationId, member)).toMatchObject([
    {
      role: { key: 'writer' },
      state: 'active',
      grantedBy: { id: operator.id, email: null },
      requestedBy: null,
      reason,
    },
    { role: { key: 'reader' }, state: 'ended', endedReason: 'replaced', expiresAt: null },
  ])
  const pages = await everyPage((after) => member.call(listRoleAssignments, { organizationId, limit: 1, ...after }))
  expect(pages.map((page) => page.map(({ role }) => role.key))).toEqual([['writer'], ['reader']])
})

test('what cannot be granted is refused, and changes nothing', async () => {
  const { id: organizationId } = await acceptedOrganization(site)
  await grant(organizationId, 'reader')
  const before = [await assignments(organizationId), await countEvents()]
  expect((await grant(organizationId, 'reader')).code).toBe('role_held_already')
  expect((await grant(organizationId, 'old-reader')).code).toBe('role_retired')
  expect((await grant(organizationId, 'writer', '2020-01-01T00:00:00Z')).code).toBe('end_in_the_past')
  expect((await grant(absent, 'writer')).code).toBe('organization_not_found')
  expect((await asSeen(operator).try(grantRole, { organizationId, roleId: absent, reason })).code).toBe(
    'role_not_found',
  )
  expect([await assignments(organizationId), await countEvents()]).toEqual(before)
  await asSeen(operator).call(suspendOrganization, { organizationId, reason })
  expect((await grant(organizationId, 'writer')).code).toBe('organization_suspended')
})

test('an end is put to what is held without one by granting it again', async () => {
  const { id: organizationId } = await acceptedOrganization(site)
  await grant(organizationId, 'reader')
  expect((await grant(organizationId, 'reader', '2999-01-01T00:00:00Z')).status).toBe(201)
  const all = await assignments(organizationId)
  expect(all.map(({ state, expiresAt }) => [state, expiresAt !== null])).toEqual([
    ['active', true],
    ['ended', false],
  ])
})

test('what has an end is renewed by granting it again, with a later end or with none', async () => {
  const { id: organizationId, admin } = await acceptedOrganization(site)
  await grant(organizationId, 'reader', '2999-01-01T00:00:00Z')
  expect((await grant(organizationId, 'reader', '2999-02-01T00:00:00Z')).status).toBe(201)
  expect((await grant(organizationId, 'reader')).status).toBe(201)
  expect((await grant(organizationId, 'reader')).code).toBe('role_held_already')
  const ends = (await assignments(organizationId)).map(({ state, expiresAt }) => [
    state,
    expiresAt?.slice(0, 7) ?? null,
  ])
  expect(ends).toEqual([
    ['active', null],
    ['ended', '2999-02'],
    ['ended', '2999-01'],
  ])
  const [held] = (await admin.call(getMyEntitlements, {})).entitlements
  expect(held!.access).toMatchObject({ key: 'reader', until: null })
})

test('revoking ends one, once, with its reason; another organization’s is not found', async () => {
  const [one, other] = [await acceptedOrganization(site), await acceptedOrganization(site)]
  const { id: assignmentId } = (await grant(one.id, 'reader')).body
  const before = await countEvents()
  const notFound = { status: 404, code: 'role_assignment_not_found' }
  expect(await operator.try(revokeRole, { organizationId: other.id, assignmentId, reason })).toMatchObject(notFound)
  expect(await operator.try(revokeRole, { organizationId: one.id, assignmentId: absent, reason })).toMatchObject(
    notFound,
  )
  expect(await one.admin.try(revokeRole, { organizationId: one.id, assignmentId, reason })).toMatchObject({
    code: 'operator_needed',
  })
  expect(await countEvents()).toBe(before)
  await operator.call(revokeRole, { organizationId: one.id, assignmentId, reason })
  expect(await operator.try(revokeRole, { organizationId: one.id, assignmentId, reason })).toMatchObject(notFound)
  expect(await countEvents()).toBe(before + 1)
  expect(await assignments(one.id)).toMatchObject([{ state: 'ended', endedReason: 'revoked' }])
})

test('what has expired is not revoked, and ended when it expired where another replaces it', async () => {
  const { id: organizationId } = await acceptedOrganization(site)
  const { id: assignmentId } = (await grant(organizationId, 'reader', '2999-01-01T00:00:00Z')).body
  await site.db.rows(
    sql`update role_assignments set expires_at = started_at + interval '1 microsecond' where id = ${assignmentId}`,
  )
  expect((await operator.try(revokeRole, { organizationId, assignmentId, reason })).code).toBe(
    'role_assignment_not_found',
  )
  await grant(organizationId, 'writer')
  const [, expired] = await assignments(organizationId)
  expect(expired!.endedAt).toBe(expired!.expiresAt)
})
