import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { CookieJar, callback, openIdWorld, RelyingParty, visit } from '../../../tests/support/relying-party'
import { sharedSite } from '../../../tests/support/shared-site'
import { testBaseUrl } from '../../../tests/support/site'
import { sql } from '../../platform/db/sql'

const site = sharedSite()
let world: Awaited<ReturnType<typeof openIdWorld>>
let app: RelyingParty
beforeAll(async () => {
  world = await openIdWorld(site)
  app = world.app
})

/** What the application is answered. */
const answerTo = async (jar: CookieJar, more: Record<string, string>) =>
  new URL((await visit(site, jar, (await app.begin(more)).address)).address)

const metadata = async () => (await fetch(`${site.url}/.well-known/openid-configuration`)).json()

describe('the discovery document', () => {
  test('names the issuer, code with S256, RS256, and the endpoints', async () => {
    const found = await metadata()
    expect(found).toMatchObject({
      issuer: testBaseUrl,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_endpoint: `${testBaseUrl}/openid/auth`,
      token_endpoint: `${testBaseUrl}/openid/token`,
      userinfo_endpoint: `${testBaseUrl}/openid/userinfo`,
      introspection_endpoint: `${testBaseUrl}/openid/introspection`,
      revocation_endpoint: `${testBaseUrl}/openid/revocation`,
      end_session_endpoint: `${testBaseUrl}/openid/logout`,
      jwks_uri: `${testBaseUrl}/openid/jwks`,
      authorization_response_iss_parameter_supported: true,
    })
    expect(found.id_token_signing_alg_values_supported).toContain('RS256')
  })

  test('names this site also behind a proxy that says otherwise', async () => {
    const headers = { 'x-forwarded-host': 'evil.example.org', 'x-forwarded-proto': 'ftp' }
    const found = await (await fetch(`${site.url}/.well-known/openid-configuration`, { headers })).json()
    expect(JSON.stringify(found)).not.toContain('evil')
  })

  test('names keys without their private parts', async () => {
    const { keys } = await (await fetch(`${site.url}/openid/jwks`)).json()
    expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256', use: 'sig' }])
    expect(Object.keys(keys[0])).not.toContain('d')
  })
})

describe('a person who is not signed in', () => {
  test('is asked to sign in to the portal', async () => {
    expect((await answerTo(new CookieJar(), {})).href).toMatch(new RegExp(`^${testBaseUrl}/continue/[\\w-]+$`))
  })

  test('is not, if the application wants no question: login_required', async () => {
    const answer = await answerTo(new CookieJar(), { prompt: 'none' })
    expect(answer.searchParams.get('error')).toBe('login_required')
    expect(answer.searchParams.get('iss')).toBe(testBaseUrl)
  })

  test('goes on where they began, once they are signed in', async () => {
    const jar = new CookieJar()
    const { address, checks } = await app.begin()
    const asked = await visit(site, jar, address)
    const member = await world.member()
    jar.take(new CookieJar(member))
    const answer = await visit(site, jar, asked.address.replace('/continue/', '/openid/sign-in/'))
    const tokens = await client.authorizationCodeGrant(app.config, new URL(answer.address), checks)
    expect(tokens.claims()!.sub).toBe(member.id)
  })
})

test('a browser without the session of the portal is not signed in by what an application left', async () => {
  const jar = new CookieJar(await world.member())
  await app.signIn(jar)
  jar.drop(/^guildhall_session$/)
  const answer = await answerTo(jar, { prompt: 'none' })
  expect(answer.searchParams.get('error')).toBe('login_required')
})

describe('a person who is signed in', () => {
  test('is signed in to the application, without a question', async () => {
    const member = await world.member()
    const tokens = await app.signIn(member, { prompt: 'none' })
    // The library has verified the signature with the published keys, and the nonce.
    const header = JSON.parse(Buffer.from(tokens.id_token!.split('.')[0]!, 'base64url').toString())
    expect(header.alg).toBe('RS256')
    expect(tokens.claims()).toMatchObject({ sub: member.id, name: expect.any(String), amr: ['pwd'] })
    expect(tokens.claims()!.nonce).toEqual(expect.any(String))
  })

  test('comes with what they hold, at the userinfo endpoint alone', async () => {
    const member = await world.member()
    const tokens = await app.signIn(member)
    const token = tokens.access_token
    const told = {
      sub: member.id,
      email: member.email,
      organization: { id: world.organizationId, admin: false },
      access_role: 'reader',
      quota_role: 'small',
      quota: [{ key: 'storage', name: 'Storage', value: 10, unit: 'GB' }],
      groups: [`${world.organizationId}:reader`, `${world.organizationId}:small`],
    }
    expect(await client.fetchUserInfo(app.config, token, member.id)).toMatchObject(told)
    const posted = await fetch(`${site.url}/openid/userinfo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await posted.json()).toMatchObject(told)
    expect(tokens.claims()).not.toHaveProperty('groups')
    expect(tokens.claims()).not.toHaveProperty('organization')
  })

  test('comes as the subject alone, if the application may ask for no more', async () => {
    const other = await RelyingParty.register(site, world.operator, { serviceId: world.service.id, scopes: [] })
    const member = await world.member()
    const { address, checks } = await other.begin({ scope: 'openid' })
    const { address: back } = await visit(site, new CookieJar(member), address)
    const tokens = await client.authorizationCodeGrant(other.config, new URL(back), checks)
    expect(await client.fetchUserInfo(other.config, tokens.access_token, member.id)).toEqual({ sub: member.id })
    const more = await visit(site, new CookieJar(member), (await other.begin()).address)
    expect(new URL(more.address).searchParams.get('error')).toBe('invalid_scope')
  })

  test('authenticates again, if the application asks for it, or it was too long ago', async () => {
    const member = await world.member()
    const longAgo = sql`update sessions set authenticated_at = now() - interval '1 hour' where account_id = ${member.id}`
    await site.db.rows(longAgo)
    const jar = new CookieJar(member)
    for (const more of [{ prompt: 'login' }, { max_age: '60' }] as Record<string, string>[]) {
      const { address, checks } = await app.begin(more)
      const asked = await visit(site, jar, address)
      expect(asked.address).toMatch(/\/continue\/[\w-]+\?again=1$/)
      await site.db.rows(
        sql`update sessions set authenticated_at = now() + interval '1 second' where account_id = ${member.id}`,
      )
      const goOn = asked.address.replace('/continue/', '/openid/sign-in/').replace('?again=1', '')
      const { address: back } = await visit(site, jar, goOn)
      const tokens = await client.authorizationCodeGrant(app.config, new URL(back), checks)
      expect(tokens.claims()!.auth_time).toEqual(expect.any(Number))
      await site.db.rows(longAgo)
    }
    expect((await app.signIn(jar, { max_age: '7200' })).claims()!.sub).toBe(member.id)
  })

  test('is not asked whether they agree, whatever the application wants', async () => {
    const member = await world.member()
    for (const prompt of ['consent', 'login consent']) {
      const jar = new CookieJar(member)
      const { address, checks } = await app.begin({ prompt })
      await site.db.rows(
        sql`update sessions set authenticated_at = now() + interval '1 second' where account_id = ${member.id}`,
      )
      const { address: back } = await visit(site, jar, address)
      expect(back).toContain(callback)
      const tokens = await client.authorizationCodeGrant(app.config, new URL(back), checks)
      expect(tokens.claims()!.sub).toBe(member.id)
    }
  })

  test('is refused by the portal, if they may not use the service', async () => {
    const stranger = await site.person()
    const answer = await answerTo(new CookieJar(stranger), {})
    expect(answer.href).toMatch(new RegExp(`^${testBaseUrl}/continue/[\\w-]+\\?refused=${app.id}$`))
    const silent = await answerTo(new CookieJar(stranger), { prompt: 'none' })
    expect(silent.searchParams.get('error')).toBe('access_denied')
    const open = await RelyingParty.register(site, world.operator, { serviceId: null })
    expect((await open.signIn(stranger)).claims()!.sub).toBe(stranger.id)
  })
})

test('an application that expects another person than is signed in learns so', async () => {
  const [one, other] = [await world.member(), await world.member()]
  const { id_token: hint } = await app.signIn(one)
  const answer = await answerTo(new CookieJar(other), { id_token_hint: hint! })
  expect(answer.searchParams.get('error')).toBe('login_required')
})

describe('an application that asks wrongly', () => {
  test.each<[string, Record<string, string>, string]>([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with the plain method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token in the answer', { response_type: 'token' }, 'unsupported_response_type'],
  ])('%s learns it', async (_, more, error) => {
    const answer = await answerTo(new CookieJar(await world.member()), more)
    expect(answer.href).toContain(callback)
    expect(answer.href).toContain(`error=${error}`)
  })

  test.each<[string, Record<string, string>]>([
    ['at an address that is not registered', { redirect_uri: 'https://app.example.org/callback/x' }],
    ['as a client that does not exist', { client_id: '01890000-0000-7000-8000-000000000000' }],
    ['as a client whose id is none', { client_id: "' or true --" }],
  ])('%s is not answered there', async (_, more) => {
    const visited = await visit(site, new CookieJar(await world.member()), (await app.begin(more)).address)
    expect(visited).toMatchObject({ status: 400, text: expect.stringContaining('Signing in failed') })
  })

  test('with text that is HTML is shown it as text', async () => {
    const { address } = await app.begin({ client_id: '<script>alert(1)</script>' })
    const { text } = await visit(site, new CookieJar(), address)
    expect(text).not.toContain('<script>')
  })
})
