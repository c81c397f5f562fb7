import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { gatewayHost, type ObjectStore, objectStore } from '../../../tests/support/object-store'
import { membershipOf, newMember } from '../../../tests/support/organizations'
import { askS3, isRefusal, realGateway, succeeding } from '../../../tests/support/s3'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { disableAccount } from '../../identity/accounts/schema'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../roles/services/schema'
import { checkConnection, deleteConnection, listConnections, switchConnection } from '../connection-settings/schema'
import type { GatewayKeys } from '../kinds/s3/gateway'
import { listLedgerRows } from '../ledger-rows/schema'
import { createS3Gateway, setS3GatewayKeys, setS3GatewayLimits } from '../s3-gateways/schema'
import { createS3Key, deleteS3Key, listS3Keys, resetS3Secret } from './schema'

// From the portal to S3: a real gateway, behind a proxy that can answer in its place.

const site = sharedSite({ outboundAllow: [gatewayHost], schedule: [0.05] })
const reason = 'A test.'
const rounds = process.env.ROUNDS ? Number(process.env.ROUNDS) : 10
let store: ObjectStore
let member: Person

beforeEach(async () => {
  await site.db.rows(sql`update connections set enabled = false`)
  store = await objectStore(site)
  member = await newMember(site, store.organizationId, store.admin)
})
afterEach(() => store.proxy.close())

const answers = (key: GatewayKeys, ...expected: (string | number)[]) =>
  until(async () => expected.includes(await askS3('GET', '/', key)))
const works = (key: GatewayKeys) => answers(key, 200)
const isRefused = (key: GatewayKeys) => until(async () => isRefusal(await askS3('GET', '/', key)))
const remove = async (person: Person) =>
  store.admin.call(removeMember, { organizationId: store.organizationId, membershipId: await membershipOf(person) })

/** Asks again at once, to see how long it takes. */
async function secondsUntilRefused(key: GatewayKeys): Promise<number> {
  const began = performance.now()
  while ((await askS3('GET', '/', key)) === 200)
    if (performance.now() - began > 60_000) throw new Error('S3 still lets the key in')
  return (performance.now() - began) / 1000
}

const summary = (times: number[]) => {
  const sorted = times.sort((a, b) => a - b)
  return `median ${sorted[sorted.length >> 1]!.toFixed(3)} s, longest ${sorted.at(-1)!.toFixed(3)} s of ${times.length}`
}

describe('S3 lets a key in until', () => {
  test('it is deleted; the other one goes on working', async () => {
    const other = await store.newKey(member)
    await works(other)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const key = await store.newKey(member)
      await works(key)
      await member.call(deleteS3Key, { keyId: key.id })
      times.push(await secondsUntilRefused(key))
    }
    console.log(`Key deleted in the portal, until S3 refuses it: ${summary(times)}`)
    await works(other)
  })

  test('its owner is removed', async () => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const person = await newMember(site, store.organizationId, store.admin)
      const key = await store.newKey(person)
      await works(key)
      await remove(person)
      times.push(await secondsUntilRefused(key))
    }
    console.log(`Person removed, until S3 refuses their key: ${summary(times)}`)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['its owner leaves', () => member.call(leaveOrganization, { organizationId: store.organizationId })],
    ['the account is disabled', () => store.operator.call(disableAccount, { accountId: member.id, reason })],
    [
      'the role is revoked',
      async () => {
        const { items } = await store.operator.call(listRoleAssignments, { organizationId: store.organizationId })
        const assignmentId = items[0]!.id
        await store.operator.call(revokeRole, { organizationId: store.organizationId, assignmentId, reason })
      },
    ],
    ['its secret is reset', async () => undefined],
  ])('%s', async (what, end) => {
    const key = await store.newKey(member)
    await works(key)
    if (what === 'its secret is reset') {
      const { secret } = await member.call(resetS3Secret, { keyId: key.id })
      await works({ ...key, secretKey: secret })
      expect(await askS3('GET', '/', key)).toBe('SignatureDoesNotMatch')
    } else {
      const uid = await store.uidOf(member)
      await end()
      await isRefused(key)
      await until(async () => (await succeeding(realGateway().findUser(uid))).suspended)
    }
  })

  test('its end date', async () => {
    const key = await store.newKey(member, { expiresAt: new Date(Date.now() + 5000).toISOString() })
    await works(key)
    await isRefused(key)
    expect((await member.call(listS3Keys, {})).services[0]?.keys).toEqual([])
  })
})

test('while the organization is suspended, its users are off, and their keys wake with it', async () => {
  const { organizationId, operator } = store
  const key = await store.newKey(member)
  await works(key)
  await asSeen(operator).call(suspendOrganization, { organizationId, reason })
  await answers(key, 'UserSuspended')
  await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
  await works(key)
})

test('a removed key that is there again, as from a backup of the gateway, is removed again', async () => {
  const [key, other] = [await store.newKey(member), await store.newKey(member)]
  await works(key)
  await works(other)
  await member.call(deleteS3Key, { keyId: key.id })
  await isRefused(key)
  await store.settled()
  await succeeding(realGateway().addKey(await store.uidOf(member), key))
  await works(key)
  await site.db.rows(sql`
    update propagations set next_observation_at = now() where connection_id = ${store.connectionId} and account_id = ${member.id}`)
  await isRefused(key)
  await works(other)
})

test('an account that the gateway refuses is no reason not to look at others', async () => {
  const refused = await newMember(site, store.organizationId, store.admin)
  const key = await store.newKey(member)
  await works(key)
  await member.call(deleteS3Key, { keyId: key.id })
  await store.settled()
  const uid = `guildhall-${await membershipOf(refused)}`
  await succeeding(realGateway().createUser({ uid, displayName: 'By hand' }))
  await store.newKey(refused)
  await until(async () => (await store.state()).failed === 1)
  // As from a backup of the gateway.
  await succeeding(realGateway().addKey(await store.uidOf(member), key))
  await succeeding(realGateway().setSuspended(await store.uidOf(member), false))
  await site.db.rows(sql`
    update propagations set next_observation_at = now() where connection_id = ${store.connectionId} and account_id = ${member.id}`)
  await isRefused(key)
})

test('a look that the gateway does not answer delays no end of access', async () => {
  const key = await store.newKey(member)
  await works(key)
  await store.settled()
  let release: () => void = () => {}
  const released = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  let looks = 0
  store.proxy.answer = ({ method }) => (method === 'GET' && ++looks === 1 ? released : undefined)
  await site.db.rows(
    sql`update propagations set next_observation_at = now() where connection_id = ${store.connectionId}`,
  )
  await until(async () => looks > 0)
  await remove(member)
  await isRefused(key)
  release()
})

test('a gateway that is connected again knows the users that it left there, and shuts out those who lost access since', async () => {
  const stays = await newMember(site, store.organizationId, store.admin)
  const [key, other] = [await store.newKey(member), await store.newKey(stays)]
  await works(key)
  await works(other)
  const { operator, connectionId } = store
  await operator.call(deleteConnection, { connectionId, revoke: false })
  await remove(member)
  expect(await askS3('GET', '/', key)).toBe(200)
  const { accessKey, secretKey } = inject('ceph')
  const again = { service: store.key, name: 'Again', url: store.proxy.url, accessKey, secretKey }
  const { id } = await operator.call(createS3Gateway, again)
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  await isRefused(key)
  await works(other)
})

test('a gateway goes on to another service once no one has a user of the former one there', async () => {
  const { operator, key: service, connectionId } = store
  await works(await store.newKey(member))
  const { roles } = (await operator.call(listServices, {})).services.find(({ key }) => key === service)!
  const both = [service, 'next'].map((key) => ({
    ...{ key, name: 'Object store', s3Keys: 5 },
    roles: roles.map(({ key, kind, name, limits }) => ({ key, kind, name, limits })),
  }))
  await operator.call(importCatalogue, { services: both })
  await operator.call(deleteConnection, { connectionId, revoke: false })
  const { accessKey, secretKey } = inject('ceph')
  const gateway = { name: 'Next', url: store.proxy.url, accessKey, secretKey }
  const early = await operator.try(createS3Gateway, { ...gateway, service: 'next' })
  expect(early).toMatchObject({ status: 409, code: 's3_gateway_in_use' })
  const again = await operator.call(createS3Gateway, { ...gateway, service })
  await operator.call(switchConnection, { connectionId: again.id, enabled: true })
  await operator.call(deleteConnection, { connectionId: again.id, revoke: true })
  await until(async () => !(await operator.call(listConnections, {})).connections.some(({ id }) => id === again.id))
  await operator.call(createS3Gateway, { ...gateway, service: 'next' })
})

test('each membership has a user of its own, and buckets stay with it', async () => {
  const key = await store.newKey(member)
  await works(key)
  const [former, bucket] = [await store.uidOf(member), `/bucket-${randomUUID()}`]
  expect(await askS3('PUT', bucket, key)).toBe(200)
  await member.call(leaveOrganization, { organizationId: store.organizationId })
  await isRefused(key)
  const { code } = await store.admin.call(createInvitation, { organizationId: store.organizationId })
  await member.call(acceptInvitation, { code })
  const next = await store.newKey(member)
  await works(next)
  expect(await store.uidOf(member)).not.toBe(former)
  expect(await askS3('GET', bucket, next)).toBe('AccessDenied')
  expect(await succeeding(realGateway().findUser(former))).toMatchObject({ suspended: true, keys: [] })
})

test('a user with our name that another made is left alone, and an operator is asked', async () => {
  const uid = `guildhall-${await membershipOf(member)}`
  await succeeding(realGateway().createUser({ uid, displayName: 'By hand' }))
  await store.newKey(member)
  await until(async () => (await store.state()).failed === 1)
  const { items } = await store.operator.call(listLedgerRows, { connectionId: store.connectionId, state: 'failed' })
  expect(items).toMatchObject([{ id: member.id, error: 'user_not_ours' }])
  expect(await succeeding(realGateway().findUser(uid))).toMatchObject({ displayName: 'By hand', keys: [] })
})

const quotaOf = async (person: Person) => (await succeeding(realGateway().findUser(await store.uidOf(person)))).quota

test('the numbers of the quota role become the quota of the user', async () => {
  await works(await store.newKey(member))
  expect(await quotaOf(member)).toEqual({ bytes: 2_000_000_000, objects: 1000 })
})

test('other numbers are limited from now on, also if the former ones are being set at this moment', async () => {
  const { connectionId, operator, proxy } = store
  let carryOn = () => {}
  const changed = new Promise<void>((resolve) => {
    carryOn = resolve
  })
  proxy.answer = async ({ query }) => {
    if (query.has('quota')) await changed
    return undefined
  }
  const key = await store.newKey(member)
  await until(async () => proxy.seen.some(({ query }) => query.has('quota')))
  await operator.call(setS3GatewayLimits, { connectionId, bytesLimit: null, objectsLimit: 'objects' })
  carryOn()
  await works(key)
  await store.settled()
  expect(await quotaOf(member)).toEqual({ bytes: null, objects: 1000 })
  await operator.call(setS3GatewayLimits, { connectionId, bytesLimit: 'stored', objectsLimit: null })
  await store.settled()
  expect(await quotaOf(member)).toEqual({ bytes: 2_000_000_000, objects: null })
})

test('several tabs add keys at the limit: none beyond it', async () => {
  const tries = Array.from({ length: 9 }, () => member.try(createS3Key, { service: store.key, name: 'Tab' }))
  const codes = (await Promise.all(tries)).map(({ code }) => code ?? 'made')
  expect(codes.filter((code) => code === 'made')).toHaveLength(5)
  expect(new Set(codes)).toEqual(new Set(['made', 'too_many_s3_keys']))
})

test('a person who is removed between our row and the gateway’s has no key there afterwards', async () => {
  let release = () => {}
  const held = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  store.proxy.answer = ({ method, query }) => (method === 'PUT' && query.has('key') ? held : undefined)
  const key = await store.newKey(member)
  await until(async () => store.proxy.seen.some(({ query }) => query.has('access-key')))
  await remove(member)
  release()
  await store.settled()
  await isRefused(key)
  const { suspended, keys } = await succeeding(realGateway().findUser(await store.uidOf(member)))
  expect({ suspended, keys }).toEqual({ suspended: true, keys: [] })
})

test('a gateway whose answers do nothing proves nothing, and is asked until it has done it', async () => {
  const key = await store.newKey(member)
  await works(key)
  const uid = await store.uidOf(member)
  const user = await succeeding(realGateway().findUser(uid))
  const lie = { user_id: uid, display_name: user.displayName, suspended: 1, keys: [] }
  const body = JSON.stringify({ ...lie, user_quota: { enabled: false, max_size: -1, max_objects: -1 } })
  store.proxy.answer = ({ method }) =>
    method === 'POST' ? { status: 200, body } : method === 'DELETE' ? { status: 200, body: '' } : undefined
  await remove(member)
  await until(async () => (await store.state()).failed === 1)
  expect(await askS3('GET', '/', key)).toBe(200)
  store.proxy.answer = () => undefined
  await isRefused(key)
  await store.settled()
})

test('the administrator’s keys are replaced while a revocation is under way', async () => {
  const key = await store.newKey(member)
  await works(key)
  let release = () => {}
  const held = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  store.proxy.answer = ({ method }) => (method === 'POST' ? held : undefined)
  await remove(member)
  await until(async () => store.proxy.seen.some(({ method }) => method === 'POST'))
  await store.operator.call(setS3GatewayKeys, { connectionId: store.connectionId, accessKey: 'WRONG', secretKey: 'no' })
  release()
  await isRefused(key)
  const wrong = await store.operator.call(checkConnection, { connectionId: store.connectionId })
  expect(wrong).toMatchObject({ outcome: 'refused_by_service', status: 403 })
})

test('wrong keys, as after a restore, stop the connection once and not each person; right ones finish the work', async () => {
  const key = await store.newKey(member)
  await works(key)
  const { connectionId, operator } = store
  const { accessKey, secretKey } = await import('vitest').then(({ inject }) => inject('ceph'))
  await operator.call(setS3GatewayKeys, { connectionId, accessKey, secretKey: 'of another time' })
  await remove(member)
  await until(async () => (await store.state()).pausedUntil !== null)
  expect(await store.state()).toMatchObject({ problem: 'refused_by_service', pending: 1 })
  expect(await askS3('GET', '/', key)).toBe(200)
  await operator.call(setS3GatewayKeys, { connectionId, accessKey, secretKey })
  await isRefused(key)
})

test('check names the right that is missing', async () => {
  const { connectionId, operator } = store
  expect(await operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied', detail: null })
  const key = await store.newKey(member)
  await works(key)
  await operator.call(setS3GatewayKeys, { connectionId, ...{ accessKey: key.accessKey, secretKey: key.secretKey } })
  const checked = await operator.call(checkConnection, { connectionId })
  expect(checked).toMatchObject({ outcome: 'right_missing', detail: 'users=read' })
})

test('deleting the connection takes everything back first', async () => {
  const keys = [await store.newKey(member), await store.newKey(store.admin)]
  for (const key of keys) await works(key)
  await store.operator.call(deleteConnection, { connectionId: store.connectionId, revoke: true })
  for (const key of keys) await isRefused(key)
  await until(async () => (await store.state()) === undefined)
})
