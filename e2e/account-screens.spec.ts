import { expect, type Page, request } from '@playwright/test'
import { expectSound, listenTo, openQuietly } from './support/looks'
import { linkIn } from './support/mail'
import { lackSecondFactor, register, seemLongSignedIn } from './support/registering'
import { password, post, putPolicy, testWithMail } from './support/site'

const test = testWithMail()

const policy = {
  secondFactor: 'optional',
  sessionIdleMinutes: 720,
  sessionHours: 168,
  registration: 'open',
  registrationDomains: [],
  terms: null,
}
const terms = { version: '2026-03', address: 'https://coral.example/terms' }
const dialogOf = (page: Page) => page.getByRole('dialog')

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toHaveCount(0)
}

/** A message of before is not to be on the picture. */
async function closeToast(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close this message' })
  await close.click()
  await expect(close).toHaveCount(0)
}

test.describe('The screens of accounts are sound in light, in dark and on a narrow screen', () => {
  test('registering with terms and a code; the mail; what is to be done first', async ({ site, mails, browser }) => {
    test.slow()
    const set = async (change: { registration?: string; terms?: typeof terms }) => {
      await putPolicy(site.operator.api, { ...policy, ...change })
      if (change.terms) await post(site.operator.api, '/api/me/terms', { version: change.terms.version })
    }
    await set({ registration: 'invitation', terms })
    const context = await browser.newContext({ baseURL: site.url, reducedMotion: 'reduce', deviceScaleFactor: 1 })
    const page = await listenTo(await context.newPage(), '/register')
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByText('Choose a country.')).toBeVisible()
    await expectSound(page, 'register-refused-all', { provoked: /400 .*accounts$/ })
    await page.getByLabel('Invitation code').fill('0000')
    await register(page, 'nia.reyes@example.org')
    await expect(page.getByText('This code is not valid. Ask for a new one.')).toBeVisible()
    await expectSound(page, 'register-by-invitation', { provoked: /40[03] .*accounts$/ })

    await set({ terms })
    await page.reload()
    await page.getByRole('checkbox', { name: /terms of this site/ }).check()
    await register(page, 'nia.reyes@example.org')
    await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
    await expectSound(page, 'check-your-mail', { picture: true })
    await set({ terms: { ...terms, version: '2026-04' } })
    await lackSecondFactor(page)
    await page.goto('/organization')
    await expect(page.getByRole('heading', { name: 'Set up two-factor authentication' })).toBeVisible()
    await expectSound(page, 'before-you-go-on', { picture: true })
    await page.goto('/account')
    await expect(page.getByRole('row').filter({ hasText: 'This device' })).toBeVisible()
    await expectSound(page, 'account-with-something-to-do')
    await page.goto(linkIn(await mails.mailTo('nia.reyes@example.org')))
    await expect(page.getByRole('button', { name: 'Confirm address' })).toBeVisible()
    await expectSound(page, 'confirm-address', { picture: true })
    await page.goto(`/confirm-address#${'n'.repeat(32)}`)
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await expect(page.getByRole('button', { name: 'Resend link' })).toBeVisible()
    await expectSound(page, 'confirm-address-too-old', { provoked: /410 .*confirm-address$/ })
    await set({})
  })

  test('links: opened while signed out, another person’s, a forgotten password', async ({ site, mails, browser }) => {
    test.slow()
    const context = await browser.newContext({ baseURL: site.url, reducedMotion: 'reduce', deviceScaleFactor: 1 })
    const page = await listenTo(await context.newPage(), `/confirm-address#${'n'.repeat(32)}`)
    await expect(page.getByText('Sign in to confirm your address')).toBeVisible()
    await expectSound(page, 'confirm-address-sign-in')
    await page.goto('/forgot-password')
    await expect(page.getByRole('button', { name: 'Send link' })).toBeVisible()
    await expectSound(page, 'forgot-password')
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
    await expectSound(page, 'forgot-password-mailed')
    const forgetful = await site.person('Fe')
    await post(forgetful.api, '/api/password-resets', { email: forgetful.email })
    const link = linkIn(await mails.mailTo(forgetful.email))
    await page.goto(link)
    await expect(page.getByText(`Set a new password for ${forgetful.email}.`)).toBeVisible()
    // Password managers look for it.
    await expect(page.locator('form input[autocomplete="username"]')).toHaveValue(forgetful.email)
    await expectSound(page, 'set-password')
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto(link)
    await expect(page.getByRole('link', { name: 'Request a new link' })).toBeVisible()
    await expectSound(page, 'set-password-too-old', { provoked: /410 .*preview$/ })
    const noMail = JSON.stringify({ ...(await (await site.operator.api.get('/api/site/info')).json()), mail: false })
    await page.route('**/api/site/info', (route) => route.fulfill({ contentType: 'application/json', body: noMail }))
    await page.goto('/forgot-password')
    await expect(page.getByText(/Ask an operator/)).toBeVisible()
    await expectSound(page, 'forgot-password-without-mail')

    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    await ana.api.put('/api/me/address', { data: { email: 'ana.new@example.org' } })
    const other = await openQuietly(ben, linkIn(await mails.mailTo('ana.new@example.org')))
    await other.getByRole('button', { name: 'Confirm address' }).click()
    await expect(other.getByRole('button', { name: 'Sign in with another account' })).toBeVisible()
    await expectSound(other, 'confirm-address-of-another', { provoked: /403 .*confirm-address$/ })
  })

  test('Account: its sections and windows', async ({ site }) => {
    test.slow()
    const ana = await site.person('Ana')
    await site.organization(ana, 'Coral Watch')
    for (const userAgent of [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.1 Safari/604',
    ]) {
      const other = await request.newContext({
        baseURL: site.url,
        userAgent,
        extraHTTPHeaders: { origin: site.url },
      })
      await post(other, '/api/sessions', { email: ana.email, password })
    }
    const page = await openQuietly(ana, '/account')
    await expect(page.getByRole('button', { name: 'Sign out Safari on iPhone' })).toBeVisible()
    await expectSound(page, 'account', { picture: true })
    for (const [button, screen] of [
      ['Edit personal info', 'edit-personal-info'],
      ['Change address', 'change-address'],
      ['Change password', 'change-password'],
      ['Sign out Safari on iPhone', 'sign-out-device'],
      ['Delete account', 'delete-account-only-admin'],
    ] as const) {
      await page.getByRole('button', { name: button }).click()
      await expect(dialogOf(page)).toBeVisible()
      await expectSound(page, screen)
      await closeDialog(page)
    }
    await page.getByRole('button', { name: 'Change address' }).click()
    await page.getByLabel('New address').fill('ana.newest@example.org')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(dialogOf(page)).toHaveCount(0)
    await closeToast(page)
    await page.getByText('We sent a link to').scrollIntoViewIfNeeded()
    await expectSound(page, 'account-address-mailed')

    const ben = await openQuietly(await site.person('Ben', 'Reyes'), '/account')
    await ben.getByRole('button', { name: 'Delete account' }).click()
    await expectSound(ben, 'delete-account')
    await seemLongSignedIn(ben, '**/api/me/delete')
    await dialogOf(ben).getByRole('button', { name: 'Confirm' }).click()
    await ben.getByLabel('Your password').fill('not the password at all')
    await ben.getByRole('dialog', { name: 'Confirm your identity' }).getByRole('button', { name: 'Confirm' }).click()
    await expect(ben.getByText('Wrong password.')).toBeVisible()
    await expectSound(ben, 'still-you', { provoked: /40[13] .*(delete|again)$/ })

    await ben.route('**/api/me/sessions', (route) => route.abort())
    await ben.goto('/account')
    await expect(ben.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(ben, 'account-devices-unreachable', { provoked: /ERR_FAILED/ })
  })

  test('the operators’: accounts and the policy', async ({ site }) => {
    test.slow()
    const [cleo, dan] = [await site.person('Cleo', 'Santos'), await site.person('Dan', 'Ramos')]
    await site.organization(cleo, 'Reef Lab')
    await site.join(dan, cleo)
    const page = await openQuietly(site.operator, '/operator/accounts')
    await page.getByRole('button', { name: 'Disable Dan Ramos' }).click()
    await expectSound(page, 'operator-disable-dialog')
    await dialogOf(page).getByLabel('Reason').fill('Left the institute.')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(dialogOf(page)).toHaveCount(0)
    await closeToast(page)
    await expect(page.getByRole('row').filter({ hasText: 'Dan Ramos' })).toContainText('Disabled')
    await expectSound(page, 'operator-accounts-disabled')
    await page.getByRole('button', { name: 'Enable Dan Ramos' }).click()
    await expectSound(page, 'operator-enable-dialog')
    await closeDialog(page)
    await page.getByRole('button', { name: 'One-time link for Cleo Santos' }).click()
    await expectSound(page, 'operator-one-time-link-dialog')
    await dialogOf(page).getByLabel('Reason').fill('They came to the desk.')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByLabel('One-time link', { exact: true })).toBeVisible()
    await expectSound(page, 'operator-one-time-link')

    await page.goto('/operator/policy')
    await page.getByRole('radio', { name: 'E-mail addresses at certain domains' }).check()
    await page.getByLabel('Domains', { exact: true }).fill('not a domain')
    await page.getByRole('textbox', { name: 'Sign out after inactivity' }).fill('1')
    await page.getByLabel('Version').fill('2026-03')
    await page.getByLabel('Address', { exact: true }).fill('our terms')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Enter a valid URL (https://…).')).toBeVisible()
    await expectSound(page, 'operator-policy-refused')
    await page.getByLabel('Domains', { exact: true }).fill('reef.example')
    await page.getByLabel('Address', { exact: true }).fill('reef.example/terms')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(dialogOf(page)).toContainText('https://reef.example/terms')
    await expectSound(page, 'operator-policy-dialog')
    await closeDialog(page)
    await page.reload()
    await expect(page.getByRole('radio', { name: 'Optional' })).toBeChecked()
    await expectSound(page, 'operator-policy', { picture: true })
  })
})
