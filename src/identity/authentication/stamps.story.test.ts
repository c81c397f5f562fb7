import { expect, test } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator'
import { Browser, signedInBrowser } from '../../../tests/support/browser'
import { whileHeld } from '../../../tests/support/held'
import { sharedSite } from '../../../tests/support/shared-site'
import { password, testBaseUrl } from '../../../tests/support/site'
import { totp } from '../../../tests/support/totp'
import { acceptTerms, getMe, updateOwnAccount } from '../../membership/me/schema'
import { setNotificationPreferences } from '../../messaging/notifications/schema'
import { sql } from '../../platform/db/sql'
import { addPasskey, startPasskey } from '../passkeys/schema'
import { confirmSecondFactor, giveSecondFactor, startSecondFactor } from '../second-factors/schema'
import { getSignInMethods } from '../sign-in-methods/schema'
import { signIn } from './schema'

const site = sharedSite()

const stamping = 'update accounts set security_stamp = pg_current_xact_id() where id = $1'
const idOf = async (browser: Browser) => (await browser.call(getMe, {})).account.id

test('a challenge is worth nothing once sessions have ended, however right the password was', async () => {
  const browser = await signedInBrowser(site)
  const { secret } = await browser.call(startSecondFactor, { password })
  await browser.call(confirmSecondFactor, { code: totp(secret) })
  const accountId = await idOf(browser)
  const entering = new Browser(site)
  await entering.call(signIn, { email: browser.email, password })
  await site.db.rows(sql`update accounts set security_stamp = pg_current_xact_id() where id = ${accountId}`)
  expect(await entering.try(giveSecondFactor, { code: totp(secret, 1) })).toMatchObject({ status: 401 })
  expect(await entering.try(getMe, {})).toMatchObject({ status: 401 })
})

if (process.env.TEST_DATABASE === 'postgres') {
  test('a sign-in that waits for the account is none once sessions have ended', async () => {
    const browser = await signedInBrowser(site)
    const accountId = await idOf(browser)
    const entering = new Browser(site)
    const signingIn = () => entering.try(signIn, { email: browser.email, password })
    const answer = await whileHeld(site, accountId, signingIn, { text: stamping, values: [accountId] })
    expect(answer).toMatchObject({ status: 401 })
    expect(await entering.try(getMe, {})).toMatchObject({ status: 401 })
  })

  test('a passkey that waits for the account is not added once sessions have ended', async () => {
    const browser = await signedInBrowser(site)
    const accountId = await idOf(browser)
    const { options } = await browser.call(startPasskey, {})
    const response = new Authenticator(testBaseUrl).create(options)
    const adding = () => browser.try(addPasskey, { name: 'Phone', response })
    const answer = await whileHeld(site, accountId, adding, { text: stamping, values: [accountId] })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const again = new Browser(site)
    await again.call(signIn, { email: browser.email, password })
    expect((await again.call(getSignInMethods, {})).passkeys).toEqual([])
  })
  test('a second factor whose confirmation waits for the account stays off once sessions have ended', async () => {
    const browser = await signedInBrowser(site)
    const accountId = await idOf(browser)
    const { secret } = await browser.call(startSecondFactor, { password })
    const confirming = () => browser.try(confirmSecondFactor, { code: totp(secret) })
    const answer = await whileHeld(site, accountId, confirming, { text: stamping, values: [accountId] })
    expect(answer).toMatchObject({ code: 'not_signed_in' })
    const again = new Browser(site)
    expect(await again.call(signIn, { email: browser.email, password })).toEqual({ secondFactor: false })
  })

  test('a second factor is not turned on by a code of another one that was started concurrently', async () => {
    const browser = await signedInBrowser(site)
    const accountId = await idOf(browser)
    const { secret } = await browser.call(startSecondFactor, { password })
    const confirming = () => browser.try(confirmSecondFactor, { code: totp(secret) })
    const answer = await whileHeld(site, accountId, confirming, {
      text: 'update two_factors set id = gen_random_uuid(), secret = $2 where account_id = $1',
      values: [accountId, 'another'],
    })
    expect(answer).toMatchObject({ code: 'changed_meanwhile' })
    expect(await browser.call(getSignInMethods, {})).toMatchObject({ secondFactor: false })
  })

  test('a second factor is not begun once sessions have ended, however right the password was', async () => {
    const browser = await signedInBrowser(site)
    const accountId = await idOf(browser)
    const beginning = () => browser.try(startSecondFactor, { password })
    const answer = await whileHeld(site, accountId, beginning, { text: stamping, values: [accountId] })
    expect(answer).toMatchObject({ code: 'not_signed_in' })
    expect(await site.db.rows(sql`select id from two_factors where account_id = ${accountId}`)).toEqual([])
  })

  const termsAre = (version: string | null) =>
    site.db.rows(sql`update site set terms_version = ${version}, terms_address = ${version && 'https://terms.example'}`)
  const saves: Record<string, (browser: Browser) => Promise<{ code: string | undefined }>> = {
    'the terms are accepted': (browser) => browser.try(acceptTerms, { version: '2026-04' }),
    'one’s details are changed': (browser) => browser.try(updateOwnAccount, { firstName: 'Ada', country: 'PH' }),
    'notification preferences are set': (browser) =>
      browser.try(setNotificationPreferences, { organization: false, members: true, roles: true }),
  }
  test.each(Object.entries(saves))(
    'nothing is saved of an account that was deleted while it waited: %s',
    async (what, save) => {
      const browser = await signedInBrowser(site)
      if (what === 'the terms are accepted') await termsAre('2026-04')
      const accountId = await idOf(browser)
      const answer = await whileHeld(site, accountId, () => save(browser), {
        text: `with deleted as (
          update accounts set email = 'deleted-' || id || '@invalid', email_verified = false, address_proved_at = null, first_name = 'Deleted',
            last_name = 'account', country = 'ZZ', disabled_at = now(), deleted_at = now() where id = $1
        ) delete from credentials where account_id = $1`,
        values: [accountId],
      })
      await termsAre(null)
      expect(answer.code).toBe('not_signed_in')
      const left = await site.db.only(sql`
      select terms_version, first_name, (select count(*)::int from notification_preferences where account_id = a.id) as preferences,
        (select kind from events where actor_id = a.id order by position desc limit 1) as last
      from accounts a where id = ${accountId}`)
      expect(left).toEqual({ terms_version: null, first_name: 'Deleted', preferences: 0, last: 'account_registered' })
    },
  )
}
