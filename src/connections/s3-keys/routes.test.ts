import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { disableAccount } from '../../identity/accounts/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { createToken } from '../../membership/tokens/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../roles/services/schema'
import { deleteConnection, switchConnection } from '../connection-settings/schema'
import { createS3Gateway } from '../s3-gateways/schema'
import {
  createS3Key,
  deleteS3Key,
  listMembersS3Keys,
  listS3Keys,
  resetS3Secret,
  setS3KeyEnd,
  showS3Secret,
} from './schema'

// The gateway itself is in keys.service.test.ts: here it cannot be reached.

const site = sharedSite({ schedule: [3600] })
const reason = 'A test.'
let operator: Person
let number = 0
let key: string
let store: Service
let organizationId: string
let admin: Person
let member: Person
let connectionId: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})
beforeEach(async () => {
  await site.db.rows(sql`update connections set enabled = false`)
  key = `store-${++number}`
  const roles = [
    { key: 'user', kind: 'access' as const, name: 'User' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key, name: 'Object store', roles, s3Keys: 2 }] })
  const { services } = await operator.call(listServices, {})
  store = services.find((service) => service.key === key)!
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
  member = await newMember(site, organizationId, admin)
  const gateway = { service: key, name: 'Gateway', url: `https://127.0.0.1:${9000 + number}/` }
  const created = await operator.call(createS3Gateway, { ...gateway, accessKey: 'ADMIN', secretKey: 'of the gateway' })
  connectionId = created.id
  // Nothing is sent: what the ledger says is what counts here.
  await site.db.rows(sql`update connections set paused_until = 'infinity' where id = ${connectionId}`)
  await operator.call(switchConnection, { connectionId, enabled: true })
  await site.db.rows(sql`update connections set paused_until = 'infinity' where id = ${connectionId}`)
})

async function grant(kinds = ['access', 'quota']) {
  for (const role of store.roles.filter(({ kind }) => kinds.includes(kind)))
    await asSeen(operator).call(grantRole, { organizationId, roleId: role.id, reason })
}
const make = (person = member, more: { expiresAt?: string } = {}) =>
  person.call(createS3Key, { service: key, name: 'Laptop', ...more })
const ofService = async (person = member) =>
  (await person.call(listS3Keys, {})).services.find(({ service }) => service.key === key)
const keyRow = (id: string) =>
  site.db.only<{ ended: string | null; secret: boolean }>(
    sql`select ended_reason as ended, secret_sealed is not null as secret from s3_keys where id = ${id}`,
  )
const wanted = async (person = member) => {
  const row = await site.db.first<{ keys: string[] | null }>(sql`
    select (select array_agg(k->>'id') from jsonb_array_elements(desired->'keys') k) as keys from propagations
    where connection_id = ${connectionId} and account_id = ${person.id}`)
  return row?.keys ?? []
}
const ends = (id: string, ended: string) => until(async () => (await keyRow(id)).ended === ended)

describe('an S3 key', () => {
  test('is made by a person who can use the service, shown again, reset and deleted, and all of it is in the activity', async () => {
    await grant()
    const made = await make()
    expect(made).toMatchObject({
      accessKey: expect.stringMatching(/^[A-Z0-9]{20}$/),
      secret: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      endpoint: `https://127.0.0.1:${9000 + number}`,
    })
    const { id: keyId, accessKey, secret, endpoint } = made
    expect(await ofService()).toMatchObject({
      usable: true,
      most: 2,
      keys: [{ id: keyId, name: 'Laptop', accessKey, state: 'pending', expiresAt: null, ofMembership: true }],
    })
    expect(JSON.stringify(await ofService())).not.toContain(secret)
    expect(await member.call(showS3Secret, { keyId })).toEqual({ accessKey, secret, endpoint })
    const reset = await member.call(resetS3Secret, { keyId })
    expect(reset).toMatchObject({ accessKey })
    expect(reset.secret).not.toBe(secret)
    expect(await member.call(showS3Secret, { keyId })).toMatchObject({ secret: reset.secret })
    await member.call(deleteS3Key, { keyId })
    expect(await keyRow(keyId)).toEqual({ ended: 'deleted', secret: false })
    for (const endpoint of [showS3Secret, resetS3Secret, deleteS3Key])
      expect(await member.try(endpoint, { keyId })).toMatchObject({ status: 404, code: 's3_key_not_found' })
    const { items } = await operator.call(listEvents, { accountId: member.id, limit: 6 })
    expect(items.map(({ kind }) => kind).slice(0, 5)).toEqual([
      's3_key_deleted',
      's3_secret_shown',
      's3_secret_reset',
      's3_secret_shown',
      's3_key_created',
    ])
    expect(items[4]).toMatchObject({ details: { keyId, name: 'Laptop', accessKey, service: key } })
    for (const one of [secret, reset.secret]) expect(JSON.stringify(items)).not.toContain(one)
  })

  test('takes both roles, a service that gives keys, and a gateway', async () => {
    const refused = { status: 409, code: 'service_not_usable' }
    expect(await member.try(createS3Key, { service: key, name: 'Laptop' })).toMatchObject(refused)
    await grant(['access'])
    expect(await member.try(createS3Key, { service: key, name: 'Laptop' })).toMatchObject(refused)
    expect(await ofService()).toBeUndefined()
    await grant(['quota'])
    await site.db.rows(sql`update services set s3_keys = null where key = ${key}`)
    expect(await member.try(createS3Key, { service: key, name: 'Laptop' })).toMatchObject(refused)
    await site.db.rows(sql`update services set s3_keys = 2 where key = ${key}`)
    await operator.call(deleteConnection, { connectionId, revoke: false })
    expect(await member.try(createS3Key, { service: key, name: 'Laptop' })).toMatchObject({
      code: 's3_gateway_missing',
    })
    expect(await member.try(createS3Key, { service: 'none', name: 'Laptop' })).toMatchObject({
      status: 404,
      code: 'service_not_found',
    })
  })

  test('is one of as many as the service gives; ended and expired ones make room', async () => {
    await grant()
    const { id } = await make()
    await make()
    const full = { status: 409, code: 'too_many_s3_keys' }
    expect(await member.try(createS3Key, { service: key, name: 'Third' })).toMatchObject(full)
    await make(admin)
    await member.call(deleteS3Key, { keyId: id })
    await make()
    await site.db.rows(sql`update s3_keys set expires_at = now() where account_id = ${member.id} and ended_at is null`)
    await make()
  })

  test('belongs to one person: for everyone else it does not exist', async () => {
    await grant()
    const { id: keyId } = await make()
    const absent = { status: 404, code: 's3_key_not_found' }
    for (const person of [admin, operator])
      for (const endpoint of [showS3Secret, resetS3Secret, deleteS3Key])
        expect(await person.try(endpoint, { keyId })).toMatchObject(absent)
    expect(await admin.try(setS3KeyEnd, { keyId, expiresAt: null })).toMatchObject(absent)
  })

  test('is listed for a token, which makes none and sees no secret', async () => {
    await grant()
    const { id: keyId } = await make()
    const { token } = await member.call(createToken, { name: 'Script', scopes: ['read:s3-keys', 'write:s3-keys'] })
    const holder = new TokenHolder(site, token)
    expect(await holder.try(listS3Keys, {})).toMatchObject({ status: 200 })
    for (const answer of [
      await holder.try(createS3Key, { service: key, name: 'Script' }),
      await holder.try(showS3Secret, { keyId }),
      await holder.try(resetS3Secret, { keyId }),
    ])
      expect(answer).toMatchObject({ status: 403, code: 'session_needed' })
    expect(await holder.try(deleteS3Key, { keyId })).toMatchObject({ status: 200 })
  })
})

describe('an S3 key ends with', () => {
  beforeEach(() => grant())

  test('its membership, even where the person is back at once', async () => {
    const { id } = await make()
    await until(async () => (await wanted()).length === 1)
    await member.call(leaveOrganization, { organizationId })
    expect(await keyRow(id)).toEqual({ ended: 'membership_ended', secret: false })
    await until(async () => (await wanted()).length === 0)
  })

  test('being removed', async () => {
    const { id } = await make()
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    expect(await keyRow(id)).toEqual({ ended: 'membership_ended', secret: false })
  })

  test('the disabling of the account', async () => {
    const { id } = await make()
    await operator.call(disableAccount, { accountId: member.id, reason })
    expect(await keyRow(id)).toEqual({ ended: 'account_disabled', secret: false })
  })

  test('the role; a person who gets it again makes a new one', async () => {
    const { id } = await make()
    const { items } = await operator.call(listRoleAssignments, { organizationId })
    await operator.call(revokeRole, { organizationId, assignmentId: items[0]!.id, reason })
    await ends(id, 'role_lost')
    await until(async () => (await wanted()).length === 0)
  })

  test('its end date, which can be moved until then', async () => {
    // An answer leaves out zeros at the end of a fraction.
    const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 3600_123).toISOString()
    const { id } = await make(member, { expiresAt: soon })
    expect((await ofService())?.keys[0]?.expiresAt).toBe(soon.replace('Z', '+00:00'))
    await member.call(setS3KeyEnd, { keyId: id, expiresAt: null })
    const past = await member.try(setS3KeyEnd, { keyId: id, expiresAt: '2020-01-01T00:00:00Z' })
    expect(past).toMatchObject({ status: 400, code: 'end_in_the_past' })
    await member.call(setS3KeyEnd, { keyId: id, expiresAt: new Date(Date.now() + 3000).toISOString() })
    await until(async () => (await wanted()).length === 1)
    await site.db.rows(sql`update connections set paused_until = null where id = ${connectionId}`)
    await ends(id, 'expired')
  })

  test('nothing while the organization is suspended: it is off, and wakes', async () => {
    const { id } = await make()
    await until(async () => (await wanted()).length === 1)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await until(async () => (await wanted()).length === 0)
    expect(await ofService()).toMatchObject({ usable: false, keys: [{ id, state: 'off' }] })
    expect(await keyRow(id)).toEqual({ ended: null, secret: true })
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    await until(async () => (await wanted()).length === 1)
  })

  test('nothing while the organization is suspended, though everyone may use the service: new keys are the person’s own', async () => {
    const forEveryone = store.roles.map(({ key, kind, name }) => ({ key, kind, name, default: true }))
    await operator.call(importCatalogue, {
      services: [{ key, name: 'Object store', roles: forEveryone, s3Keys: 2 }],
    })
    const { id } = await make()
    await until(async () => (await wanted()).length === 1)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await until(async () => (await wanted()).length === 0)
    const { id: own } = await make()
    expect(await ofService()).toMatchObject({
      usable: true,
      keys: [
        { id: own, state: 'pending', ofMembership: false },
        { id, state: 'off', ofMembership: true },
      ],
    })
    await until(async () => (await wanted()).includes(own))
    expect(await wanted()).toEqual([own])
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    await until(async () => (await wanted()).length === 2)
  })
})

test('admins and operators see how many keys members have, and never the keys', async () => {
  await grant()
  const { accessKey, secret } = await make()
  await make(admin)
  for (const person of [admin, operator]) {
    const { items } = await person.call(listMembersS3Keys, { organizationId })
    expect(items).toHaveLength(2)
    expect(items.find(({ id }) => id === member.id)).toMatchObject({
      services: [{ key, name: 'Object store', keys: 1 }],
    })
    for (const hidden of [accessKey, secret]) expect(JSON.stringify(items)).not.toContain(hidden)
  }
  expect(await member.try(listMembersS3Keys, { organizationId })).toMatchObject({ status: 403 })
})
