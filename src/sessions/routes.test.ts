import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerAccount } from '../accounts/schema'
import { sql } from '../db/sql'
import { getOrganization } from '../organizations/schema'
import { acceptedOrganization } from '../testing/organizations'
import { openSite, type Person, password, type Site } from '../testing/site'
import { getMe, signIn, type signOut } from './schema'

let site: Site
const email = 'ana@example.org'

beforeAll(async () => {
  site = await openSite()
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
})
afterAll(async () => {
  expect(await site.check()).toEqual([])
  await site.close()
})

const notSignedIn = { status: 401, code: 'not_signed_in' }

/** The cookie of a new session. */
async function cookieOf(credentials = { email, password }): Promise<string> {
  const { status, headers } = await site.anonymous.try(signIn, credentials)
  expect(status).toBe(200)
  return headers.getSetCookie()[0]!.split(';')[0]!
}

const me = (cookie: string) => site.anonymous.raw<typeof getMe>('GET', '/api/me', undefined, { cookie })
const out = (cookie: string) => site.anonymous.raw<typeof signOut>('POST', '/api/sessions/end', '{}', { cookie })

describe('signing in', () => {
  test('gives a session to whoever knows the password, however the address is written', async () => {
    for (const written of [email, ' ANA@Example.org ']) {
      const { body } = await me(await cookieOf({ email: written, password }))
      expect(body.account.email).toBe(email)
    }
  })

  test('the cookie is for this site and no script, and lasts a week', async () => {
    const { headers } = await site.anonymous.try(signIn, { email, password })
    const cookies = headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    const [pair, ...attributes] = cookies[0]!.split('; ')
    expect(pair).toMatch(/^guildhall_session=[^;=]{40,}$/)
    expect(attributes.map((attribute) => attribute.toLowerCase()).sort()).toEqual(
      ['max-age=604800', 'path=/', 'httponly', 'samesite=lax'].sort(),
    )
  })

  test('what comes back beside the cookie is nothing secret', async () => {
    const answer = await site.anonymous.try(signIn, { email, password })
    expect(answer.body).toEqual({ done: true })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['a wrong password', { email, password: 'correct horse batterz' }],
    ['a password in another case', { email, password: password.toUpperCase() }],
    ['a part of the password', { email, password: password.slice(0, -1) }],
    ['the password and a space', { email, password: `${password} ` }],
    ['an address of nobody', { email: 'nobody@example.org', password }],
    ['a pattern for an address', { email: 'an_@example.org', password }],
  ])('with %s is refused in the same words', async (_, credentials) => {
    const { status, problem, headers } = await site.anonymous.try(signIn, credentials)
    expect({ status, problem }).toEqual({
      status: 401,
      problem: {
        type: '/docs/errors#wrong_credentials',
        title: 'wrong credentials',
        status: 401,
        code: 'wrong_credentials',
        detail: 'The e-mail address or the password is not right. Check both and try again.',
      },
    })
    expect(headers.getSetCookie()).toEqual([])
  })

  test('changes no membership', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const { organization } = (await me(await cookieOf())).body
    expect(organization).toBeNull()
    await admin.call(getOrganization, { organizationId: id })
  })
})

describe('signing out', () => {
  test('ends the session at once, on this device only', async () => {
    const [here, there] = [await cookieOf(), await cookieOf()]
    const { status, headers } = await out(here)
    expect(status).toBe(200)
    expect(headers.getSetCookie().join()).toMatch(/guildhall_session=;.*max-age=0/i)
    expect(await me(here)).toMatchObject(notSignedIn)
    expect((await me(there)).status).toBe(200)
  })

  test('leaves nothing in the database with which the session could go on', async () => {
    const count = async () => (await site.db.only<{ n: string }>(sql`select count(*) as n from sessions`)).n
    const before = await count()
    await out(await cookieOf())
    expect(await count()).toBe(before)
  })
})

describe('a session', () => {
  let person: Person
  beforeAll(async () => {
    person = await site.person()
  })

  test('ends at its time, by the database’s clock', async () => {
    const cookie = await cookieOf()
    await site.db.rows(sql`update sessions set expires_at = now() where account_id <> ${person.id}`)
    expect(await me(cookie)).toMatchObject(notSignedIn)
  })

  test('ends when the account is disabled', async () => {
    await person.call(getMe, {})
    await site.db.rows(sql`update accounts set disabled_at = now() where id = ${person.id}`)
    expect(await person.try(getMe, {})).toMatchObject(notSignedIn)
    expect(await person.try(getMe, {})).toMatchObject({ problem: { detail: 'Sign in first.' } })
  })

  test('knows the account and no secret of it', async () => {
    const { body } = await me(await cookieOf())
    expect(body).toEqual({
      account: {
        id: expect.any(String),
        email,
        emailConfirmed: false,
        firstName: 'Ana',
        lastName: 'Cruz',
        country: 'PH',
        operator: false,
        createdAt: expect.any(String),
      },
      organization: null,
      waiting: null,
      unreadNotices: 0,
      mail: false,
      rejected: [],
    })
  })
})
