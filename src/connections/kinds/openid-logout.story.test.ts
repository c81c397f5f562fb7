import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { membershipOf } from '../../../tests/support/organizations'
import {
  afterLogout,
  CookieJar,
  callback,
  logoutReceiver,
  onAnotherDevice,
  openIdWorld,
  RelyingParty,
  visit,
} from '../../../tests/support/relying-party'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, testBaseUrl } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { disableAccount } from '../../identity/accounts/schema'
import { signOut } from '../../identity/authentication/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { grantRole } from '../../roles/role-assignments/schema'
import { checkConnection, deleteConnection, listConnections, switchConnection } from '../connection-settings/schema'
import { changeOpenIdClient, createOpenIdClient, endOpenIdClient } from '../openid-clients/schema'
import { signOutOfApplication } from '../openid-sign-ins/schema'

const site = sharedSite({ outboundAllow: ['127.0.0.2'], schedule: [0.05], pause: 0.2 })
let world: Awaited<ReturnType<typeof openIdWorld>>
let receiver: Awaited<ReturnType<typeof logoutReceiver>>
let app: RelyingParty
beforeAll(async () => {
  world = await openIdWorld(site)
  receiver = await logoutReceiver()
  app = await registered()
  // The comparison a minute after the switching on would find what these tests are about.
  await site.db.rows(sql`update connections set enabled_at = now() - interval '1 hour' where client_id = ${app.id}`)
})
afterAll(() => receiver.close())

const reason = 'A test.'
const scopes = ['profile', 'email', 'organization', 'access'] as const
const settings = () => ({
  ...{ name: 'Hub', redirectUris: [callback], postLogoutRedirectUris: [afterLogout], scopes: [...scopes] },
  backchannelLogoutUri: receiver.url,
})

async function registered(service: string | null = 'maps') {
  const { id, secret } = await world.operator.call(createOpenIdClient, { ...settings(), service })
  return RelyingParty.of(site, id, secret!)
}

const connectionOf = async (party: RelyingParty) => {
  const { id } = await site.db.only<{ id: string }>(
    sql`select id from connections where client_id = ${party.id} order by created_at desc limit 1`,
  )
  return (await world.operator.call(listConnections, {})).connections.find((one) => one.id === id)
}

const sidOf = (tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers) => tokens.claims()!.sid
/** The sids of the logout tokens about a person, once there are so many. */
const toldSids = async (person: Person, count = 1) => {
  await until(async () => receiver.about(person).length >= count)
  return receiver.about(person).map(({ sid }) => sid)
}
/** Everything is told. */
const settled = (party = app) =>
  until(async () => {
    const [waiting] = await site.db.rows(sql`select from change_signals`)
    return !waiting && (await connectionOf(party))?.pending === 0
  })

describe('a logout token is sent', () => {
  const ends: [string, (member: Person) => Promise<unknown>][] = [
    ['leaves', (member) => member.call(leaveOrganization, { organizationId: world.organizationId })],
    [
      'is removed',
      async (member) =>
        world.admin.call(removeMember, {
          organizationId: world.organizationId,
          membershipId: await membershipOf(member),
        }),
    ],
    ['is disabled', (member) => world.operator.call(disableAccount, { accountId: member.id, reason })],
    ['signs out of the portal', (member) => member.call(signOut, {})],
    ['signs out of the application here', (member) => member.call(signOutOfApplication, { clientId: app.id })],
    [
      'has a session that is deleted',
      async (member) => {
        await site.db.rows(sql`delete from sessions where account_id = ${member.id}`)
      },
    ],
  ]
  test.each(ends)('when a person %s', async (_, end) => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    await settled()
    await end(member)
    expect(await toldSids(member)).toEqual([sidOf(tokens)])
    await settled()
    expect(receiver.about(member)).toHaveLength(1)
  })

  test('with a token that the specification asks for', async () => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    await member.call(signOut, {})
    await toldSids(member)
    const [token] = receiver.tokens.slice(-1)
    const keys = createRemoteJWKSet(new URL(`${site.url}/openid/jwks`))
    const { payload, protectedHeader } = await jwtVerify(token!, keys, { issuer: testBaseUrl, audience: app.id })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'logout+jwt' })
    expect(payload).toEqual({
      ...{ iss: testBaseUrl, aud: app.id, sub: member.id, sid: sidOf(tokens), jti: expect.any(String) },
      ...{ iat: expect.any(Number), exp: payload.iat! + 120 },
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
  })

  test('of each device on its own', async () => {
    const member = await world.member()
    const other = await onAnotherDevice(site, member)
    const [here, there] = [await app.signIn(member), await app.signIn(other)]
    await other.call(signOut, {})
    expect(await toldSids(member)).toEqual([sidOf(there)])
    await member.call(signOut, {})
    expect(await toldSids(member, 2)).toEqual([sidOf(there), sidOf(here)])
  })

  test('once, also by its own logout', async () => {
    const member = await world.member()
    const jar = new CookieJar(member)
    const tokens = await app.signIn(jar)
    const asked = await visit(
      site,
      jar,
      client.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token! }).href,
    )
    const [, action, xsrf] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(asked.text)!
    await visit(site, jar, action!, new URLSearchParams({ xsrf: xsrf!, logout: 'yes' }))
    expect(await toldSids(member)).toEqual([sidOf(tokens)])
    await settled()
    expect(receiver.about(member)).toHaveLength(1)
  })

  test('until it accepts that', async () => {
    const member = await world.member()
    receiver.status = 503
    await app.signIn(member)
    await member.call(signOut, {})
    expect(new Set(await toldSids(member, 3)).size).toBe(1)
    receiver.status = 200
    await settled()
    const tokens = receiver.tokens.length
    await settled()
    expect(receiver.tokens).toHaveLength(tokens)
  })

  test('when the organization is suspended, and not again when it is reinstated and suspended once more', async () => {
    const member = await world.member()
    await app.signIn(member)
    await asSeen(world.operator).call(suspendOrganization, { organizationId: world.organizationId, reason })
    await toldSids(member)
    await settled()
    await asSeen(world.operator).call(reinstateOrganization, { organizationId: world.organizationId, reason })
    await asSeen(world.operator).call(suspendOrganization, { organizationId: world.organizationId, reason })
    await settled()
    expect(receiver.about(member)).toHaveLength(1)
    await asSeen(world.operator).call(reinstateOrganization, { organizationId: world.organizationId, reason })
  })

  test('when the access role is another one, and not for another quota role', async () => {
    const member = await world.member()
    const roles = [
      ...world.roles,
      { key: 'editor', kind: 'access' as const, name: 'Editor' },
      { key: 'large', kind: 'quota' as const, name: 'Large', limits: [{ name: 'Storage', value: 90, unit: 'GB' }] },
    ]
    const service = await world.withRoles(roles)
    const grant = (key: string) =>
      asSeen(world.operator).call(grantRole, {
        organizationId: world.organizationId,
        roleId: service.roles.find((role) => role.key === key)!.id,
        reason,
      })
    const tokens = await app.signIn(member)
    await grant('large')
    await settled()
    expect(receiver.about(member)).toEqual([])
    await grant('editor')
    expect(await toldSids(member)).toEqual([sidOf(tokens)])
    await grant('reader')
  })

  test('of applications that stand for no service too', async () => {
    const open = await registered(null)
    const stranger = await site.person()
    const tokens = await open.signIn(stranger)
    expect(await connectionOf(open)).toMatchObject({ service: null, kind: 'openid', name: 'Hub', enabled: true })
    await stranger.call(signOut, {})
    expect(await toldSids(stranger)).toEqual([sidOf(tokens)])
  })
})

describe('nothing is forgotten', () => {
  test('of a sign-in that ends before a worker has looked', async () => {
    const member = await world.member()
    const jar = new CookieJar(await onAnotherDevice(site, member))
    await app.signIn(jar)
    await member.call(signOutOfApplication, { clientId: app.id })
    await toldSids(member)
    await settled()
    // No worker looks, and no signal comes of the end.
    const paused = (until: string) =>
      site.db.rows(sql`update connections set paused_until = ${until}::timestamptz where client_id = ${app.id}`)
    await paused('infinity')
    await site.db.rows(sql`alter table sessions disable trigger sessions_signal_ends`)
    await app.signIn(member)
    await member.call(signOut, {})
    await site.db.rows(sql`alter table sessions enable trigger sessions_signal_ends`)
    await paused('-infinity')
    expect(await toldSids(member, 2)).toHaveLength(2)
  })

  test('of a person who signs in again while the logout token is on its way', async () => {
    const member = await world.member()
    const jar = new CookieJar(member)
    receiver.status = 503
    await app.signIn(jar)
    await member.call(signOutOfApplication, { clientId: app.id })
    await toldSids(member)
    await app.signIn(jar)
    receiver.status = 200
    await settled()
    await member.call(signOut, {})
    const before = receiver.about(member).length
    await toldSids(member, before)
    await settled()
    expect(await site.db.rows(sql`select from openid_sign_ins where account_id = ${member.id}`)).toEqual([])
  })

  test('of those who were signed in before the application took logout tokens', async () => {
    const plain = await RelyingParty.register(site, world.operator, { serviceId: world.service.id })
    const member = await world.member()
    await plain.signIn(member)
    await world.operator.call(changeOpenIdClient, { clientId: plain.id, ...settings() })
    await settled(plain)
    expect(receiver.about(member)).toEqual([])
    await member.call(signOut, {})
    // It knows no session id of theirs.
    expect(await toldSids(member)).toEqual([undefined])
  })
})

describe('the connection of an application', () => {
  test('goes with the logout URI, and comes again with another one', async () => {
    const party = await registered()
    const first = await connectionOf(party)
    await world.operator.call(changeOpenIdClient, { clientId: party.id, ...settings(), backchannelLogoutUri: null })
    expect(await connectionOf(party)).toBeUndefined()
    await world.operator.call(changeOpenIdClient, { clientId: party.id, ...settings(), name: 'Hub 2' })
    expect(await connectionOf(party)).toMatchObject({ name: 'Hub 2', url: receiver.url })
    expect((await connectionOf(party))!.id).not.toBe(first!.id)
  })

  test('is not deleted without it', async () => {
    const { id: connectionId } = (await connectionOf(app))!
    const { code } = await world.operator.try(deleteConnection, { connectionId, revoke: false })
    expect(code).toBe('connection_of_application')
  })

  test('is checked with a token about an unknown person', async () => {
    const { id: connectionId } = (await connectionOf(app))!
    expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
    receiver.status = 400
    expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
    receiver.status = 404
    expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({
      outcome: 'refused_by_service',
    })
    receiver.status = 200
    expect(await world.operator.call(checkConnection, { connectionId })).toMatchObject({ outcome: 'applied' })
  })

  test('is deleted with the application, once everyone was signed out', async () => {
    const party = await registered()
    const member = await world.member()
    const tokens = await party.signIn(member)
    await world.operator.call(endOpenIdClient, { clientId: party.id })
    expect(await toldSids(member)).toEqual([sidOf(tokens)])
    await until(async () => (await connectionOf(party)) === undefined)
  })

  test('is deleted at once with the application if it is off', async () => {
    const party = await registered()
    const { id: connectionId } = (await connectionOf(party))!
    await world.operator.call(switchConnection, { connectionId, enabled: false })
    await world.operator.call(endOpenIdClient, { clientId: party.id })
    expect(await connectionOf(party)).toBeUndefined()
  })
})
