import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, signedInBrowser } from '../../../tests/support/browser'
import { whileHeld } from '../../../tests/support/held'
import { type Identity, type Issuer, startIssuer } from '../../../tests/support/issuer'
import { freePort } from '../../../tests/support/postgres'
import { openSite, type Person, password, type Site, testBaseUrl } from '../../../tests/support/site'
import { deleteOwnAccount, getMe } from '../../membership/me/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { policies } from '../../platform/limits/policies'
import { confirmAddress, registerAccount } from '../accounts/schema'
import { authenticateAgain, listSessions, signIn } from '../authentication/schema'
import { getSignInMethods } from '../sign-in-methods/schema'
import { getSiteInfo } from '../site/schema'
import { linkProvider, startProviderSignIn, unlinkProvider } from './schema'

let issuer: Issuer
let site: Site
let operator: Person

beforeAll(async () => {
  issuer = await startIssuer({ baseUrl: testBaseUrl })
  site = await openSite({ provider: issuer.settings })
  operator = await site.person('Olga', { operator: true })
})
afterAll(async () => {
  expect(await site.check()).toEqual([])
  await site.close()
  await issuer.stop()
})

let subjects = 0
/** A person at the issuer; returns the subject. */
function known(identity: Identity = {}): { subject: string; email: string } {
  const subject = `subject-${++subjects}`
  const email = `${subject}@example.org`
  issuer.people.set(subject, {
    email,
    email_verified: true,
    given_name: 'Rosa',
    family_name: 'Santos',
    country: 'PH',
    ...identity,
  })
  return { subject, email: (identity.email as string) ?? email }
}

/** Follows the callback to the site and returns where the browser ends up. */
async function comeBack(browser: Browser, address: string, at = site): Promise<string> {
  const cookie = browser.cookieHeader()
  const response = await fetch(address.replace(testBaseUrl, at.url), { redirect: 'manual', headers: { cookie } })
  expect(response.status).toBe(302)
  browser.keep(response.headers)
  return response.headers.get('location')!
}

async function enter(browser: Browser, subject: string, endpoint = startProviderSignIn as never): Promise<string> {
  const { address } = await browser.call(endpoint as typeof startProviderSignIn, {})
  return comeBack(browser, await issuer.visit(address, subject))
}

const link = (browser: Browser, subject: string) => enter(browser, subject, linkProvider as never)

const eventsOf = async (accountId: string) =>
  (await operator.call(listEvents, { accountId })).items.map(({ kind }) => kind)

const accountOf = async (browser: Browser) => (await browser.call(getMe, {})).account

/** A person with a password and a confirmed address, whom the issuer knows by the same address. */
async function confirmedAccount(name?: string) {
  const browser = await signedInBrowser(site, name)
  const { id, email } = await accountOf(browser)
  await operator.call(confirmAddress, { accountId: id, email })
  await prove(id)
  await browser.call(signIn, { email: browser.email, password })
  return { browser, id, ...known({ email: browser.email }) }
}

/** Confirms the address, as a mailed link does. */
const prove = (id: string) => site.db.rows(sql`update accounts set address_proved_at = now() where id = ${id}`)

/** A person whose address was confirmed by an operator but never proved. */
async function stranger() {
  const browser = await signedInBrowser(site)
  const { id, email } = await accountOf(browser)
  await operator.call(confirmAddress, { accountId: id, email })
  return { browser, id, email }
}

const problem = (code: string, at = '/sign-in') => `${at}#problem=${code}`

describe('signing in through the identity provider', () => {
  test('is offered by its name', async () => {
    expect(await site.anonymous.call(getSiteInfo, {})).toMatchObject({ passwords: true, provider: 'Reef ID' })
  })

  test('makes an account at the first time, with name and address as they are there, in one event', async () => {
    const { subject, email } = known()
    const browser = new Browser(site)
    expect(await enter(browser, subject)).toBe('/sign-in')
    const account = await accountOf(browser)
    expect(account).toMatchObject({
      email,
      emailConfirmed: true,
      firstName: 'Rosa',
      lastName: 'Santos',
      country: 'PH',
      operator: false,
    })
    expect(await eventsOf(account.id)).toEqual(['account_registered'])
    expect(await browser.call(listSessions, {})).toMatchObject({ sessions: [{ method: 'provider' }] })
    expect(await browser.call(getSignInMethods, {})).toMatchObject({
      password: false,
      provider: { name: 'Reef ID', linked: true },
    })
    const kept = await site.db.only<{ text: string }>(
      sql`select c::text as text from credentials c where account_id = ${account.id}`,
    )
    expect(kept.text).not.toMatch(/ey[A-Za-z0-9_-]{10}/)
  })

  test('asks the provider with state, nonce and PKCE, to be sent back to this site', async () => {
    const { address } = await new Browser(site).call(startProviderSignIn, {})
    const asked = new URL(address).searchParams
    expect(asked.get('redirect_uri')).toBe(`${testBaseUrl}/api/oauth2/callback`)
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)!.length).toBeGreaterThan(20)
  })

  test('finds the account again by its subject, and takes over a new name and a new verified address', async () => {
    const { subject } = known()
    const browser = new Browser(site)
    await enter(browser, subject)
    const { id } = await accountOf(browser)
    const email = `moved.${subject}@example.org`
    issuer.people.set(subject, { email, email_verified: true, given_name: 'Rosa', family_name: 'Lim' })
    const again = new Browser(site)
    await enter(again, subject)
    expect(await accountOf(again)).toMatchObject({ id, email, lastName: 'Lim', country: 'PH' })
    expect((await eventsOf(id)).sort()).toEqual(['account_registered', 'account_updated', 'address_changed'])
    await enter(again, subject)
    expect(await eventsOf(id)).toHaveLength(3)
  })

  if (process.env.TEST_DATABASE === 'postgres')
    test('takes over nothing from an identity that was unlinked in the meantime', async () => {
      const { subject, email } = known()
      const browser = new Browser(site)
      await enter(browser, subject)
      const { id } = await accountOf(browser)
      await site.db.rows(sql`
        insert into credentials (id, account_id, provider_id, provider_account_id, password)
        values (gen_random_uuid(), ${id}, 'credential', ${id}, 'a hash')`)
      issuer.people.set(subject, {
        email: 'taker@example.org',
        email_verified: true,
        given_name: 'Tak',
        family_name: 'Er',
      })
      const again = new Browser(site)
      const unlinking = {
        text: `delete from credentials where account_id = $1 and provider_id <> 'credential'`,
        values: [id],
      }
      const place = await whileHeld(site, id, () => enter(again, subject), unlinking)
      expect(place).toBe('/sign-in#problem=provider_refused')
      expect(await site.db.only(sql`select email, first_name from accounts where id = ${id}`)).toEqual({
        email,
        first_name: 'Rosa',
      })
    })

  test('leaves the address alone where the new one is not verified there, or is another account’s', async () => {
    const { subject, email } = known()
    const browser = new Browser(site)
    await enter(browser, subject)
    const { email: taken } = await site.person()
    for (const claims of [
      { email: 'x@example.org', email_verified: false },
      { email: taken, email_verified: true },
    ]) {
      issuer.people.set(subject, claims)
      expect(await enter(browser, subject)).toBe('/sign-in')
      expect(await accountOf(browser)).toMatchObject({ email, firstName: 'Rosa', lastName: 'Santos' })
    }
  })

  test('gives a new account some name and country, whatever the provider tells', async () => {
    const { subject } = known({ given_name: undefined, family_name: undefined, name: 'Cher', country: 'Narnia' })
    const browser = new Browser(site)
    await enter(browser, subject)
    expect(await accountOf(browser)).toMatchObject({ firstName: 'Cher', lastName: '', country: 'ZZ' })
    const single = known({ given_name: undefined, family_name: 'Suharto' })
    await enter(browser, single.subject)
    expect(await accountOf(browser)).toMatchObject({ firstName: '', lastName: 'Suharto' })
    const persian = known({ given_name: 'علی\u200cرضا', family_name: 'https://evil.example' })
    await enter(browser, persian.subject)
    expect(await accountOf(browser)).toMatchObject({ firstName: 'علی\u200cرضا', lastName: '' })
    const odd = known({ given_name: `\u202e${'x'.repeat(100)}`, family_name: ' Cruz\u0000 ' })
    await enter(browser, odd.subject)
    expect(await accountOf(browser)).toMatchObject({ firstName: 'x'.repeat(80), lastName: 'Cruz' })
  })

  test('takes what the ID token leaves out from the userinfo endpoint', async () => {
    const quiet = await startIssuer({ baseUrl: testBaseUrl, tellsInToken: false })
    const other = await openSite({ provider: quiet.settings })
    quiet.people.set('ana', { email: 'ana@example.org', email_verified: true, given_name: 'Ana', family_name: 'Cruz' })
    const browser = new Browser(other)
    const { address } = await browser.call(startProviderSignIn, {})
    expect(await comeBack(browser, await quiet.visit(address, 'ana'), other)).toBe('/sign-in')
    expect(await accountOf(browser)).toMatchObject({ email: 'ana@example.org', firstName: 'Ana' })
    await other.close()
    await quiet.stop()
  })

  test.each([
    ['is not verified there', { email_verified: false }],
    ['is not said to be verified', { email_verified: undefined }],
    ['is missing', { email: undefined }],
  ])('is refused at the first time where the address %s', async (_, identity) => {
    const { subject } = known(identity)
    const browser = new Browser(site)
    expect(await enter(browser, subject)).toBe(problem('provider_address_unverified'))
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
  })

  test.each([
    ['a Kelvin sign for a k', (email: string) => email.replace('k', '\u212a')],
    ['a line break at its end', (email: string) => `${email}\r\n`],
    ['a line break within', (email: string) => `eve@evil.example\r\n${email}`],
    ['a name in front', (email: string) => `Kim <${email}>`],
    ['a hidden character', (email: string) => `\u200b${email}`],
  ])('does not take an address with %s for a confirmed account’s', async (_, alike) => {
    const { browser, id } = await confirmedAccount('kim')
    const { subject } = known({ email: alike(browser.email) })
    expect(await enter(new Browser(site), subject)).toBe(problem('provider_address_unverified'))
    expect(await eventsOf(id)).toEqual(['address_confirmed', 'account_registered'])
  })

  test.each([
    ['nonsense', { email: 'nonsense', email_verified: true }],
    ['a list', { email: ['kim@example.org'], email_verified: true }],
    ['a line break', { email: 'kim@example.org\n', email_verified: true }],
    ['none', { email: undefined, email_verified: true }],
  ])('knows a subject again whose address has become %s, and keeps the address it had', async (_, claims) => {
    const { subject, email } = known()
    const browser = new Browser(site)
    await enter(browser, subject)
    const { id } = await accountOf(browser)
    issuer.people.set(subject, { ...claims, given_name: 'Rosa', family_name: 'Lim' })
    const again = new Browser(site)
    expect(await enter(again, subject)).toBe('/sign-in')
    expect(await accountOf(again)).toMatchObject({ id, email, emailConfirmed: true, lastName: 'Lim' })
  })

  test('of an address at a domain with other letters makes the account that its ASCII spelling signs in', async () => {
    const spelled = await site.anonymous.call(registerAccount, {
      ...{ email: 'ana@xn--mller-kva.example', password, firstName: 'Ana', country: 'PH' },
    })
    expect(spelled).toEqual({ done: true })
    const browser = new Browser(site)
    expect(await browser.try(signIn, { email: 'Ana@MÜLLER.example', password })).toMatchObject({ status: 200 })
    const { id, email } = await accountOf(browser)
    await operator.call(confirmAddress, { accountId: id, email })
    await prove(id)
    const other = new Browser(site)
    await enter(other, known({ email: 'ana@müller.example' }).subject)
    expect(await accountOf(other)).toMatchObject({ id, email: 'ana@xn--mller-kva.example' })
  })

  test('of a disabled account is refused', async () => {
    const { subject } = known()
    const browser = new Browser(site)
    await enter(browser, subject)
    const { id } = await accountOf(browser)
    await site.db.rows(sql`update accounts set disabled_at = now() where id = ${id}`)
    issuer.people.set(subject, { email: 'new@example.org', email_verified: true })
    expect(await enter(browser, subject)).toBe(problem('provider_refused'))
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    const kept = await site.db.only<{ email: string }>(sql`select email from accounts where id = ${id}`)
    expect(kept.email).not.toBe('new@example.org')
  })
})

describe('an account with the same address', () => {
  test('is linked where the address is verified on both sides; then both ways sign in', async () => {
    const { id, subject, email } = await confirmedAccount()
    const browser = new Browser(site)
    expect(await enter(browser, subject)).toBe('/sign-in')
    expect((await accountOf(browser)).id).toBe(id)
    await browser.call(signIn, { email, password })
    expect(await eventsOf(id)).toEqual(['provider_linked', 'address_confirmed', 'account_registered'])
  })

  test('is not linked if its own address is not confirmed: anyone could have registered it', async () => {
    const { email } = await signedInBrowser(site)
    const { subject } = known({ email })
    expect(await enter(new Browser(site), subject)).toBe(problem('provider_address_taken'))
  })

  test('is not linked if only an operator confirmed the address; its holder can link it after signing in', async () => {
    const { email, browser } = await stranger()
    const { subject } = known({ email })
    expect(await enter(new Browser(site), subject)).toBe(problem('provider_address_taken'))
    const { address } = await browser.call(linkProvider, {})
    expect(await comeBack(browser, await issuer.visit(address, subject))).toBe('/account')
    expect(await enter(new Browser(site), subject)).toBe('/sign-in')
  })

  test('is not linked where the provider has not verified it', async () => {
    const { subject, browser } = await confirmedAccount()
    issuer.people.set(subject, { email: browser.email, email_verified: false })
    expect(await enter(new Browser(site), subject)).toBe(problem('provider_address_taken'))
  })

  test('is not linked to a second subject: it is another person', async () => {
    const { subject, email } = known()
    await enter(new Browser(site), subject)
    const second = known({ email })
    const browser = new Browser(site)
    expect(await enter(browser, second.subject)).toBe(problem('provider_address_taken'))
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
  })
})

describe('an identity that was unlinked', () => {
  const taken = problem('provider_address_taken')

  test('is not linked again automatically, nor is another identity with the same address: only the signed-in holder can link it', async () => {
    const { browser, id, subject, email } = await confirmedAccount()
    await enter(new Browser(site), subject)
    await browser.call(unlinkProvider, {})
    const again = new Browser(site)
    expect(await enter(again, subject)).toBe(taken)
    expect(await again.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    // Mailboxes get reassigned to other people.
    expect(await enter(new Browser(site), known({ email }).subject)).toBe(taken)
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ provider: { linked: false } })
    expect((await eventsOf(id))[0]).toBe('provider_unlinked')

    expect(await link(browser, subject)).toBe('/account')
    expect(await enter(again, subject)).toBe('/sign-in')
    expect((await accountOf(again)).id).toBe(id)
    expect(
      await site.db.rows(sql`select from accounts where id = ${id} and provider_unlinked_at is null`),
    ).toHaveLength(1)
  })

  test('stays out through another password, another address that is proved, and disabling', async () => {
    const { browser, id, subject } = await confirmedAccount()
    await link(browser, subject)
    await browser.call(unlinkProvider, {})
    const email = `moved.${subject}@example.org`
    for (const change of [
      sql`update credentials set password = 'another hash' where account_id = ${id}`,
      sql`update accounts set disabled_at = now() where id = ${id}`,
      sql`update accounts set disabled_at = null where id = ${id}`,
      sql`update accounts set email = ${email}, email_verified = false, address_proved_at = null where id = ${id}`,
      sql`update accounts set email_verified = true, address_proved_at = now() where id = ${id}`,
    ])
      await site.db.rows(change)
    expect(await enter(new Browser(site), known({ email }).subject)).toBe(taken)
  })

  test('leaves no trace on a deleted account, and can register again', async () => {
    const { browser, id, subject } = await confirmedAccount()
    await link(browser, subject)
    await browser.call(unlinkProvider, {})
    await browser.call(deleteOwnAccount, {})
    expect(await site.db.only(sql`select provider_unlinked_at as at from accounts where id = ${id}`)).toEqual({
      at: null,
    })
    const again = new Browser(site)
    expect(await enter(again, subject)).toBe('/sign-in')
    expect((await accountOf(again)).id).not.toBe(id)
  })

  test('may come again where no holder ended its link, but the first proof of the address', async () => {
    const { browser, id, email } = await stranger()
    const { subject } = known({ email })
    expect(await link(browser, subject)).toBe('/account')
    await prove(id)
    expect(await enter(new Browser(site), subject)).toBe('/sign-in')
  })

  if (process.env.TEST_DATABASE === 'postgres')
    test('is not linked where it arrives while it is unlinked', async () => {
      const { id, subject } = await confirmedAccount()
      const arriving = new Browser(site)
      const unlinking = { text: 'update accounts set provider_unlinked_at = now() where id = $1', values: [id] }
      const place = await whileHeld(site, id, () => enter(arriving, subject), unlinking)
      expect(place).toMatch(/^\/sign-in#problem=/)
      expect(await site.db.rows(sql`select from credentials where account_id = ${id}`)).toHaveLength(1)
      expect(await arriving.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    })
})

describe('the way back', () => {
  test('works once, in the browser that went, with the state that it was given', async () => {
    const refused = problem('provider_refused')
    const { subject } = known()
    const browser = new Browser(site)
    const { address } = await browser.call(startProviderSignIn, {})
    const back = await issuer.visit(address, subject)
    const forged = new URL(back)
    forged.searchParams.set('state', 'x'.repeat(32))
    expect(await comeBack(new Browser(site), back)).toBe(refused)
    const other = new Browser(site)
    await other.call(startProviderSignIn, {})
    expect(await comeBack(other, back)).toBe(refused)

    const second = new Browser(site)
    const again = await issuer.visit((await second.call(startProviderSignIn, {})).address, subject)
    const cookies = new Map(second.cookies)
    expect(await comeBack(second, again)).toBe('/sign-in')
    for (const [name, value] of cookies) second.cookies.set(name, value)
    expect(await comeBack(second, again)).toBe(refused)

    const third = new Browser(site)
    await third.call(startProviderSignIn, {})
    expect(await comeBack(third, forged.href)).toBe(refused)
    expect(await third.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
  })

  test.each([
    '',
    '?code=x',
    '?state=x',
    '?error=access_denied',
    '?code=x&state=y',
    '?code=a&code=b&state=c',
    '?error=<script>&state=x',
  ])('with “%s” leads to the sign-in page and a plain sentence', async (query) => {
    const browser = new Browser(site)
    expect(await comeBack(browser, `${testBaseUrl}/api/oauth2/callback${query}`)).toBe(problem('provider_refused'))
  })

  test('with a response to another person’s request is refused: the code matches no other challenge', async () => {
    const { subject } = known()
    const [mine, theirs] = [new Browser(site), new Browser(site)]
    const stolen = new URL(await issuer.visit((await theirs.call(startProviderSignIn, {})).address, subject))
    const own = new URL((await mine.call(startProviderSignIn, {})).address)
    stolen.searchParams.set('state', own.searchParams.get('state')!)
    expect(await comeBack(mine, stolen.href)).toBe(problem('provider_refused'))
  })
})

describe('linking', () => {
  test('adds the provider to an account that is signed in, in one event', async () => {
    const { browser, id, subject } = await confirmedAccount()
    expect(await link(browser, subject)).toBe('/account')
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ provider: { linked: true } })
    expect(await eventsOf(id)).toEqual(['provider_linked', 'address_confirmed', 'account_registered'])
    expect(await browser.try(linkProvider, {})).toMatchObject({ status: 409, code: 'provider_linked' })
  })

  test('asks for the same address on both sides, confirmed on both', async () => {
    const { browser, subject } = await confirmedAccount()
    expect(await link(browser, known().subject)).toBe(problem('provider_address_differs', '/account'))
    issuer.people.set(subject, { email: browser.email, email_verified: false })
    expect(await link(browser, subject)).toBe(problem('provider_address_unverified', '/account'))
    expect(await (await signedInBrowser(site)).try(linkProvider, {})).toMatchObject({ code: 'address_to_confirm' })
  })

  test('takes no identity that is another account’s', async () => {
    const { browser, email } = await confirmedAccount()
    const { subject } = known()
    await enter(new Browser(site), subject)
    issuer.people.set(subject, { email, email_verified: true })
    expect(await link(browser, subject)).toBe(problem('provider_linked_elsewhere', '/account'))
  })

  test('ends with the session that began it', async () => {
    const { browser, id, subject } = await confirmedAccount()
    const { address } = await browser.call(linkProvider, {})
    const back = await issuer.visit(address, subject)
    await site.db.rows(sql`delete from sessions where account_id = ${id}`)
    await comeBack(browser, back)
    await browser.call(signIn, { email: browser.email, password })
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ provider: { linked: false } })
  })

  test('and unlinking ask for a session that was authenticated lately', async () => {
    const { browser, id, subject } = await confirmedAccount()
    await link(browser, subject)
    await site.db.rows(
      sql`update sessions set authenticated_at = now() - interval '11 minutes' where account_id = ${id}`,
    )
    expect(await browser.try(linkProvider, {})).toMatchObject({ code: 'authenticate_again' })
    expect(await browser.try(unlinkProvider, {})).toMatchObject({ code: 'authenticate_again' })
    await browser.call(authenticateAgain, { password })
    await browser.call(unlinkProvider, {})
    expect(await browser.try(unlinkProvider, {})).toMatchObject({ status: 404, code: 'provider_not_linked' })
    expect((await eventsOf(id))[0]).toBe('provider_unlinked')
  })

  test('is not undone where nothing else is left to sign in with', async () => {
    const browser = new Browser(site)
    await enter(browser, known().subject)
    expect(await browser.try(unlinkProvider, {})).toMatchObject({ status: 409, code: 'last_sign_in_method' })
  })
})

describe('a site', () => {
  test('whose provider is down starts, signs in by password, and says so; it finds the provider when it is back', async () => {
    const port = await freePort()
    const settings = {
      issuer: `http://127.0.0.1:${port}`,
      clientId: 'guildhall',
      clientSecret: 'a secret for tests',
      name: 'Reef ID',
    }
    const alone = await openSite({ provider: settings })
    const browser = await signedInBrowser(alone)
    await browser.call(getMe, {})
    const down = { status: 503, code: 'provider_unavailable' }
    expect(await new Browser(alone).try(startProviderSignIn, {})).toMatchObject(down)
    // Each attempt writes something, for any caller, so attempts are limited per network.
    const { perSource } = policies.startProviderSignIn
    await alone.db.rows(sql`update tries set drained_at = now() + ${perSource.seconds}::int * interval '1 second'`)
    expect(await new Browser(alone).try(startProviderSignIn, {})).toMatchObject({ code: 'too_many_tries' })
    await alone.db.rows(sql`delete from tries`)
    const late = await startIssuer({ baseUrl: testBaseUrl, port })
    late.people.set('ana', { email: 'ana@example.org', email_verified: true })
    const ana = new Browser(alone)
    const { address } = await ana.call(startProviderSignIn, {})
    expect(await comeBack(ana, await late.visit(address, 'ana'), alone)).toBe('/sign-in')
    await ana.call(getMe, {})

    const { address: next } = await ana.call(startProviderSignIn, {})
    const back = await late.visit(next, 'ana')
    await late.stop()
    expect(await comeBack(ana, back, alone)).toBe(problem('provider_refused'))
    await alone.close()
  })

  test('without a provider says so', async () => {
    const alone = await openSite()
    const person = await alone.person('Ana', { confirmed: true })
    const absent = { status: 404, code: 'provider_absent' }
    expect(await alone.anonymous.try(startProviderSignIn, {})).toMatchObject(absent)
    expect(await person.try(linkProvider, {})).toMatchObject(absent)
    expect(await person.try(unlinkProvider, {})).toMatchObject(absent)
    expect(await alone.anonymous.raw('GET', '/api/oauth2/callback?code=x&state=y')).toMatchObject({ status: 404 })
    expect(await alone.anonymous.call(getSiteInfo, {})).toMatchObject({ provider: null })
    await alone.close()
  })

  test('without passwords signs in through the provider only', async () => {
    const sealed = await openSite({ provider: issuer.settings, passwords: false })
    expect(await sealed.anonymous.call(getSiteInfo, {})).toMatchObject({ passwords: false, provider: 'Reef ID' })
    const off = { status: 403, code: 'passwords_off' }
    expect(await sealed.anonymous.try(signIn, { email: 'ana@example.org', password })).toMatchObject(off)
    const { subject } = known()
    const browser = new Browser(sealed)
    const { address } = await browser.call(startProviderSignIn, {})
    expect(await comeBack(browser, await issuer.visit(address, subject), sealed)).toBe('/sign-in')
    expect(await browser.try(authenticateAgain, { password })).toMatchObject(off)
    await sealed.close()
  })
})
