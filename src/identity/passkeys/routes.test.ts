import { beforeAll, describe, expect, test } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator'
import { Browser, signedInBrowser } from '../../../tests/support/browser'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, testBaseUrl } from '../../../tests/support/site'
import { getMe } from '../../membership/me/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { listSessions } from '../authentication/schema'
import { getSignInMethods } from '../sign-in-methods/schema'
import {
  addPasskey,
  authenticateAgainWithPasskey,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const notValid = { status: 401, code: 'passkey_not_valid' }

async function add(browser: Browser, name = 'Phone'): Promise<Authenticator> {
  const authenticator = new Authenticator(testBaseUrl)
  const { options } = await browser.call(startPasskey, {})
  await browser.call(addPasskey, { name, response: authenticator.create(options) })
  return authenticator
}

/** An account with a passkey. */
async function keyHolder() {
  const browser = await signedInBrowser(site)
  const authenticator = await add(browser)
  const { account } = await browser.call(getMe, {})
  const [passkey] = (await browser.call(getSignInMethods, {})).passkeys
  return { browser, authenticator, accountId: account.id, passkeyId: passkey!.id }
}

/** A new browser that has started signing in with a passkey. */
async function asked() {
  const browser = new Browser(site)
  const { options } = await browser.call(startPasskeySignIn, {})
  return { browser, options }
}

const eventsOf = async (accountId: string) =>
  (await operator.call(listEvents, { accountId })).items.map(({ kind }) => kind)

const setAuthenticated = (accountId: string, minutes: number) =>
  site.db.rows(
    sql`update sessions set authenticated_at = now() - make_interval(mins => ${minutes}) where account_id = ${accountId}`,
  )

describe('adding a passkey', () => {
  test('asks for one that is kept and verifies its user, at this site’s name', async () => {
    const browser = await signedInBrowser(site)
    const { options } = await browser.call(startPasskey, {})
    expect(options).toMatchObject({
      rp: { id: 'guildhall.test', name: 'Guildhall' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    })
  })

  test('puts it on the list under its name, and is one event', async () => {
    const { browser, accountId, passkeyId } = await keyHolder()
    expect((await browser.call(getSignInMethods, {})).passkeys).toEqual([
      { id: passkeyId, name: 'Phone', addedAt: expect.any(String) },
    ])
    expect(await eventsOf(accountId)).toEqual(['passkey_added', 'account_registered'])
    const { options } = await browser.call(startPasskey, {})
    expect(options.excludeCredentials).toHaveLength(1)
  })

  test.each([
    ['another origin', { origin: 'http://guildhall.evil' }],
    ['another site’s name', { rpId: 'guildhall.evil' }],
    ['no user verification', { verified: false }],
  ])('with %s is refused', async (_, twist) => {
    const browser = await signedInBrowser(site)
    const { options } = await browser.call(startPasskey, {})
    const response = new Authenticator(testBaseUrl).create(options, twist)
    expect(await browser.try(addPasskey, { name: 'Phone', response })).toMatchObject(notValid)
    expect((await browser.call(getSignInMethods, {})).passkeys).toEqual([])
  })

  test('works once per challenge, and only for whom it was made', async () => {
    const [browser, other] = [await signedInBrowser(site), await signedInBrowser(site)]
    const { options } = await browser.call(startPasskey, {})
    const response = new Authenticator(testBaseUrl).create(options)
    expect(await other.try(addPasskey, { name: 'Phone', response })).toMatchObject(notValid)
    await browser.call(addPasskey, { name: 'Phone', response })
    const again = new Authenticator(testBaseUrl).create(options)
    expect(await browser.try(addPasskey, { name: 'Again', response: again })).toMatchObject(notValid)
  })

  test('is refused to an account that has twenty', async () => {
    const { browser, accountId } = await keyHolder()
    await site.db.rows(sql`
      insert into passkeys (id, account_id, name, public_key, credential_id, counter, device_type, backed_up)
      select gen_random_uuid(), ${accountId}, 'Old', 'none', gen_random_uuid()::text, 0, 'singleDevice', false
      from generate_series(1, 18)`)
    const one = async () => {
      const { options } = await browser.call(startPasskey, {})
      return { name: 'Another', response: new Authenticator(testBaseUrl).create(options) }
    }
    expect((await browser.try(addPasskey, await one())).status).toBe(201)
    expect(await browser.try(addPasskey, await one())).toMatchObject({ status: 409, code: 'too_many_passkeys' })
    expect((await browser.call(getSignInMethods, {})).passkeys).toHaveLength(20)
  })

  test('asks for a session that was authenticated lately', async () => {
    const { browser, accountId, passkeyId } = await keyHolder()
    await setAuthenticated(accountId, 11)
    const again = { status: 403, code: 'authenticate_again' }
    expect(await browser.try(startPasskey, {})).toMatchObject(again)
    const response = { id: 'none', response: { clientDataJSON: '' } }
    expect(await browser.try(addPasskey, { name: 'Phone', response })).toMatchObject(again)
    expect(await browser.try(removePasskey, { passkeyId })).toMatchObject(again)
  })
})

describe('signing in with a passkey', () => {
  test('needs neither address nor password, and satisfies a policy of two factors', async () => {
    const { authenticator, accountId } = await keyHolder()
    const { browser, options } = await asked()
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'guildhall.test' })
    expect(options).not.toHaveProperty('allowCredentials')
    await browser.call(signInWithPasskey, { response: authenticator.get(options) })
    await site.db.rows(sql`update site set second_factor = 'all'`)
    expect(await browser.call(getMe, {})).toMatchObject({ account: { id: accountId }, todo: [] })
    await site.db.rows(sql`update site set second_factor = 'optional'`)
    const { sessions } = await browser.call(listSessions, {})
    expect(sessions.find(({ current }) => current)!.method).toBe('passkey')
  })

  test.each([
    ['another origin', { origin: 'http://guildhall.evil' }],
    ['another site’s name', { rpId: 'guildhall.evil' }],
    ['no user verification', { verified: false }],
  ])('with %s is refused', async (_, twist) => {
    const { authenticator } = await keyHolder()
    const { browser, options } = await asked()
    const response = authenticator.get(options, twist)
    expect(await browser.try(signInWithPasskey, { response })).toMatchObject(notValid)
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
  })

  test('with an unknown passkey, an old challenge, or the same challenge twice is refused', async () => {
    const { authenticator } = await keyHolder()
    const unknown = await asked()
    const strange = new Authenticator(testBaseUrl).get(unknown.options)
    expect(await unknown.browser.try(signInWithPasskey, { response: strange })).toMatchObject(notValid)

    const late = await asked()
    await site.db.rows(sql`update verifications set expires_at = now() - interval '1 second'`)
    const tooLate = authenticator.get(late.options)
    expect(await late.browser.try(signInWithPasskey, { response: tooLate })).toMatchObject(notValid)

    const { browser, options } = await asked()
    const response = authenticator.get(options)
    const replay = new Browser(site)
    for (const [name, value] of browser.cookies) replay.cookies.set(name, value)
    await browser.call(signInWithPasskey, { response })
    expect(await replay.try(signInWithPasskey, { response })).toMatchObject(notValid)
    expect(await new Browser(site).try(signInWithPasskey, { response })).toMatchObject(notValid)
  })

  test('of a disabled account is refused in the same words', async () => {
    const { authenticator, accountId } = await keyHolder()
    await site.db.rows(sql`update accounts set disabled_at = now() where id = ${accountId}`)
    const { browser, options } = await asked()
    const refused = await browser.try(signInWithPasskey, { response: authenticator.get(options) })
    expect(refused).toMatchObject(notValid)
    expect(refused.headers.getSetCookie().join()).not.toContain('guildhall_session')
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
  })
})

describe('proving with a passkey that it is still you', () => {
  test('makes the session fresh, and leaves no other one behind', async () => {
    const { browser, authenticator, accountId } = await keyHolder()
    await setAuthenticated(accountId, 11)
    const { options } = await browser.call(startPasskeySignIn, {})
    expect(options.allowCredentials).toHaveLength(1)
    await browser.call(authenticateAgainWithPasskey, { response: authenticator.get(options) })
    await browser.call(startPasskey, {})
    expect((await browser.call(listSessions, {})).sessions).toHaveLength(1)
  })

  test('takes one’s own passkey', async () => {
    const [{ browser, accountId }, other] = [await keyHolder(), await keyHolder()]
    await setAuthenticated(accountId, 11)
    const { options } = await browser.call(startPasskeySignIn, {})
    const response = other.authenticator.get(options)
    expect(await browser.try(authenticateAgainWithPasskey, { response })).toMatchObject(notValid)
    expect(await browser.try(startPasskey, {})).toMatchObject({ code: 'authenticate_again' })
    expect((await other.browser.call(listSessions, {})).sessions).toHaveLength(1)
  })
})

describe('a passkey', () => {
  test('can be given another name by its holder', async () => {
    const [{ browser, passkeyId }, other] = [await keyHolder(), await keyHolder()]
    await browser.call(renamePasskey, { passkeyId, name: 'Laptop' })
    expect((await browser.call(getSignInMethods, {})).passkeys).toMatchObject([{ name: 'Laptop' }])
    const notFound = { status: 404, code: 'passkey_not_found' }
    expect(await other.browser.try(renamePasskey, { passkeyId, name: 'Mine' })).toMatchObject(notFound)
    expect(await other.browser.try(removePasskey, { passkeyId })).toMatchObject(notFound)
  })

  test('that is removed signs in no more, in one event', async () => {
    const { browser, authenticator, passkeyId, accountId } = await keyHolder()
    await browser.call(removePasskey, { passkeyId })
    const { browser: elsewhere, options } = await asked()
    const response = authenticator.get(options)
    expect(await elsewhere.try(signInWithPasskey, { response })).toMatchObject(notValid)
    expect(await eventsOf(accountId)).toEqual(['passkey_removed', 'passkey_added', 'account_registered'])
  })

  test('that is the last way to sign in stays, also when the last two are removed at the same moment', async () => {
    const { browser, accountId } = await keyHolder()
    await add(browser, 'Laptop')
    await site.db.rows(sql`
      with kept as (update sessions set security_stamp = pg_current_xact_id() where account_id = ${accountId})
      delete from credentials where account_id = ${accountId}`)
    const { passkeys } = await browser.call(getSignInMethods, {})
    const answers = await Promise.all(passkeys.map(({ id: passkeyId }) => browser.try(removePasskey, { passkeyId })))
    expect(answers.map(({ code }) => code).sort()).toEqual(['last_sign_in_method', undefined])
    const [left] = (await browser.call(getSignInMethods, {})).passkeys
    expect(await browser.try(removePasskey, { passkeyId: left!.id })).toMatchObject({
      status: 409,
      code: 'last_sign_in_method',
    })
  })
})
