import { connect } from 'node:net'
import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { membershipOf } from '../../../tests/support/organizations'
import {
  afterLogout,
  CookieJar,
  callback,
  openIdWorld,
  RelyingParty,
  visit,
} from '../../../tests/support/relying-party'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { disableAccount } from '../../identity/accounts/schema'
import { signOut } from '../../identity/authentication/schema'
import { getMe, updateOwnAccount } from '../../membership/me/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { rotateSigningKeys } from '../openid-keys/signing-keys'

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
let app: RelyingParty
beforeAll(async () => {
  world = await openIdWorld(site)
  app = world.app
})

const refused = (error: string) => expect.objectContaining({ error })
const refresh = (token: string | undefined) => client.refreshTokenGrant(app.config, token!)
const isActive = async (token: string | undefined, by = app) =>
  (await client.tokenIntrospection(by.config, token!)).active
const userInfo = (token: string) =>
  fetch(`${site.url}/openid/userinfo`, { headers: { authorization: `Bearer ${token}` } })

/** A code of a person, and what checks the answer. */
async function codeOf(person: Person) {
  const { address, checks } = await app.begin()
  return { answer: new URL((await visit(site, new CookieJar(person), address)).address), checks }
}

/** A request to the token endpoint as it is. */
const ask = (fields: Record<string, string>, secret = app.secret) =>
  fetch(`${site.url}/openid/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${app.id}:${encodeURIComponent(secret).replaceAll('%20', '+')}`)}` },
    body: new URLSearchParams(fields),
  })

describe('a code', () => {
  test('is exchanged once; a second time ends what it brought', async () => {
    const { answer, checks } = await codeOf(await world.member())
    const tokens = await client.authorizationCodeGrant(app.config, answer, checks)
    await expect(client.authorizationCodeGrant(app.config, answer, checks)).rejects.toEqual(refused('invalid_grant'))
    expect(await isActive(tokens.access_token)).toBe(false)
    await expect(refresh(tokens.refresh_token)).rejects.toEqual(refused('invalid_grant'))
  })

  test('that is exchanged several times at once brings nothing that lasts', async () => {
    const { answer, checks } = await codeOf(await world.member())
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => client.authorizationCodeGrant(app.config, answer, checks)),
    )
    for (const one of tries) if (one.status === 'fulfilled') expect(await isActive(one.value.access_token)).toBe(false)
  })

  test('ends no other sign-in of the person when it is replayed', async () => {
    const member = await world.member()
    const other = await app.signIn(member)
    const { answer, checks } = await codeOf(member)
    await client.authorizationCodeGrant(app.config, answer, checks)
    await expect(client.authorizationCodeGrant(app.config, answer, checks)).rejects.toEqual(refused('invalid_grant'))
    expect(await isActive(other.access_token)).toBe(true)
  })

  test('needs its verifier, its address, and its own client', async () => {
    const { answer, checks } = await codeOf(await world.member())
    const wrong = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }
    await expect(client.authorizationCodeGrant(app.config, answer, wrong)).rejects.toEqual(refused('invalid_grant'))
    const other = await RelyingParty.register(site, world.operator, { serviceId: world.service.id })
    const { answer: another, checks: its } = await codeOf(await world.member())
    await expect(client.authorizationCodeGrant(other.config, another, its)).rejects.toEqual(refused('invalid_grant'))
  })

  test('is not exchanged by a client with a wrong secret', async () => {
    const response = await ask({ grant_type: 'authorization_code', code: 'x', redirect_uri: callback }, 'wrong')
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  })

  test('is exchanged with the secret in the body, or without one, where the client is registered so', async () => {
    const member = await world.member()
    for (const authentication of ['client_secret_post', 'none'] as const) {
      const other = await RelyingParty.register(site, world.operator, { serviceId: world.service.id, authentication })
      expect((await other.signIn(member)).claims()!.sub).toBe(member.id)
    }
  })

  test('brings an answer that is not stored', async () => {
    const response = await ask({ grant_type: 'refresh_token', refresh_token: 'x' })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a refresh token', () => {
  test('is replaced, and brings the claims of now', async () => {
    const member = await world.member()
    const first = await app.signIn(member)
    const { account } = await member.call(getMe, {})
    await member.call(updateOwnAccount, { firstName: 'Rosa', lastName: account.lastName, country: account.country })
    const second = await refresh(first.refresh_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.claims()).toMatchObject({ sub: member.id, given_name: 'Rosa' })
  })

  test('that is used twice ends its family', async () => {
    const first = await app.signIn(await world.member())
    const second = await refresh(first.refresh_token)
    await expect(refresh(first.refresh_token)).rejects.toEqual(refused('invalid_grant'))
    await expect(refresh(second.refresh_token)).rejects.toEqual(refused('invalid_grant'))
    expect(await isActive(second.access_token)).toBe(false)
  })

  test('that is revoked ends its access token', async () => {
    const tokens = await app.signIn(await world.member())
    await client.tokenRevocation(app.config, tokens.refresh_token!)
    expect(await isActive(tokens.access_token)).toBe(false)
  })

  test('ends when the person signs out of the portal', async () => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    await member.call(signOut, {})
    await expect(refresh(tokens.refresh_token)).rejects.toEqual(refused('invalid_grant'))
  })
})

describe('introspection and revocation', () => {
  test('tell a client of its own tokens alone', async () => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    const other = await RelyingParty.register(site, world.operator, { serviceId: world.service.id })
    expect(await client.tokenIntrospection(app.config, tokens.access_token)).toMatchObject({
      active: true,
      sub: member.id,
      client_id: app.id,
    })
    expect(await isActive(tokens.access_token, other)).toBe(false)
    await client.tokenRevocation(other.config, tokens.access_token)
    expect(await isActive(tokens.access_token)).toBe(true)
  })

  test('say nothing about what is no token', async () => {
    expect(await isActive('garbage')).toBe(false)
    await client.tokenRevocation(app.config, 'garbage')
  })
})

describe('everything ends at once', () => {
  const reason = 'A test.'
  const ends: [string, (member: Person) => Promise<unknown>][] = [
    ['leaving', (member) => member.call(leaveOrganization, { organizationId: world.organizationId })],
    [
      'being removed',
      async (member) =>
        world.admin.call(removeMember, {
          organizationId: world.organizationId,
          membershipId: await membershipOf(member),
        }),
    ],
    ['being disabled', (member) => world.operator.call(disableAccount, { accountId: member.id, reason })],
    ['ending the client', () => site.db.rows(sql`update openid_clients set ended_at = now() where id = ${app.id}`)],
    [
      'suspending the organization',
      () => asSeen(world.operator).call(suspendOrganization, { organizationId: world.organizationId, reason }),
    ],
    [
      'revoking the role',
      async () => {
        const { items } = await world.operator.call(listRoleAssignments, { organizationId: world.organizationId })
        await world.operator.call(revokeRole, {
          organizationId: world.organizationId,
          assignmentId: items[0]!.id,
          reason,
        })
      },
    ],
  ]
  test.each(ends)('with %s', async (name, end) => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    const { answer, checks } = await codeOf(member)
    expect((await userInfo(tokens.access_token)).status).toBe(200)
    await end(member)
    expect((await userInfo(tokens.access_token)).status).toBe(401)
    if (name === 'ending the client') {
      expect((await ask({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! })).status).toBe(401)
      await site.db.rows(sql`update openid_clients set ended_at = null where id = ${app.id}`)
      return
    }
    expect(await isActive(tokens.access_token)).toBe(false)
    await expect(refresh(tokens.refresh_token)).rejects.toEqual(refused('invalid_grant'))
    await expect(client.authorizationCodeGrant(app.config, answer, checks)).rejects.toEqual(refused('invalid_grant'))
    if (name === 'revoking the role') await world.grant()
    if (name === 'suspending the organization')
      await asSeen(world.operator).call(reinstateOrganization, { organizationId: world.organizationId, reason })
  })
})

describe('signing out', () => {
  test('through the application ends the session of the portal, and returns with the state', async () => {
    const member = await world.member()
    const jar = new CookieJar(member)
    const tokens = await app.signIn(jar)
    const { href } = client.buildEndSessionUrl(app.config, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: afterLogout,
      state: 'where I was',
    })
    const asked = await visit(site, jar, href)
    const [, action, xsrf] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(asked.text)!
    expect((await member.try(getMe, {})).status).toBe(200)
    const done = await visit(site, jar, action!, new URLSearchParams({ xsrf: xsrf!, logout: 'yes' }))
    expect(done.address).toBe(`${afterLogout}?state=where+I+was`)
    expect((await member.try(getMe, {})).status).toBe(401)
    expect(await isActive(tokens.access_token)).toBe(false)
  })

  test('needs the answer of the person', async () => {
    const member = await world.member()
    const jar = new CookieJar(member)
    await app.signIn(jar)
    const done = await visit(
      site,
      jar,
      'http://guildhall.test/openid/logout/confirm',
      new URLSearchParams({ xsrf: 'guessed', logout: 'yes' }),
    )
    expect(done.status).toBe(400)
    expect((await member.try(getMe, {})).status).toBe(200)
  })
})

describe('keys', () => {
  test('that are replaced go on to verify; the new one signs once everyone can know it', async () => {
    const member = await world.member()
    const kid = await rotateSigningKeys(site.db, site.keys)
    const kids = async () =>
      ((await (await fetch(`${site.url}/openid/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(
        (key) => key.kid,
      )
    await expect.poll(kids).toContain(kid)
    const header = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
    const before = header((await app.signIn(member)).id_token!).kid
    expect(before).not.toBe(kid)
    await site.db.rows(sql`update openid_keys set signs_from = now() - interval '1 second' where id = ${kid}`)
    // A new start of the application: it would look for new keys once a minute only.
    const restarted = () => RelyingParty.of(site, app.id, app.secret)
    await expect.poll(async () => header((await (await restarted()).signIn(member)).id_token!).kid).toBe(kid)
    expect(await kids()).toEqual([kid, before])
  })
})

describe('what one client sends', () => {
  test('with wrong secrets holds up no other of its network', async () => {
    const [wrong, other] = [
      await RelyingParty.register(site, world.operator, { serviceId: world.service.id }),
      await RelyingParty.register(site, world.operator, { serviceId: world.service.id }),
    ]
    const tryAs = (id: string) =>
      fetch(`${site.url}/openid/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:wrong`)}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
      })
    for (let count = 0; count < 30; count++) expect((await tryAs(wrong.id)).status).toBe(401)
    expect((await tryAs(wrong.id)).status).toBe(429)
    const tokens = other.signIn(await world.member())
    await expect(tokens).resolves.toMatchObject({ access_token: expect.any(String) })
  })

  test('slowly keeps no one else waiting', async () => {
    const { port, hostname } = new URL(site.url)
    const slow = Array.from({ length: 1000 }, () => {
      const socket = connect(Number(port), hostname).on('error', () => {})
      socket.write(
        'POST /openid/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\na=',
      )
      return socket
    })
    await Promise.all(slow.map((socket) => new Promise<void>((resolve) => socket.once('connect', resolve))))
    // By the last of these, all of them have reached the server.
    for (let count = 0; count < 100; count++) expect((await world.admin.try(getMe, {})).status).toBe(200)
    for (const socket of slow) socket.destroy()
  })
})
