import { beforeAll, describe, expect, test } from 'vitest'
import { Browser, signedInBrowser } from '../../../tests/support/browser'
import { tally } from '../../../tests/support/cluster'
import { queuedFor, whileHeld } from '../../../tests/support/held'
import { sharedSite } from '../../../tests/support/shared-site'
import { Person, password } from '../../../tests/support/site'
import { totp } from '../../../tests/support/totp'
import { getMe } from '../../membership/me/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { endOtherSessions, listSessions, signIn } from '../authentication/schema'
import { getSignInMethods } from '../sign-in-methods/schema'
import {
  confirmSecondFactor,
  giveSecondFactor,
  removeSecondFactor,
  removeSecondFactorOf,
  renewRecoveryCodes,
  startSecondFactor,
} from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

/** An account with a second factor: the browser that set it up, the secret, and the recovery codes. */
async function protectedAccount() {
  const browser = await signedInBrowser(site)
  const { secret, recoveryCodes } = await browser.call(startSecondFactor, { password })
  await browser.call(confirmSecondFactor, { code: totp(secret) })
  const { account } = await browser.call(getMe, {})
  return { browser, secret, recoveryCodes, accountId: account.id, email: browser.email }
}

/** Another browser in which the correct password was entered. */
async function challenged(email: string): Promise<Browser> {
  const browser = new Browser(site)
  expect(await browser.call(signIn, { email, password })).toEqual({ secondFactor: true })
  return browser
}

const eventsOf = async (accountId: string) =>
  (await operator.call(listEvents, { accountId })).items.map(({ kind }) => kind)

const stale = (accountId: string) =>
  site.db.rows(
    sql`update sessions set authenticated_at = now() - interval '11 minutes' where account_id = ${accountId}`,
  )

/** Sets the time of the last accepted code back by this much. */
const halfMinutesPass = (accountId: string, count: number) =>
  site.db.rows(sql`update two_factors set last_step = last_step - ${count}::int where account_id = ${accountId}`)

/** A code that is wrong now, and also half a minute earlier and later. */
function wrongCode(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((step) => totp(secret, step))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!
}

describe('setting up a second factor', () => {
  test('gives a picture, a secret to type and ten recovery codes; the first code turns it on', async () => {
    const browser = await signedInBrowser(site)
    const { account } = await browser.call(getMe, {})
    const { uri, secret, recoveryCodes } = await browser.call(startSecondFactor, { password })
    expect(uri).toMatch(/^otpauth:\/\/totp\/Guildhall/)
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const code of recoveryCodes) expect(code).toMatch(/^[a-z0-9]{5}-[a-z0-9]{5}$/)
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ secondFactor: false, recoveryCodesLeft: null })
    expect(await new Browser(site).call(signIn, { email: browser.email, password })).toEqual({ secondFactor: false })

    expect(await browser.try(confirmSecondFactor, { code: wrongCode(secret) })).toMatchObject({
      status: 401,
      code: 'wrong_code',
    })
    await browser.call(confirmSecondFactor, { code: totp(secret) })
    expect(await browser.call(getSignInMethods, {})).toMatchObject({
      password: true,
      secondFactor: true,
      recoveryCodesLeft: 10,
    })
    expect(await eventsOf(account.id)).toEqual(['second_factor_added', 'account_registered'])
  })

  test('ends every other session of the account, and goes on with this one', async () => {
    const browser = await signedInBrowser(site)
    const elsewhere = new Browser(site)
    await elsewhere.call(signIn, { email: browser.email, password })
    const { secret } = await browser.call(startSecondFactor, { password })
    await browser.call(confirmSecondFactor, { code: totp(secret) })
    expect(await elsewhere.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    const { sessions } = await browser.call(listSessions, {})
    expect(sessions).toMatchObject([{ current: true, method: 'second_factor' }])
  })

  test('may be begun again until it is on; then only the last secret counts', async () => {
    const browser = await signedInBrowser(site)
    const first = await browser.call(startSecondFactor, { password })
    const second = await browser.call(startSecondFactor, { password })
    expect(await browser.try(confirmSecondFactor, { code: totp(first.secret) })).toMatchObject({ code: 'wrong_code' })
    await browser.call(confirmSecondFactor, { code: totp(second.secret) })
    expect(await browser.try(startSecondFactor, { password })).toMatchObject({ code: 'second_factor_present' })
    expect(await browser.try(confirmSecondFactor, { code: totp(second.secret) })).toMatchObject({
      code: 'second_factor_present',
    })
  })

  test('asks for the password, however lately the session was authenticated', async () => {
    const browser = await signedInBrowser(site)
    const refusal = { status: 401, code: 'wrong_credentials' }
    expect(await browser.try(startSecondFactor, {})).toMatchObject(refusal)
    expect(await browser.try(startSecondFactor, { password: `${password}!` })).toMatchObject(refusal)
    expect(await browser.try(confirmSecondFactor, { code: '000000' })).toMatchObject({ code: 'second_factor_absent' })
  })

  test('where the account has no password, asks for a session that was authenticated lately', async () => {
    const person = await site.person()
    await stale(person.id)
    expect(await person.try(startSecondFactor, {})).toMatchObject({ status: 403, code: 'authenticate_again' })
    await site.db.rows(sql`update sessions set authenticated_at = now() where account_id = ${person.id}`)
    await person.call(startSecondFactor, {})
  })

  test('is refused if the site’s policy is “off”', async () => {
    const browser = await signedInBrowser(site)
    const { secret } = await browser.call(startSecondFactor, { password })
    await site.db.rows(sql`update site set second_factor = 'off'`)
    const refusal = { status: 403, code: 'second_factor_off' }
    expect(await browser.try(startSecondFactor, { password })).toMatchObject(refusal)
    expect(await browser.try(confirmSecondFactor, { code: totp(secret) })).toMatchObject(refusal)
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ secondFactorOff: true })
    await site.db.rows(sql`update site set second_factor = 'optional'`)
  })

  test('is what an account has to do first where the site’s policy says so', async () => {
    const browser = await signedInBrowser(site)
    await site.db.rows(sql`update site set second_factor = 'all'`)
    expect((await browser.call(getMe, {})).todo).toEqual(['second_factor'])
    const { secret } = await browser.call(startSecondFactor, { password })
    await browser.call(confirmSecondFactor, { code: totp(secret) })
    expect((await browser.call(getMe, {})).todo).toEqual([])
    await site.db.rows(sql`update site set second_factor = 'optional'`)
  })

  test('leaves neither the secret nor a code in the database', async () => {
    const { secret, recoveryCodes } = await protectedAccount()
    const raw = Buffer.from(base32(secret)).toString()
    const kept = await site.db.rows<{ text: string }>(sql`
      select t::text as text from two_factors t union all select e::text from events e
      union all select v::text from verifications v union all select s::text from sessions s`)
    const text = kept.map((row) => row.text).join('\n')
    for (const plain of [secret, raw, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))])
      expect(text).not.toContain(plain)
  })
})

/** Decodes base 32. */
function base32(text: string): number[] {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return bits
    .join('')
    .match(/.{8}/g)!
    .map((byte) => Number.parseInt(byte, 2))
}

describe('signing in with a second factor', () => {
  test('takes the password and a code; between them there is no session', async () => {
    const { email, secret } = await protectedAccount()
    const browser = await challenged(email)
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    expect(await browser.try(giveSecondFactor, { code: wrongCode(secret) })).toMatchObject({ code: 'wrong_code' })
    const code = totp(secret, 1)
    expect(await browser.call(giveSecondFactor, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` })).toEqual({
      done: true,
    })
    expect((await browser.call(getMe, {})).account.email).toBe(email)
    const { sessions } = await browser.call(listSessions, {})
    expect(sessions.find(({ current }) => current)!.method).toBe('second_factor')
  })

  test('a code works once, and says so without counting as a wrong try; the next one works', async () => {
    const { email, secret, accountId } = await protectedAccount()
    const code = totp(secret, 1)
    await (await challenged(email)).call(giveSecondFactor, { code })
    const again = await challenged(email)
    for (let time = 0; time < 12; time++)
      expect(await again.try(giveSecondFactor, { code })).toMatchObject({ status: 401, code: 'code_used' })
    expect(await again.try(giveSecondFactor, { code: totp(secret) })).toMatchObject({ code: 'code_used' })
    expect(await again.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    await halfMinutesPass(accountId, 1)
    await again.call(giveSecondFactor, { code })
  })

  test('the code that turned it on does not sign in as well', async () => {
    const browser = await signedInBrowser(site)
    const { secret } = await browser.call(startSecondFactor, { password })
    const code = totp(secret)
    await browser.call(confirmSecondFactor, { code })
    const again = await challenged(browser.email)
    expect(await again.try(giveSecondFactor, { code })).toMatchObject({ code: 'code_used' })
    await again.call(giveSecondFactor, { code: totp(secret, 1) })
  })

  test('a used code gets the same response as any other after too many wrong codes', async () => {
    const { browser, email, secret, accountId } = await protectedAccount()
    await site.db.rows(
      sql`update two_factors set locked_until = now() + interval '1 minute' where account_id = ${accountId}`,
    )
    for (const code of [totp(secret), totp(secret, 1), wrongCode(secret)])
      expect(await (await challenged(email)).try(giveSecondFactor, { code })).toMatchObject({
        code: 'too_many_wrong_codes',
      })
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ secondFactor: true })
  })

  if (process.env.TEST_DATABASE === 'postgres')
    test('a code submitted concurrently on several devices works once', async () => {
      const { email, secret, accountId } = await protectedAccount()
      const browsers = [await challenged(email), await challenged(email), await challenged(email)]
      const code = totp(secret, 1)
      // Each request has read the code before the first one is admitted.
      const answers = await queuedFor(
        site.db,
        accountId,
        browsers.map((browser) => () => browser.try(giveSecondFactor, { code })),
      )
      expect(tally(answers.map((answer) => answer.code))).toEqual({ done: 1, sign_in_again: 2 })
    })

  test('a recovery code works once in its place, however it is typed', async () => {
    const { browser: home, email, recoveryCodes } = await protectedAccount()
    const code = recoveryCodes[3]!
    await (await challenged(email)).call(giveSecondFactor, { code: ` ${code.toUpperCase()} ` })
    expect(await home.call(getSignInMethods, {})).toMatchObject({ recoveryCodesLeft: 9 })
    const again = await challenged(email)
    expect(await again.try(giveSecondFactor, { code })).toMatchObject({ code: 'wrong_recovery_code' })
    expect(await again.try(giveSecondFactor, { code: recoveryCodes[4]!.replace('-', ' ') })).toMatchObject({
      status: 200,
    })
    for (const [index, kept] of recoveryCodes.slice(5, 8).entries()) {
      const written = [kept.replace('-', ''), kept.replace('-', ' — '), `“${kept}”.`][index]!
      await (await challenged(email)).call(giveSecondFactor, { code: written })
    }
  })

  test('either code is taken, whatever a program says that it is; a refusal speaks of the one that was given', async () => {
    const { email, secret, recoveryCodes } = await protectedAccount()
    await (await challenged(email)).call(giveSecondFactor, { code: recoveryCodes[0]!, recovery: false })
    await (await challenged(email)).call(giveSecondFactor, { code: totp(secret, 1), recovery: true })
    const browser = await challenged(email)
    for (const code of ['abcde-fghij', 'abcdefghij', '12345-67890', 'abcde'])
      expect(await browser.try(giveSecondFactor, { code })).toMatchObject({ code: 'wrong_recovery_code' })
    expect(await browser.try(giveSecondFactor, { code: wrongCode(secret), recovery: true })).toMatchObject({
      code: 'wrong_code',
    })
  })

  test('a recovery code that is used at the same moment in many places works in one', async () => {
    const { email, recoveryCodes } = await protectedAccount()
    const browsers = await Promise.all(Array.from({ length: 4 }, () => challenged(email)))
    const answers = await Promise.all(
      browsers.map((browser) => browser.try(giveSecondFactor, { code: recoveryCodes[0]!, recovery: true })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  test('recovery codes that are used at the same moment, each in another place, all work', async () => {
    const { browser: home, email, recoveryCodes } = await protectedAccount()
    const browsers = await Promise.all(Array.from({ length: 6 }, () => challenged(email)))
    const answers = await Promise.all(
      browsers.map((browser, index) => browser.try(giveSecondFactor, { code: recoveryCodes[index]! })),
    )
    expect(tally(answers.map(({ code }) => code))).toEqual({ done: 6 })
    expect(await home.call(getSignInMethods, {})).toMatchObject({ recoveryCodesLeft: 4 })
  })

  if (process.env.TEST_DATABASE === 'postgres') {
    const sealedOf = async (accountId: string) =>
      (
        await site.db.only<{ sealed: string }>(
          sql`select backup_codes as sealed from two_factors where account_id = ${accountId}`,
        )
      ).sealed
    /** Submits a code while the account’s codes are replaced by these. */
    async function givenWhile(accountId: string, email: string, code: string, sealed: string) {
      const change = {
        text: 'update two_factors set backup_codes = $2 where account_id = $1',
        values: [accountId, sealed],
      }
      const browser = await challenged(email)
      return whileHeld(site, accountId, () => browser.try(giveSecondFactor, { code }), change, 'secondFactors')
    }

    test('a recovery code works while the others change', async () => {
      const { browser: home, email, recoveryCodes, accountId } = await protectedAccount()
      const all = await sealedOf(accountId)
      await (await challenged(email)).call(giveSecondFactor, { code: recoveryCodes[0]! })
      expect(await givenWhile(accountId, email, recoveryCodes[1]!, all)).toMatchObject({ status: 200 })
      expect(await home.call(getSignInMethods, {})).toMatchObject({ recoveryCodesLeft: 9 })
      expect(await (await challenged(email)).try(giveSecondFactor, { code: recoveryCodes[1]! })).toMatchObject({
        code: 'wrong_recovery_code',
      })
    })

    test('a recovery code replaced during its submission is not reported as wrong, and does not count as a wrong attempt', async () => {
      const [one, other] = [await protectedAccount(), await protectedAccount()]
      const renewed = await sealedOf(other.accountId)
      for (let time = 0; time < 12; time++) {
        const before = await sealedOf(one.accountId)
        expect(await givenWhile(one.accountId, one.email, one.recoveryCodes[1]!, renewed)).toMatchObject({
          code: 'sign_in_again',
        })
        await site.db.rows(sql`update two_factors set backup_codes = ${before} where account_id = ${one.accountId}`)
      }
      await (await challenged(one.email)).call(giveSecondFactor, { code: one.recoveryCodes[1]! })
    })
  }

  test('five wrong codes end the challenge', async () => {
    const { email, secret } = await protectedAccount()
    const browser = await challenged(email)
    for (let time = 0; time < 5; time++)
      expect(await browser.try(giveSecondFactor, { code: wrongCode(secret) })).toMatchObject({ code: 'wrong_code' })
    expect(await browser.try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject({
      status: 401,
      code: 'sign_in_again',
    })
    await (await challenged(email)).call(giveSecondFactor, { code: totp(secret, 1) })
  })

  test('ten wrong codes in a row close it for a quarter of an hour, to right ones and recovery codes too', async () => {
    const { email, secret, recoveryCodes } = await protectedAccount()
    for (let challenge = 0; challenge < 2; challenge++) {
      const browser = await challenged(email)
      for (let time = 0; time < 5; time++) await browser.try(giveSecondFactor, { code: wrongCode(secret) })
    }
    const browser = await challenged(email)
    const refused = await browser.try(giveSecondFactor, { code: totp(secret, 1) })
    expect(refused).toMatchObject({ status: 429, code: 'too_many_wrong_codes' })
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(800)
    expect(wait).toBeLessThanOrEqual(900)
    const recovery = { code: recoveryCodes[0]!, recovery: true }
    expect(await browser.try(giveSecondFactor, recovery)).toMatchObject({ code: 'too_many_wrong_codes' })
    await site.db.rows(
      sql`update two_factors set locked_until = now() - interval '1 second' where locked_until is not null`,
    )
    await site.db.rows(sql`delete from tries`)
    await browser.call(giveSecondFactor, { code: totp(secret, 1) })
  })

  test.each<[string, (name: string, value: string) => string]>([
    ['beside another cookie with a like name', (name, value) => `a.two_factor=x; ${name}=${value}`],
    ['in quotes', (name, value) => `${name}="${value}"`],
    [
      'with a letter written as its code',
      (name, value) => `${name}=%${value.charCodeAt(0).toString(16)}${value.slice(1)}`,
    ],
    ['twice', (name, value) => `${name}=x; ${name}=${value}`],
    ['after a tab', (name, value) => `x=1;\t${name}\t=${value}`],
  ])('wrong codes are counted or not looked at where the challenge comes %s', async (_, written) => {
    const { email, secret } = await protectedAccount()
    const codes: (string | undefined)[] = []
    for (let challenge = 0; challenge < 3; challenge++) {
      const [[name, value]] = [...(await challenged(email)).cookies].filter(([key]) => key.endsWith('two_factor')) as [
        [string, string],
      ]
      const person = new Person(site.url, written(name, value), { id: '', name: 'Mallory', email })
      for (let time = 0; time < 5; time++)
        codes.push((await person.try(giveSecondFactor, { code: wrongCode(secret) })).code)
    }
    expect(codes.filter((code) => code === 'wrong_code').length).toBeLessThanOrEqual(10)
    expect(codes.filter((code) => !['wrong_code', 'too_many_wrong_codes', 'sign_in_again'].includes(code!))).toEqual([])
    const counted = await site.db.rows(sql`select key from tries where key like 'secondFactor account %'`)
    expect(codes.includes('wrong_code') && counted.length === 0).toBe(false)
  })

  test('an expired, used or unknown challenge is refused', async () => {
    const { email, secret } = await protectedAccount()
    const refusal = { status: 401, code: 'sign_in_again' }
    expect(await new Browser(site).try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject(refusal)
    const late = await challenged(email)
    await site.db.rows(sql`update verifications set expires_at = now() - interval '1 second'`)
    expect(await late.try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject(refusal)
    const twice = await challenged(email)
    const cookies = new Map(twice.cookies)
    await twice.call(giveSecondFactor, { code: totp(secret, 1) })
    const replay = new Browser(site)
    for (const [name, value] of cookies) replay.cookies.set(name, value)
    expect(await replay.try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject(refusal)
  })

  test('belongs to the account of the password, even if another person is signed in', async () => {
    const other = await protectedAccount()
    const { email, secret } = await protectedAccount()
    const signedIn = new Map(other.browser.cookies)
    await other.browser.call(signIn, { email, password })
    // As if the person had signed in again in another tab.
    for (const [name, value] of signedIn) other.browser.cookies.set(name, value)
    expect(await other.browser.try(giveSecondFactor, { code: totp(other.secret, 1) })).toMatchObject({
      code: 'wrong_code',
    })
    await other.browser.call(giveSecondFactor, { code: totp(secret, 1) })
    expect((await other.browser.call(getMe, {})).account.email).toBe(email)
  })

  test('an account that is disabled between the password and the code is refused as with a wrong password', async () => {
    const { email, secret, accountId } = await protectedAccount()
    const browser = await challenged(email)
    await site.db.rows(sql`update accounts set disabled_at = now() where id = ${accountId}`)
    expect(await browser.try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    })
    expect(await browser.try(getMe, {})).toMatchObject({ code: 'not_signed_in' })
    expect(await new Browser(site).try(signIn, { email, password })).toMatchObject({ code: 'wrong_credentials' })
  })
})

describe('removing a second factor', () => {
  test('takes the password, and then the password is enough', async () => {
    const { browser, email, accountId } = await protectedAccount()
    expect(await browser.try(removeSecondFactor, {})).toMatchObject({ code: 'wrong_credentials' })
    await browser.call(removeSecondFactor, { password })
    expect(await new Browser(site).call(signIn, { email, password })).toEqual({ secondFactor: false })
    expect(await browser.try(removeSecondFactor, { password })).toMatchObject({
      status: 409,
      code: 'second_factor_absent',
    })
    expect(await eventsOf(accountId)).toEqual(['second_factor_removed', 'second_factor_added', 'account_registered'])
  })

  test('by an operator requires a reason and a recently authenticated session, and is refused for their own account', async () => {
    const { email, accountId } = await protectedAccount()
    const reason = 'The phone fell into the sea.'
    await stale(operator.id)
    expect(await operator.try(removeSecondFactorOf, { accountId, email, reason })).toMatchObject({
      code: 'authenticate_again',
    })
    await site.db.rows(sql`update sessions set authenticated_at = now() where account_id = ${operator.id}`)
    await operator.call(removeSecondFactorOf, { accountId, email, reason })
    expect(await new Browser(site).call(signIn, { email, password })).toEqual({ secondFactor: false })
    const [event] = (await operator.call(listEvents, { accountId })).items
    expect(event).toMatchObject({
      kind: 'second_factor_removed',
      actor: { id: operator.id },
      subject: { id: accountId },
      details: { reason },
    })
    expect(await operator.try(removeSecondFactorOf, { accountId, email, reason })).toMatchObject({
      code: 'second_factor_absent',
    })
    expect(
      await operator.try(removeSecondFactorOf, { accountId: operator.id, email: operator.email, reason }),
    ).toMatchObject({
      code: 'not_yourself',
    })
    const unknownId = '01890000-0000-7000-8000-000000000000'
    expect(
      await operator.try(removeSecondFactorOf, { accountId: unknownId, email: operator.email, reason }),
    ).toMatchObject({
      code: 'account_not_found',
    })
  })
})

test('guessing the password of a signed-in account is blocked after ten attempts', async () => {
  const { browser } = await protectedAccount()
  const guess = () => browser.try(removeSecondFactor, { password: 'not the password' })
  for (let time = 0; time < 10; time++) expect(await guess()).toMatchObject({ code: 'wrong_credentials' })
  expect(await guess()).toMatchObject({ status: 429, code: 'too_many_tries' })
  expect(await browser.try(removeSecondFactor, { password })).toMatchObject({ code: 'too_many_tries' })
})

describe('new recovery codes', () => {
  test('take the place of the old ones, and are one event', async () => {
    const { browser, email, recoveryCodes: old, accountId } = await protectedAccount()
    await browser.call(endOtherSessions, {})
    expect(await browser.try(renewRecoveryCodes, { password: 'not it' })).toMatchObject({ code: 'wrong_credentials' })
    const { recoveryCodes } = await browser.call(renewRecoveryCodes, { password })
    expect(new Set([...old, ...recoveryCodes]).size).toBe(20)
    const elsewhere = await challenged(email)
    expect(await elsewhere.try(giveSecondFactor, { code: old[0]! })).toMatchObject({ code: 'wrong_recovery_code' })
    await elsewhere.call(giveSecondFactor, { code: recoveryCodes[0]!, recovery: true })
    expect(await eventsOf(accountId)).toEqual(['recovery_codes_renewed', 'second_factor_added', 'account_registered'])
  })

  test('are for who has a second factor', async () => {
    const browser = await signedInBrowser(site)
    expect(await browser.try(renewRecoveryCodes, { password })).toMatchObject({ code: 'second_factor_absent' })
  })
})
