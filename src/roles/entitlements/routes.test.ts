import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../role-assignments/schema'
import { decideRoleRequests, listPendingRequests, listRoleRequests, requestRoles } from '../role-requests/schema'
import { type Catalogue, catalogue, importCatalogue, listServices, type Service } from '../services/schema'
import { heldBy } from './held-by'
import {
  type Entitlement,
  getAccountEntitlements,
  getMyEntitlements,
  getOrganizationEntitlements,
  listMemberEntitlements,
} from './schema'

const site = sharedSite()
let operator: Person
let services: Service[]
const file: Catalogue = catalogue.parse(JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8')))

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  await operator.call(importCatalogue, file)
  ;({ services } = await operator.call(listServices, {}))
})

const service = (key: string) => services.find((one) => one.key === key)!
const role = (key: string) => services.flatMap(({ roles }) => roles).find((one) => one.key === key)!.id
/** A person's entitlements, in short: `eodata: copphil-registered + eodata-low`. */
const short = (entitlements: Entitlement[]) =>
  entitlements.map(({ service, access, quota }) => `${service.key}: ${access?.key ?? '–'} + ${quota?.key ?? '–'}`)
const holds = async (person: Person, at?: string) => short((await person.call(getMyEntitlements, { at })).entitlements)

const defaults = ['eodata: copphil-registered + eodata-low']

const ask = (
  admin: Person,
  organizationId: string,
  serviceKey: string,
  accessRole: string | null,
  quotaRole: string | null,
) =>
  admin.call(requestRoles, {
    organizationId,
    serviceId: service(serviceKey).id,
    accessRoleId: accessRole && role(accessRole),
    quotaRoleId: quotaRole && role(quotaRole),
    description: 'Mapping reefs.',
  })

test('a new account holds the defaults, with their numbers, and sees that they are defaults', async () => {
  const { entitlements } = await (await site.person()).call(getMyEntitlements, {})
  expect(short(entitlements)).toEqual(defaults)
  const [eodata] = entitlements
  expect(eodata).toMatchObject({
    usable: true,
    access: { why: { from: 'default' } },
    quota: { why: { from: 'default' } },
  })
  expect(eodata!.quota!.limits.map(({ value, unit }) => `${value} ${unit}`).join(' · ')).toBe(
    '400 1/min · 1 session · 20 MB/s · 6 TB/month',
  )
})

test('what a person holds says where its service is opened, if the service has a URL', async () => {
  const person = await site.person()
  const urls = async () => (await person.call(getMyEntitlements, {})).entitlements.map(({ service: { url } }) => url)
  expect(await urls()).toEqual([null])
  const [first, ...others] = file.services
  await operator.call(importCatalogue, { services: [{ ...first!, url: 'https://eodata.example' }, ...others] })
  expect(await urls()).toEqual(['https://eodata.example'])
  await operator.call(importCatalogue, file)
  expect(await urls()).toEqual([null])
})

describe('a default', () => {
  const accessOf = async (person: Person) => (await person.call(getMyEntitlements, {})).entitlements[0]!.access!
  const edited = (description: string, isDefault = true) => ({
    services: file.services.map((one) => ({
      ...one,
      roles: one.roles.map((role) =>
        role.key === 'copphil-registered' ? { ...role, description, default: isDefault } : role,
      ),
    })),
  })
  const change = (...wanted: Parameters<typeof edited>) => operator.call(importCatalogue, edited(...wanted))
  const now = async (person: Person) => (await person.call(getMyEntitlements, {})).at
  /** A moment that is over. The embedded database counts milliseconds, and what follows could begin in the same one. */
  async function past(person: Person): Promise<string> {
    const at = await now(person)
    await until(async () => (await now(person)) !== at)
    return at
  }
  afterAll(() => operator.call(importCatalogue, file))

  test('is held since the later of registering and its becoming one; editing its description changes nothing in that', async () => {
    const before = await accessOf(operator)
    await change('Edited.')
    const person = await site.person()
    await change('Edited again.')
    expect((await accessOf(operator)).since).toBe(before.since)
    const { since } = await accessOf(person)
    const [{ registered }] = (await site.db.rows<{ registered: string }>(
      sql`select to_json(created_at)#>>'{}' as registered from accounts where id = ${person.id}`,
    )) as [{ registered: string }]
    expect(since).toBe(registered)

    const stopped = await past(person)
    await change('Edited again.', false)
    const without = await past(person)
    await change('Edited again.')
    await change('And once more.')
    const again = await accessOf(person)
    expect(Date.parse(again.since)).toBeGreaterThanOrEqual(Date.parse(without))
    expect((await accessOf(operator)).since).toBe(again.since)
    const { entitlements } = await person.call(getMyEntitlements, { at: stopped })
    expect(entitlements[0]!.access!.since).toBe(registered)
  })

  test('is held by no one before their account existed', async () => {
    const before = await past(operator)
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const nothing = { at: before, entitlements: [] }
    const parsed = ({ at, entitlements }: { at: string; entitlements: unknown[] }) => ({ at, entitlements })
    expect(parsed(await admin.call(getMyEntitlements, { at: before }))).toEqual(nothing)
    expect(parsed(await operator.call(getAccountEntitlements, { accountId: admin.id, at: before }))).toEqual(nothing)
    expect(parsed(await operator.call(getOrganizationEntitlements, { organizationId, at: before }))).toEqual(nothing)
    expect((await operator.call(listMemberEntitlements, { organizationId, at: before })).items).toEqual([])
    expect(await holds(admin)).toEqual(defaults)
  })

  test('and an organization’s role, are held by each member since their own start', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    await asSeen(operator).call(grantRole, { organizationId, roleId: role('eodata-medium'), reason: 'A partner.' })
    const member = await newMember(site, organizationId, admin)
    const { items, entitlements } = await operator.call(listMemberEntitlements, { organizationId })
    expect(items).toHaveLength(2)
    for (const one of items) {
      const person = one.account.id === admin.id ? admin : member
      expect(heldBy(one, entitlements)).toEqual((await person.call(getMyEntitlements, {})).entitlements)
    }
  })
})

describe('an organization’s roles', () => {
  test('requested together, decided part by part; a colleague holds exactly the same; leaving ends them at once', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const medium = await ask(admin, organizationId, 'eodata', null, 'eodata-medium')
    const jupyter = await ask(admin, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
    const queue = (await operator.call(listPendingRequests, {})).items.filter(
      ({ organization }) => organization.id === organizationId,
    )
    expect(queue.map(({ id }) => id)).toEqual([medium.id, jupyter.id])
    expect(queue[0]!.held.map((one) => one.role.key)).toEqual(['copphil-registered', 'eodata-low'])
    expect(queue[0]!.organization.admins.map(({ id }) => id)).toEqual([admin.id])

    await asSeen(operator).call(decideRoleRequests, {
      decisions: [
        { requestId: medium.id, kind: 'quota', accept: true },
        { requestId: jupyter.id, kind: 'access', accept: false, reason: 'Not before spring.' },
        { requestId: jupyter.id, kind: 'quota', accept: false, reason: 'Not before spring.' },
      ],
    })
    const now = ['eodata: copphil-registered + eodata-medium']
    expect(await holds(admin)).toEqual(now)
    const colleague = await newMember(site, organizationId, admin)
    expect(await holds(colleague)).toEqual(now)
    const { entitlements } = await colleague.call(getMyEntitlements, {})
    expect(entitlements[0]!.quota!.why).toMatchObject({
      from: 'organization',
      organization: { id: organizationId },
      requestedBy: { id: admin.id, email: null },
      grantedBy: { id: operator.id, email: null },
    })
    const { items } = await colleague.call(listRoleRequests, { organizationId })
    expect(items.map(({ parts }) => parts.map(({ state, reason }) => [state, reason]))).toEqual([
      [
        ['refused', 'Not before spring.'],
        ['refused', 'Not before spring.'],
      ],
      [['accepted', null]],
    ])
    await colleague.call(leaveOrganization, { organizationId })
    expect(await holds(colleague)).toEqual(defaults)
  })

  test('end with removal, pause with suspension, end with revocation, at the very next request', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const { id: assignmentId } = await asSeen(operator).call(grantRole, {
      organizationId,
      roleId: role('full-access'),
      reason: 'A partner.',
    })
    const granted = ['eodata: full-access + eodata-low']
    expect(await holds(member)).toEqual(granted)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason: 'A question.' })
    expect(await holds(member)).toEqual(defaults)
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason: 'Answered.' })
    expect(await holds(member)).toEqual(granted)
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    expect(await holds(member)).toEqual(defaults)
    expect(await holds(admin)).toEqual(granted)
    await operator.call(revokeRole, { organizationId, assignmentId, reason: 'No longer a partner.' })
    expect(await holds(admin)).toEqual(defaults)
    const { items } = await admin.call(listRoleAssignments, { organizationId })
    expect(items).toMatchObject([{ id: assignmentId, state: 'ended', endedReason: 'revoked', reason: 'A partner.' }])
  })

  test('with an end date they end when it comes, and nothing has to run for that', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const expiresAt = new Date(Date.now() + 3600_000).toISOString()
    const { id } = await asSeen(operator).call(grantRole, {
      organizationId,
      roleId: role('eodata-high'),
      reason: 'For a week.',
      expiresAt,
    })
    expect(await holds(admin)).toEqual(['eodata: copphil-registered + eodata-high'])
    const [{ quota }] = (await admin.call(getMyEntitlements, {})).entitlements as [Entitlement]
    expect(Date.parse(quota!.until!)).toBe(Date.parse(expiresAt))
    await site.db.rows(
      sql`update role_assignments set expires_at = started_at + interval '1 microsecond' where id = ${id}`,
    )
    expect(await holds(admin)).toEqual(defaults)
    const { items } = await admin.call(listRoleAssignments, { organizationId })
    expect(items[0]!.state).toBe('expired')
    await asSeen(operator).call(grantRole, { organizationId, roleId: role('eodata-medium'), reason: 'Again.' })
    expect(await holds(admin)).toEqual(['eodata: copphil-registered + eodata-medium'])
  })

  test('are known for every past moment', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const moments: [string, string[]][] = []
    const remember = async () => {
      const { at } = await member.call(getMyEntitlements, {})
      moments.push([at, await holds(member)])
    }
    await remember()
    await asSeen(operator).call(grantRole, { organizationId, roleId: role('eodata-medium'), reason: 'One.' })
    await remember()
    await asSeen(operator).call(grantRole, { organizationId, roleId: role('eodata-high'), reason: 'Two.' })
    await remember()
    await asSeen(operator).call(suspendOrganization, { organizationId, reason: 'Three.' })
    await remember()
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason: 'Four.' })
    await remember()
    await member.call(leaveOrganization, { organizationId })
    await remember()
    expect(new Set(moments.map(([, held]) => held.join())).size).toBe(3)
    for (const [at, held] of moments) {
      expect(await holds(member, at)).toEqual(held)
      expect(short((await operator.call(getAccountEntitlements, { accountId: member.id, at })).entitlements)).toEqual(
        held,
      )
    }
    const [, [second]] = moments as [unknown, [string, string[]]]
    const { items, entitlements } = await operator.call(listMemberEntitlements, { organizationId, at: second })
    expect(items.map(({ account }) => account.id).sort()).toEqual([admin.id, member.id].sort())
    expect(short(heldBy(items[0]!, entitlements))).toEqual(['eodata: copphil-registered + eodata-medium'])
    const future = new Date(Date.now() + 60_000).toISOString()
    expect(await member.try(getMyEntitlements, { at: future })).toMatchObject({
      status: 400,
      code: 'moment_in_the_future',
    })
  })

  test('are shown to members and operators, and to no one else', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    expect(short((await admin.call(getOrganizationEntitlements, { organizationId })).entitlements)).toEqual(defaults)
    const stranger = await site.person()
    expect((await stranger.try(getOrganizationEntitlements, { organizationId })).code).toBe('organization_not_found')
    expect((await stranger.try(getAccountEntitlements, { accountId: admin.id })).code).toBe('operator_needed')
  })
})
