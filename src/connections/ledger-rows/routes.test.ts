import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { removeMember } from '../../membership/memberships/schema'
import { sql } from '../../platform/db/sql'
import { grantRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../roles/services/schema'
import { deleteConnection, listConnections, switchConnection } from '../connection-settings/schema'
import { getAccessEnd, getMyDeliveryStatus, listPendingAccess } from '../delivery-status/schema'
import { createWebhook } from '../webhooks/schema'
import { listLedgerRows, observeConnection, retryConnection } from './schema'

// A service that can be reached or not, and who sees what of that.

const site = sharedSite({ outboundAllow: [receiverAddress], schedule: [3600] })
let operator: Person
let admin: Person
let member: Person
let organizationId: string
let receiver: Receiver
let connectionId: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  receiver = await openReceiver()
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
  member = await newMember(site, organizationId, admin)
  const service = (await operator.call(listServices, {})).services[0]!
  const created = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url: receiver.url })
  connectionId = created.id
  await operator.call(switchConnection, { connectionId, enabled: true })
  for (const { id: roleId } of service.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  await until(async () => (await rows('applied')).length === 2)
})
afterAll(() => receiver.close())

const rows = async (state?: 'failed' | 'pending' | 'applied') =>
  (await operator.call(listLedgerRows, { connectionId, ...(state && { state }) })).items
const statusOf = async (person: Person) => (await person.call(getMyDeliveryStatus, {})).services[0]!

describe('what a service knows', () => {
  test('is seen by the person, their admin and operators', async () => {
    expect(await statusOf(member)).toMatchObject({
      ...{ usable: true, missing: [], requestedAt: null },
      deliveries: [{ kind: 'webhook', state: 'ready', failingSince: null, nextAttemptAt: null }],
    })
    expect(await admin.call(listPendingAccess, { organizationId })).toEqual({ connected: true, pending: [], ends: [] })
    expect((await rows()).find(({ id }) => id === member.id)).toMatchObject({
      ...{ state: 'applied', held: true, error: null, drift: null, s3Keys: 0 },
      organization: { id: organizationId },
    })
    const found = await operator.call(listLedgerRows, { connectionId, q: member.name })
    expect(found.items.map(({ id }) => id)).toEqual([member.id])
  })

  test('says what is missing where nothing is held', async () => {
    const loner = await site.person()
    expect(await statusOf(loner)).toMatchObject({ usable: false, missing: ['access', 'quota'], deliveries: [] })
  })

  test('is delayed while the service fails; an operator has it tried again at once', async () => {
    receiver.answer = (response) => response.writeHead(500).end()
    const late = await newMember(site, organizationId, admin)
    await until(async () => (await rows('failed')).length === 1)
    expect(await rows('failed')).toMatchObject([{ id: late.id, error: 'status_not_2xx', attempts: 1 }])
    expect(await statusOf(late)).toMatchObject({
      deliveries: [{ state: 'delayed', nextAttemptAt: expect.any(String) }],
    })
    expect(await admin.call(listPendingAccess, { organizationId })).toMatchObject({
      pending: [{ accountId: late.id, service: { key: 'maps' }, failingSince: expect.any(String) }],
    })
    receiver.answer = (response) => response.writeHead(204).end()
    await operator.call(retryConnection, { connectionId, accountId: late.id })
    await until(async () => (await rows('failed')).length === 0)
    await until(async () => (await statusOf(late)).deliveries[0]?.state === 'ready')
  })
})

test('an admin sees whether the service confirmed that access ended', async () => {
  const leaver = await newMember(site, organizationId, admin)
  await until(async () => (await statusOf(leaver)).deliveries[0]?.state === 'ready')
  const membershipId = await membershipOf(leaver)
  const absent = { status: 404, code: 'membership_not_found' }
  expect(await admin.try(getAccessEnd, { organizationId, membershipId })).toMatchObject(absent)
  receiver.answer = (response) => response.writeHead(500).end()
  await admin.call(removeMember, { organizationId, membershipId })
  const end = async () => (await admin.call(getAccessEnd, { organizationId, membershipId })).services
  await until(async () => (await end())[0]?.failingSince)
  expect(await end()).toMatchObject([{ service: { key: 'maps' }, confirmedAt: null }])
  receiver.answer = (response) => response.writeHead(204).end()
  await operator.call(retryConnection, { connectionId })
  await until(async () => (await end())[0]?.confirmedAt)
})

test('a connection of another site, as a restored copy has it, is taken over by switching it on', async () => {
  await site.db.rows(sql`update connections set bound_to = 'https://elsewhere.example.org' where id = ${connectionId}`)
  const elsewhere = async () => (await operator.call(listConnections, {})).connections[0]!.elsewhere
  expect(await elsewhere()).toBe(true)
  await operator.call(switchConnection, { connectionId, enabled: true })
  expect(await elsewhere()).toBe(false)
})

test('a webhook cannot look into its service', async () => {
  expect(await operator.try(observeConnection, { connectionId })).toMatchObject({ code: 'connection_not_observable' })
})

test('a connection that is deleted takes everything back first, and is off for good', async () => {
  await until(async () => (await rows('pending')).length + (await rows('failed')).length === 0)
  receiver.messages.length = 0
  await operator.call(deleteConnection, { connectionId, revoke: true })
  await until(async () => (await operator.call(listConnections, {})).connections.length === 0)
  const told = receiver.messages.filter(({ body }) => body.type === 'access.ended')
  expect(new Set(told.map(({ body }) => body.data.accountId))).toContain(member.id)
  expect(await operator.try(switchConnection, { connectionId, enabled: true })).toMatchObject({
    code: 'connection_not_found',
  })
})
