import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import { Person, password } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { createInvitation } from '../../membership/invitations/schema'
import { changeOwnAddress, getMe } from '../../membership/me/schema'
import { getOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { registerAccount } from '../accounts/schema'
import { authenticateAgain, endOtherSessions, endSession, listSessions, signIn, type signOut } from './schema'

const site = sharedSite()
const email = 'ana@example.org'

beforeAll(async () => {
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
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
  test('creates a session if the password is right, however the address is written', async () => {
    for (const written of [email, ' ANA@Example.org ']) {
      const { body } = await me(await cookieOf({ email: written, password }))
      expect(body.account.email).toBe(email)
    }
  })

  test('the cookie is for this site and no script, and lasts as long as the policy can allow', async () => {
    const { headers } = await site.anonymous.try(signIn, { email, password })
    const cookies = headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    const [pair, ...attributes] = cookies[0]!.split('; ')
    expect(pair).toMatch(/^guildhall_session=[^;=]{40,}$/)
    expect(attributes.map((attribute) => attribute.toLowerCase()).sort()).toEqual(
      ['max-age=7776000', 'path=/', 'httponly', 'samesite=lax'].sort(),
    )
  })

  test('what comes back beside the cookie is nothing secret', async () => {
    const answer = await site.anonymous.try(signIn, { email, password })
    expect(answer.body).toEqual({ secondFactor: false })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['a wrong password', { email, password: 'correct horse batterz' }],
    ['a password in another case', { email, password: password.toUpperCase() }],
    ['a part of the password', { email, password: password.slice(0, -1) }],
    ['the password and a space', { email, password: `${password} ` }],
    ['an unknown address', { email: 'nobody@example.org', password }],
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
        detail: 'Incorrect e-mail address or password. Check both, then try again.',
      },
    })
    expect(headers.getSetCookie()).toEqual([])
  })

  test('changes no membership', async () => {
    const { id, admin } = await acceptedOrganization(site)
    await admin.call(createInvitation, { organizationId: id, boundTo: { email } })
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
    expect(await person.try(getMe, {})).toMatchObject({ problem: { detail: 'Sign in to continue.' } })
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
      todo: [],
      organization: null,
      waiting: null,
      unreadNotifications: 0,
      mail: false,
      rejected: [],
    })
  })
})

describe('the sessions of an account', () => {
  const email = 'devices@example.org'
  const from = (cookie: string) => new Person(site.url, cookie, { id: '', name: 'Ana', email })
  beforeAll(async () => {
    await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  })

  test('are listed with browser, address and method, and which one asks', async () => {
    const [here, there] = [from(await cookieOf({ email, password })), from(await cookieOf({ email, password }))]
    const { sessions } = await here.call(listSessions, {})
    expect(sessions).toHaveLength(2)
    expect(sessions.filter(({ current }) => current)).toMatchObject([
      { method: 'password', browser: 'node', address: '127.0.0.1' },
    ])
    const theirs = (await there.call(listSessions, {})).sessions
    expect(theirs.map(({ id }) => id).sort()).toEqual(sessions.map(({ id }) => id).sort())
  })

  test('can be ended one by one, or all others at once, but not those of another account', async () => {
    const cookies = [await cookieOf({ email, password }), await cookieOf({ email, password })]
    const [here, there] = cookies.map(from) as [Person, Person]
    const mine = (await there.call(listSessions, {})).sessions.find(({ current }) => current)!
    const stranger = await site.person()
    const refused = await stranger.try(endSession, { sessionId: mine.id })
    expect(refused).toMatchObject({ status: 404, code: 'session_not_found' })
    await here.call(endSession, { sessionId: mine.id })
    expect(await there.try(getMe, {})).toMatchObject(notSignedIn)
    expect(await here.try(endSession, { sessionId: mine.id })).toMatchObject({ code: 'session_not_found' })
    const third = from(await cookieOf({ email, password }))
    expect((await here.call(endOtherSessions, {})).ended).toBeGreaterThan(0)
    expect(await third.try(getMe, {})).toMatchObject(notSignedIn)
    expect(await here.call(endOtherSessions, {})).toEqual({ ended: 0 })
  })

  test('end by the site’s policy: too long unused, or too old', async () => {
    const [unused, old] = [await site.person(), await site.person()]
    await site.db.rows(
      sql`update sessions set last_used_at = now() - interval '7 days' where account_id = ${unused.id}`,
    )
    await site.db.rows(sql`update sessions set created_at = now() - interval '30 days' where account_id = ${old.id}`)
    for (const person of [unused, old]) expect(await person.try(getMe, {})).toMatchObject(notSignedIn)
  })

  test('note their use, once a minute, beside the answer', async () => {
    const noted = await site.person()
    await site.db.rows(
      sql`update sessions set last_used_at = now() - interval '2 minutes' where account_id = ${noted.id}`,
    )
    await noted.call(getMe, {})
    const lately = sql`select from sessions where account_id = ${noted.id} and last_used_at > now() - interval '1 minute'`
    await until(async () => (await site.db.rows(lately)).length === 1)
  })

  test('are kept as hashes: nothing in the database signs in', async () => {
    const cookie = await cookieOf({ email, password })
    const token = decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!
    const rows = await site.db.rows(sql`select to_jsonb(s) from sessions s`)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('authenticating again', () => {
  test('is asked for what is sensitive, after ten minutes, and takes the password', async () => {
    const own = 'again@example.org'
    await site.anonymous.call(registerAccount, {
      email: own,
      password,
      firstName: 'Ana',
      lastName: 'Cruz',
      country: 'PH',
    })
    const person = await site.signedIn(own)
    await site.db.rows(
      sql`update sessions set authenticated_at = now() - interval '11 minutes' where account_id = ${person.id}`,
    )
    const change = () => person.try(changeOwnAddress, { email: 'again.new@example.org' })
    expect(await change()).toMatchObject({ status: 403, code: 'authenticate_again' })
    const wrong = await person.try(authenticateAgain, { password: 'not the password of it' })
    expect(wrong).toMatchObject({ status: 401, code: 'wrong_credentials' })
    expect(await change()).toMatchObject({ code: 'authenticate_again' })
    await person.call(authenticateAgain, { password })
    expect(await change()).toMatchObject({ status: 200 })
  })
})
