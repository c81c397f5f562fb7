import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningHub, startJupyterHub } from '../../../../tests/support/jupyterhub'
import { membershipOf } from '../../../../tests/support/organizations'
import { openIdWorld } from '../../../../tests/support/relying-party'
import { asSeen } from '../../../../tests/support/seen'
import { settledConnection } from '../../../../tests/support/settled'
import { sharedSite } from '../../../../tests/support/shared-site'
import type { Person } from '../../../../tests/support/site'
import { until } from '../../../../tests/support/until'
import { acceptInvitation, createInvitation } from '../../../membership/invitations/schema'
import { removeMember } from '../../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../../membership/organizations/schema'
import { sql } from '../../../platform/db/sql'
import { connectSystem } from '../../connected-systems/schema'
import { checkConnection, deleteConnection, listConnections, switchConnection } from '../../connection-settings/schema'
import { observeConnection } from '../../ledger-rows/schema'

// A real JupyterHub with the configuration in docs/connectors: npm run test:services.

const site = sharedSite({ outboundAllow: ['127.0.0.1'], schedule: [0.2], pause: 0.5 })
const token = randomBytes(32).toString('hex')
let world: Awaited<ReturnType<typeof openIdWorld>>
let hub: RunningHub
let connectionId: string

beforeAll(async () => {
  world = await openIdWorld(site)
  hub = await startJupyterHub({
    ...{ issuer: site.url, clientId: 'hub', clientSecret: 'a secret for tests', token },
    // Servers are started by the test, for people who have not signed in: the hub can ask the portal nothing about them.
    settings:
      'c.Spawner.pre_spawn_hook = None\nc.GenericOAuthenticator.refresh_pre_spawn = False\nc.GenericOAuthenticator.auth_refresh_age = 0',
  })
  connectionId = await connected(token)
  await world.operator.call(switchConnection, { connectionId, enabled: true })
})
afterAll(() => hub?.stop())

async function connected(secret: string, group = 'guildhall') {
  const settings = { kind: 'jupyterhub' as const, url: hub.url, group }
  return (await world.operator.call(connectSystem, { service: 'maps', name: 'Hub', settings, secret })).id
}

const state = async () =>
  (await world.operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!
const settled = () => settledConnection(site, connectionId)
const asAdmin = (method: string, path: string, body?: unknown) => hub.ask(method, path, body, hub.adminToken)
const userOf = async ({ id }: Person) => (await asAdmin('GET', `/users/${id}`)).body
const tokensOf = async ({ id }: Person) => (await asAdmin('GET', `/users/${id}/tokens`)).body.api_tokens

/** Starts the person’s server, and makes a token of theirs. */
async function working(member: Person) {
  await until(async () => (await userOf(member)).groups?.includes('guildhall'))
  expect([201, 202]).toContain((await asAdmin('POST', `/users/${member.id}/server`, {})).status)
  await until(async () => (await userOf(member)).servers['']?.ready)
  return (await asAdmin('POST', `/users/${member.id}/tokens`)).body.token as string
}

const remove = async (member: Person) =>
  world.admin.call(removeMember, { organizationId: world.organizationId, membershipId: await membershipOf(member) })

const isOut = async (member: Person, token: string) => {
  const { groups, servers } = await userOf(member)
  expect({ groups, servers, tokens: await tokensOf(member) }).toEqual({ groups: [], servers: {}, tokens: [] })
  expect((await hub.ask('GET', '/user', undefined, token)).status).toBe(403)
}

test('checking names the right that is missing, or the group', async () => {
  expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
  const wrong = await connected('not a token', 'others')
  expect(await world.operator.call(checkConnection, { connectionId: wrong })).toMatchObject({
    ...{ outcome: 'right_missing', detail: 'groups' },
  })
  const unknown = await connected(token, 'nothing')
  expect(await world.operator.call(checkConnection, { connectionId: unknown })).toMatchObject({
    ...{ outcome: 'group_unknown', detail: 'nothing' },
  })
})

describe('a person who loses access', () => {
  test('by removal has no server, no token and no place in the group, and none of it comes back with them', async () => {
    const member = await world.member()
    const own = await working(member)
    expect((await hub.ask('GET', '/user', undefined, own)).status).toBe(200)
    await remove(member)
    await settled()
    await isOut(member, own)
    await site.db.rows(sql`update accounts set email_verified = true where id = ${member.id}`)
    const { organizationId } = world
    const { code } = await world.admin.call(createInvitation, { organizationId, boundTo: { email: member.email } })
    await member.call(acceptInvitation, { code })
    await until(async () => (await userOf(member)).groups.includes('guildhall'))
    expect((await hub.ask('GET', '/user', undefined, own)).status).toBe(403)
  })

  test('while a server starts loses it too', async () => {
    const member = await world.member()
    await until(async () => (await userOf(member)).groups?.includes('guildhall'))
    const starting = asAdmin('POST', `/users/${member.id}/server`, {})
    await remove(member)
    await starting
    await settled()
    await until(async () => Object.keys((await userOf(member)).servers).length === 0)
  })

  test('by the suspension of the organization is out, and in again afterwards', async () => {
    const member = await world.member()
    const own = await working(member)
    const reason = 'A test.'
    await asSeen(world.operator).call(suspendOrganization, { organizationId: world.organizationId, reason })
    await settled()
    await isOut(member, own)
    await asSeen(world.operator).call(reinstateOrganization, { organizationId: world.organizationId, reason })
    await until(async () => (await userOf(member)).groups.includes('guildhall'))
  })
})

test('what was changed in the hub is put right, and strangers are reported and left alone', async () => {
  const member = await world.member()
  await until(async () => (await userOf(member)).groups?.includes('guildhall'))
  await settled()
  await asAdmin('DELETE', '/groups/guildhall/users', { users: [member.id] })
  await asAdmin('POST', '/users/stranger')
  await asAdmin('POST', '/groups/guildhall/users', { users: ['stranger'] })
  await world.operator.call(observeConnection, { connectionId })
  await until(async () => (await userOf(member)).groups.includes('guildhall'))
  await until(async () => (await state()).strangers?.names.includes('stranger'))
  expect((await asAdmin('GET', '/users/stranger')).body.groups).toEqual(['guildhall'])
})

test('a connection that is deleted takes back what it gave', async () => {
  const member = await world.member()
  const own = await working(member)
  await world.operator.call(deleteConnection, { connectionId, revoke: true })
  await until(async () => (await state()) === undefined)
  await isOut(member, own)
})
