import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerAccount } from '../../src/identity/accounts/schema'
import { signIn } from '../../src/identity/authentication/schema'
import { confirmSecondFactor, giveSecondFactor, startSecondFactor } from '../../src/identity/second-factors/schema'
import { sql } from '../../src/platform/db/sql'
import { policies } from '../../src/platform/limits/policies'
import { Browser } from '../support/browser'
import { type Cluster, openCluster, tally } from '../support/cluster'
import { callFrom } from '../support/from-address'
import { password } from '../support/site'
import { totp } from '../support/totp'

let cluster: Cluster
const email = 'ana@example.org'

beforeAll(async () => {
  cluster = await openCluster()
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

test('100 wrong passwords at once, at two servers: no more are looked at than may be', async () => {
  const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
  await callFrom('127.0.0.1', cluster.urls[0], registerAccount, form)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      callFrom(
        '127.0.0.1',
        cluster.urls[index % 2]!,
        signIn,
        { email, password: `guess number ${index}` },
        // No proxy is trusted, so this header has no effect.
        { 'x-forwarded-for': `203.0.113.${index}` },
      ),
    ),
  )
  const { tries } = policies.signIn.perAccountAndSource
  expect(tally(answers.map(({ code }) => code))).toEqual({ wrong_credentials: tries, too_many_tries: 100 - tries })
  for (const url of cluster.urls) {
    expect(await callFrom('127.0.0.1', url, signIn, { email, password })).toMatchObject({ status: 429 })
    expect(await callFrom('127.0.0.2', url, signIn, { email, password })).toMatchObject({ status: 200 })
  }
})

test('24 wrong codes of a second factor at once, at two servers: ten are looked at, and a right one costs nothing', async () => {
  // The tests above exhausted this network's attempts.
  await cluster.db.rows(sql`delete from tries`)
  const who = { email: 'bea@example.org', password }
  const home = new Browser({ url: cluster.urls[0] })
  await home.call(registerAccount, { ...who, firstName: 'Bea', lastName: 'Cruz', country: 'PH' })
  await home.call(signIn, who)
  const { secret, recoveryCodes } = await home.call(startSecondFactor, { password })
  await home.call(confirmSecondFactor, { code: totp(secret) })
  const challenged = async (index: number) => {
    const browser = new Browser({ url: cluster.urls[index % 2]! })
    await browser.call(signIn, who)
    return browser
  }
  for (let index = 0; index < 8; index++)
    await (await challenged(index)).call(giveSecondFactor, { code: recoveryCodes[index]! })

  const browsers: Browser[] = []
  for (let index = 0; index < 24; index++) browsers.push(await challenged(index))
  const answers = await Promise.all(browsers.map((browser) => browser.try(giveSecondFactor, { code: 'wrong-wrong' })))
  const { tries } = policies.secondFactor.perAccount
  expect(tries).toBe(10)
  expect(tally(answers.map(({ code }) => code))).toEqual({
    wrong_recovery_code: tries,
    too_many_wrong_codes: 24 - tries,
  })
  for (const index of [0, 1]) {
    const late = await (await challenged(index)).try(giveSecondFactor, { code: totp(secret, 1) })
    expect(late).toMatchObject({ status: 429, code: 'too_many_wrong_codes' })
    const wait = Number(late.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(800)
    expect(wait).toBeLessThanOrEqual(900)
  }
})
