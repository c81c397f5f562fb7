import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callFrom } from '../../../tests/support/from-address'
import { sharedSite } from '../../../tests/support/shared-site'
import { password } from '../../../tests/support/site'
import { registerAccount } from '../../identity/accounts/schema'
import { signIn } from '../../identity/authentication/schema'
import { startPasskeySignIn } from '../../identity/passkeys/schema'
import { sql } from '../db/sql'
import { policies } from './policies'
import { countTry, forgetOldTries, uncountTry } from './store'

const site = sharedSite()
const email = 'ana@example.org'
const [here, elsewhere] = ['127.0.0.1', '127.0.0.2']
const form = (address: string) => ({ email: address, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })

beforeAll(async () => {
  await site.anonymous.call(registerAccount, form(email))
})
beforeEach(async () => {
  await site.db.rows(sql`delete from tries`)
})

const guess = (address = email, from = here, headers = {}) =>
  callFrom(from, site.url, signIn, { email: address, password: 'not the right one' }, headers)
const enter = (from = here) => callFrom(from, site.url, signIn, { email, password })
/** As if so much time had passed. */
const later = (seconds: number) =>
  site.db.rows(sql`update tries set drained_at = drained_at - ${seconds}::float8 * interval '1 second'`)
/** The answers to so many tries, one after the other. */
async function codesOf(times: number, once: (index: number) => Promise<{ code: string | undefined }>) {
  const codes: (string | undefined)[] = []
  for (let index = 0; index < times; index++) codes.push((await once(index)).code)
  return codes
}
/** Fills a counter, as if it had been tried as often as may be. */
const fill = (key: string, { seconds }: { seconds: number }) =>
  site.db.rows(sql`
    insert into tries (key, drained_at) values (${key}, now() + ${seconds}::float8 * interval '1 second')
    on conflict (key) do update set drained_at = excluded.drained_at`)

const wrong = (times: number) => Array<string>(times).fill('wrong_credentials')
const { tries } = policies.signIn.perAccountAndSource

describe('signing in', () => {
  test('to one account is limited, and the right password is refused too while that lasts', async () => {
    expect(await codesOf(tries + 1, () => guess())).toEqual([...wrong(tries), 'too_many_tries'])
    expect(await enter()).toMatchObject({ status: 429, code: 'too_many_tries', cookie: undefined })
  })

  test('says how long to wait, and waiting so long helps', async () => {
    await codesOf(tries, () => guess())
    const { retryAfter, detail } = await guess()
    expect(retryAfter).toBeGreaterThan(60)
    expect(retryAfter).toBeLessThanOrEqual(90)
    expect(detail).toBe('Too many attempts. Wait 2 minutes, then try again.')
    await later(retryAfter! - 30)
    expect(await guess()).toMatchObject({
      detail: expect.stringMatching(/^Too many attempts\. Wait \d\d seconds, then/),
    })
    await later(30)
    expect((await guess()).code).toBe('wrong_credentials')
    expect((await guess()).code).toBe('too_many_tries')
  })

  test('from another network goes on, and so does signing in to another account from here', async () => {
    await codesOf(tries + 1, () => guess())
    expect(await enter(elsewhere)).toMatchObject({ status: 200 })
    expect((await guess('bea@example.org')).code).toBe('wrong_credentials')
  })

  test('is limited alike where there is no such account', async () => {
    const known = await codesOf(tries + 1, () => guess())
    const unknown = await codesOf(tries + 1, () => guess('nobody@example.org'))
    expect(unknown).toEqual(known)
    const { retryAfter: _, ...refusal } = await guess()
    expect(await guess('nobody@example.org')).toMatchObject(refusal)
  })

  test('to ever other accounts is limited per network', async () => {
    const { seconds, tries: many } = policies.signIn.perSource
    await fill(`signIn source ${here}`, { seconds: seconds - seconds / many })
    const codes = await codesOf(2, (index) => guess(`somebody${index}@example.org`))
    expect(codes).toEqual(['wrong_credentials', 'too_many_tries'])
    expect(await enter()).toMatchObject({ status: 429 })
    expect(await enter(elsewhere)).toMatchObject({ status: 200 })
  })

  test('is limited whatever a browser says of where it is', async () => {
    const codes = await codesOf(tries + 2, (index) =>
      guess(email, here, {
        'x-forwarded-for': `203.0.113.${index}`,
        'x-real-ip': `203.0.113.${index}`,
        forwarded: `for=203.0.113.${index}`,
      }),
    )
    expect(codes).toEqual([...wrong(tries), 'too_many_tries', 'too_many_tries'])
  })

  test('with the right password counts for nothing', async () => {
    expect(await codesOf(tries + 5, () => enter())).toEqual(Array(tries + 5).fill(undefined))
    expect(await codesOf(tries + 1, () => guess())).toEqual([...wrong(tries), 'too_many_tries'])
  })

  test('to one account is limited for all networks together, after many more tries than for one', async () => {
    const { perAccount } = policies.signIn
    expect(perAccount.tries).toBeGreaterThanOrEqual(5 * tries)
    await fill(`signIn account ${email}`, perAccount)
    expect(await enter(elsewhere)).toMatchObject({ status: 429, code: 'too_many_tries' })
  })

  test('that is refused to one network does not count against the account', async () => {
    await fill(`signIn source ${here}`, policies.signIn.perSource)
    await codesOf(3, () => guess())
    const rows = await site.db.rows<{ key: string }>(sql`select key from tries`)
    expect(rows.map(({ key }) => key)).toEqual([`signIn source ${here}`])
  })
})

test('a refused attempt counts nowhere', async () => {
  await codesOf(tries, () => guess())
  const counted = () => site.db.rows(sql`select key, drained_at from tries order by key`)
  const before = await counted()
  expect(await codesOf(3, () => guess())).toEqual(Array(3).fill('too_many_tries'))
  expect(await counted()).toEqual(before)
})

describe('registering', () => {
  test('is limited per network, whether or not the address is taken', async () => {
    const { perSource } = policies.registerAccount
    const share = perSource.seconds / perSource.tries
    await fill(`registerAccount source ${here}`, { seconds: perSource.seconds - 2 * share })
    const codes = await codesOf(3, () => callFrom(here, site.url, registerAccount, form(email)))
    expect(codes).toEqual(['account_exists', 'account_exists', 'too_many_tries'])
    expect(await callFrom(here, site.url, registerAccount, form('new@example.org'))).toMatchObject({ status: 429 })
    expect(await callFrom(elsewhere, site.url, registerAccount, form('new@example.org'))).toMatchObject({ status: 201 })
  })
})

test('starting to sign in with a passkey is limited per network', async () => {
  const { perSource } = policies.startPasskeySignIn
  const share = perSource.seconds / perSource.tries
  await fill(`startPasskeySignIn source ${here}`, { seconds: perSource.seconds - share })
  const start = (from: string) => callFrom(from, site.url, startPasskeySignIn, {})
  expect(await start(here)).toMatchObject({ status: 200 })
  expect(await start(here)).toMatchObject({ status: 429, code: 'too_many_tries' })
  expect(await start(elsewhere)).toMatchObject({ status: 200 })
})

test('a counter lets through as many tries as it is for, and one more whenever its share of the time has passed', async () => {
  const counter = { key: 'a counter', tries: 60, seconds: 600_000 }
  const passed = async () => {
    let count = 0
    while ((await countTry(site.db, counter)).wait === 0) count++
    return count
  }
  expect(await passed()).toBe(60)
  expect((await countTry(site.db, counter)).wait).toBeGreaterThan(9_000)
  await later(20_000)
  expect(await passed()).toBe(2)
  await uncountTry(site.db, counter)
  expect(await passed()).toBe(1)
  await later(1_000_000)
  expect(await passed()).toBe(60)
})

test('tries whose time has passed are forgotten, and no others', async () => {
  await guess()
  await fill('long ago', { seconds: -1 })
  await forgetOldTries(site.db)
  const rows = await site.db.rows<{ key: string }>(sql`select key from tries order by key`)
  expect(rows.map(({ key }) => key)).toEqual([
    `signIn account ${email}`,
    `signIn account ${email} source ${here}`,
    `signIn source ${here}`,
  ])
})
