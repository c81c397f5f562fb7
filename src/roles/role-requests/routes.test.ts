import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, everyPage, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { dissolveOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { Sql, sql } from '../../platform/db/sql'
import { listRoleAssignments } from '../role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../services/schema'
import {
  type Decision,
  decideRoleRequests,
  listPendingRequests,
  listRoleRequests,
  requestRoles,
  withdrawRoleRequest,
} from './schema'

const site = sharedSite()
let operator: Person
let services: Service[]

const access = { kind: 'access' as const, name: 'Reader' }
const quota = { kind: 'quota' as const, name: 'Some' }
const file = {
  services: ['maps', 'notes', 'boats'].map((key) => ({
    key,
    name: key,
    roles: [
      { key: `${key}-reader`, ...access },
      { key: `${key}-writer`, ...access },
      { key: `${key}-small`, ...quota },
      { key: `${key}-secret`, ...quota, requestable: false },
      { key: `${key}-old`, ...quota },
    ],
  })),
}

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  await operator.call(importCatalogue, file)
  await operator.call(importCatalogue, {
    services: file.services.map((one) => ({ ...one, roles: one.roles.filter(({ key }) => !key.endsWith('-old')) })),
  })
  ;({ services } = await operator.call(listServices, {}))
})

const absent = '01890000-0000-7000-8000-000000000000'
const serviceId = (key: string) => services.find((one) => one.key === key)!.id
const role = (key: string) => services.flatMap(({ roles }) => roles).find((one) => one.key === key)!.id

const form = (service: string, accessRole: string | null, quotaRole: string | null) => ({
  serviceId: serviceId(service),
  accessRoleId: accessRole && role(accessRole),
  quotaRoleId: quotaRole && role(quotaRole),
  description: 'Mapping reefs.',
})
const ask = (admin: Person, organizationId: string, ...wanted: Parameters<typeof form>) =>
  admin.try(requestRoles, { organizationId, ...form(...wanted) })
const statesOf = async (organizationId: string) =>
  (await operator.call(listRoleRequests, { organizationId })).items.map(({ parts }) => parts.map(({ state }) => state))
/** Without the versions that the operator saw: they are loaded first. */
type Decided = Omit<Decision, 'held' | 'detailsVersion'>
const decide = (...decisions: Decided[]) => asSeen(operator).try(decideRoleRequests, { decisions })
const accept = (requestId: string, kind: Decision['kind'] = 'access'): Decided => ({
  requestId,
  kind,
  roleVersion: 1,
  accept: true,
})

describe('asking', () => {
  test('is for admins of accepted organizations; members see what was asked for', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    expect(await ask(member, organizationId, 'maps', 'maps-reader', null)).toMatchObject({
      code: 'admin_privileges_needed',
    })
    await ask(admin, organizationId, 'maps', 'maps-reader', 'maps-small')
    const { items } = await member.call(listRoleRequests, { organizationId })
    expect(items).toMatchObject([
      {
        service: { key: 'maps' },
        description: 'Mapping reefs.',
        requestedBy: { id: admin.id, email: null },
        parts: [
          { kind: 'access', state: 'pending', role: { key: 'maps-reader' }, decidedAt: null },
          { kind: 'quota', state: 'pending', role: { key: 'maps-small' }, decidedBy: null },
        ],
      },
    ])
    await asSeen(operator).call(suspendOrganization, { organizationId, reason: 'A question.' })
    expect(await ask(admin, organizationId, 'notes', 'notes-reader', null)).toMatchObject({
      code: 'organization_suspended',
    })
  })

  test('twice for one part is refused with a pointer to the first; for the other part, or after withdrawing, it is not', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const { body } = await ask(admin, organizationId, 'maps', 'maps-reader', null)
    const [first] = (await admin.call(listRoleRequests, { organizationId })).items
    const twice = await ask(admin, organizationId, 'maps', 'maps-writer', 'maps-small')
    expect(twice).toMatchObject({ status: 409, code: 'role_request_pending' })
    expect(twice.problem.errors).toEqual([{ path: 'accessRoleId', message: expect.any(String), requestId: body.id }])
    const year = new Date(first!.requestedAt).getUTCFullYear()
    expect(twice.problem.errors![0]!.message).toMatch(
      new RegExp(`^${admin.name} Cruz requested Reader on maps on \\d+ \\w+ ${year}\\. The request is pending\\.$`),
    )
    expect(await statesOf(organizationId)).toEqual([['pending']])
    expect((await ask(admin, organizationId, 'maps', null, 'maps-small')).status).toBe(201)
    await admin.call(withdrawRoleRequest, { organizationId, requestId: body.id })
    expect((await ask(admin, organizationId, 'maps', 'maps-writer', null)).status).toBe(201)
    expect(await statesOf(organizationId)).toEqual([['pending'], ['pending'], ['withdrawn']])
  })

  test('for what is held leaves it out, and for nothing else is refused', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const { body } = await ask(admin, organizationId, 'maps', 'maps-reader', null)
    await decide(accept(body.id))
    expect(await ask(admin, organizationId, 'maps', 'maps-reader', null)).toMatchObject({ code: 'role_held_already' })
    await ask(admin, organizationId, 'maps', 'maps-reader', 'maps-small')
    const [newest] = (await admin.call(listRoleRequests, { organizationId })).items
    expect(newest!.parts.map(({ kind }) => kind)).toEqual(['quota'])
  })

  test('for what is held until some day renews it; for what is held without an end is refused', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const { body } = await ask(admin, organizationId, 'maps', 'maps-reader', 'maps-small')
    await decide({ ...accept(body.id), expiresAt: '2999-01-01T00:00:00Z' }, accept(body.id, 'quota'))
    const renewal = await ask(admin, organizationId, 'maps', 'maps-reader', 'maps-small')
    expect(renewal.status).toBe(201)
    const [asked] = (await admin.call(listRoleRequests, { organizationId })).items
    expect(asked!.parts.map(({ role }) => role.key)).toEqual(['maps-reader'])
    expect((await ask(admin, organizationId, 'maps', 'maps-reader', null)).code).toBe('role_request_pending')
    expect((await decide(accept(renewal.body.id))).status).toBe(200)
    const { items } = await admin.call(listRoleAssignments, { organizationId })
    expect(items.filter(({ kind }) => kind === 'access')).toMatchObject([
      { state: 'active', expiresAt: null },
      { state: 'ended', endedReason: 'replaced', role: { key: 'maps-reader' } },
    ])
    expect((await ask(admin, organizationId, 'maps', 'maps-reader', null)).code).toBe('role_held_already')
  })

  test('is found by service, state and text, page by page', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    for (const key of ['maps', 'notes', 'boats']) await ask(admin, organizationId, key, `${key}-reader`, null)
    const pages = await everyPage((after) => admin.call(listRoleRequests, { organizationId, limit: 1, ...after }))
    expect(pages.map((page) => page.map(({ service }) => service.key))).toEqual([['boats'], ['notes'], ['maps']])
    const found = async (filter: object) =>
      (await admin.call(listRoleRequests, { organizationId, ...filter })).items.map(({ service }) => service.key)
    expect(await found({ serviceId: serviceId('notes') })).toEqual(['notes'])
    expect(await found({ q: 'BOA' })).toEqual(['boats'])
    expect(await found({ state: 'accepted' })).toEqual([])
  })
})

describe('what is refused changes nothing:', () => {
  let organizationId: string
  let admin: Person
  let mine: string
  let theirs: { organizationId: string; requestId: string }
  let before: string[]

  const contents = async () => {
    const lines: string[] = []
    for (const name of [
      'role_requests',
      'role_request_parts',
      'role_assignments',
      'events',
      'services',
      'role_versions',
    ]) {
      const { digest } = await site.db.only<{ digest: string }>(
        sql`select md5(string_agg(t::text, '' order by t::text)) as digest from ${new Sql([name], [])} t`,
      )
      lines.push(`${name} ${digest}`)
    }
    return lines
  }

  beforeAll(async () => {
    ;({ id: organizationId, admin } = await acceptedOrganization(site))
    const other = await acceptedOrganization(site)
    mine = (await ask(admin, organizationId, 'maps', 'maps-reader', 'maps-small')).body.id
    const { body } = await ask(other.admin, other.id, 'maps', 'maps-reader', 'maps-small')
    theirs = { organizationId: other.id, requestId: body.id }
  })
  beforeEach(async () => {
    before = await contents()
  })
  afterEach(async () => {
    expect(await contents()).toEqual(before)
  })

  test.each<[string, string | null, string | null, string, string | undefined]>([
    ['a retired role', null, 'notes-old', 'role_not_requestable', 'quotaRoleId'],
    ['a role that operators grant', null, 'notes-secret', 'role_not_requestable', 'quotaRoleId'],
    ['a role of another service', 'maps-reader', null, 'invalid_input', 'accessRoleId'],
    ['a role of the other kind', 'notes-small', null, 'invalid_input', 'accessRoleId'],
    ['no role', null, null, 'invalid_input', 'accessRoleId'],
  ])('asking for %s', async (_, accessRole, quotaRole, code, path) => {
    const answer = await ask(admin, organizationId, 'notes', accessRole, quotaRole)
    expect([answer.code, answer.problem.errors?.[0]?.path]).toEqual([code, path])
  })

  test('withdrawing another organization’s request, or one that there is not, alike', async () => {
    for (const requestId of [theirs.requestId, absent])
      expect(await admin.try(withdrawRoleRequest, { organizationId, requestId })).toMatchObject({
        status: 404,
        code: 'role_request_not_found',
      })
    expect(await admin.try(withdrawRoleRequest, theirs)).toMatchObject({ status: 404, code: 'organization_not_found' })
  })

  test.each<[string, () => Decided[], string]>([
    ['a request that there is not', () => [accept(absent)], 'role_request_not_found'],
    ['one part twice', () => [accept(mine), accept(mine)], 'invalid_input'],
    [
      'until a moment that has passed',
      () => [{ ...accept(mine), expiresAt: '2020-01-01T00:00:00Z' }],
      'end_in_the_past',
    ],
    ['refusing without a reason', () => [{ ...accept(mine), accept: false }], 'invalid_input'],
    [
      'refusing until some day',
      () => [
        {
          requestId: mine,
          kind: 'access',
          roleVersion: 1,
          accept: false,
          reason: 'No.',
          expiresAt: '2999-01-01T00:00:00Z',
        },
      ],
      'invalid_input',
    ],
    [
      'three of which one cannot be',
      () => [accept(mine), accept(absent), accept(theirs.requestId)],
      'role_request_not_found',
    ],
    [
      'three of which one ends in the past',
      () => [accept(mine), { ...accept(mine, 'quota'), expiresAt: '2020-01-01T00:00:00Z' }, accept(theirs.requestId)],
      'end_in_the_past',
    ],
  ])('deciding %s', async (_, decisions, code) => {
    expect((await decide(...decisions())).code).toBe(code)
  })
})

describe('deciding', () => {
  test('several of several organizations at once, each with its event', async () => {
    const [one, other] = [await acceptedOrganization(site), await acceptedOrganization(site)]
    const first = (await ask(one.admin, one.id, 'maps', 'maps-reader', 'maps-small')).body.id
    const second = (await ask(other.admin, other.id, 'boats', 'boats-writer', null)).body.id
    const expiresAt = '2999-01-01T00:00:00.000Z'
    const refused = { requestId: first, kind: 'quota' as const, roleVersion: 1, accept: false, reason: 'Too much.' }
    expect((await decide(accept(first), refused, { ...accept(second), expiresAt })).status).toBe(200)
    expect(await statesOf(one.id)).toEqual([['accepted', 'refused']])
    const { items } = await other.admin.call(listRoleAssignments, { organizationId: other.id })
    expect(items).toMatchObject([
      { role: { key: 'boats-writer' }, state: 'active', requestedBy: { id: other.admin.id } },
    ])
    expect(Date.parse(items[0]!.expiresAt!)).toBe(Date.parse(expiresAt))
  })

  test('what was decided or withdrawn is refused, and one such among three leaves the others pending', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const ids: string[] = []
    for (const key of ['maps', 'notes', 'boats'])
      ids.push((await ask(admin, organizationId, key, `${key}-reader`, null)).body.id)
    await admin.call(withdrawRoleRequest, { organizationId, requestId: ids[1]! })
    expect(await decide(...ids.map((id) => accept(id)))).toMatchObject({ status: 409, code: 'role_request_decided' })
    expect(await statesOf(organizationId)).toEqual([['pending'], ['withdrawn'], ['pending']])
    expect((await admin.call(listRoleAssignments, { organizationId })).items).toEqual([])
    await decide(accept(ids[0]!))
    expect((await decide(accept(ids[0]!))).code).toBe('role_request_decided')
    const again = await admin.try(withdrawRoleRequest, { organizationId, requestId: ids[0]! })
    expect(again).toMatchObject({ status: 409, code: 'role_request_decided' })
  })

  test('a role that was retired since can be refused, not accepted', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const { body } = await ask(admin, organizationId, 'boats', null, 'boats-small')
    const current = {
      services: file.services.map((one) => ({ ...one, roles: one.roles.filter(({ key }) => !key.endsWith('-old')) })),
    }
    const without = current.services.map((one) => ({
      ...one,
      roles: one.roles.filter(({ key }) => key !== 'boats-small'),
    }))
    await operator.call(importCatalogue, { services: without })
    expect((await decide(accept(body.id, 'quota'))).code).toBe('role_retired')
    expect(
      (await decide({ requestId: body.id, kind: 'quota', roleVersion: 2, accept: false, reason: 'Gone.' })).status,
    ).toBe(200)
    await operator.call(importCatalogue, current)
  })

  test('accepting replaces what was held of the kind, and dissolving ends it and withdraws what is pending', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    for (const key of ['maps-reader', 'maps-writer'])
      await decide(accept((await ask(admin, organizationId, 'maps', key, null)).body.id))
    const held = async () =>
      (await operator.call(listRoleAssignments, { organizationId })).items.map(({ role, state, endedReason }) => [
        role.key,
        state,
        endedReason,
      ])
    expect(await held()).toEqual([
      ['maps-writer', 'active', null],
      ['maps-reader', 'ended', 'replaced'],
    ])
    await ask(admin, organizationId, 'boats', 'boats-reader', null)
    await asSeen(admin).call(dissolveOrganization, { organizationId })
    expect(await held()).toEqual([
      ['maps-writer', 'ended', 'organization_dissolved'],
      ['maps-reader', 'ended', 'replaced'],
    ])
    expect(await statesOf(organizationId)).toEqual([['withdrawn'], ['accepted'], ['accepted']])
  })

  test('the queue is in the order of asking, and is searched by organization and service', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Queueing Corals')
    for (const key of ['notes', 'boats']) await ask(admin, organizationId, key, `${key}-reader`, null)
    const { items } = await operator.call(listPendingRequests, { q: 'queueing' })
    expect(items.map(({ service }) => service.key)).toEqual(['notes', 'boats'])
    expect(items[0]!.organization).toMatchObject({
      name: 'Queueing Corals',
      members: 1,
      admins: [{ id: admin.id, email: admin.email }],
    })
    const pages = await everyPage((after) => operator.call(listPendingRequests, { q: 'queueing', limit: 1, ...after }))
    expect(pages.map(({ length }) => length)).toEqual([1, 1])
  })
})
