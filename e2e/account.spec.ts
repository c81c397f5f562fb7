import { readFileSync } from 'node:fs'
import { expect, type Page, request } from '@playwright/test'
import { guest, seemLongSignedIn, signIn } from './support/registering'
import { type Person, password, post, type Site, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

const newPassword = 'a horse that staples batteries'
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** The same account, signed in by another browser. */
async function otherDevice(site: Site, person: Person, userAgent: string) {
  const api = await request.newContext({
    baseURL: site.url,
    userAgent,
    extraHTTPHeaders: { origin: site.url },
  })
  await post(api, '/api/sessions', { email: person.email, password })
  return api
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

test.describe('Account', () => {
  test('Personal info → Edit → Confirm → toast → the new name everywhere', async ({ site }) => {
    const page = await (await site.person('Ana')).page()
    await choose(page, 'Account')
    await page.getByRole('button', { name: 'Edit personal info' }).click()
    await page.getByLabel('First name').fill('')
    await page.getByLabel('Last name').fill('')
    await confirm(page)
    await expect(page.getByText('Enter a first name, a last name, or both.')).toBeVisible()
    await page.getByLabel('Last name').fill('Cruz')
    await page.getByLabel('First name').fill('Anabel')
    await confirm(page)
    await expectToast(page, 'Personal info updated.')
    await expect(section(page, 'Personal info')).toContainText('Anabel Cruz')
    await expect(page.getByRole('button', { name: 'Anabel Cruz' })).toBeVisible()
  })

  test('without mail, a new address counts at once, and has to be confirmed by an operator', async ({ site }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const page = await ana.page('/account')
    await page.getByRole('button', { name: 'Change address' }).click()
    await page.getByLabel('New address').fill(ben.email)
    await confirm(page)
    await expect(page.getByText('Another account already uses this e-mail address.')).toBeVisible()
    const address = `new.${ana.email}`
    await page.getByLabel('New address').fill(address)
    await confirm(page)
    await expectToast(page, `E-mail address changed to ${address}.`)
    await expect(section(page, 'E-mail address')).toContainText(address)
    await expect(section(page, 'E-mail address')).toContainText('To confirm yours, ask an operator of this site.')
  })

  test('Change password → Confirm → toast: the other devices are signed out, the new one signs in', async ({
    site,
    browser,
  }) => {
    const ana = await site.person('Ana')
    const other = await otherDevice(site, ana, firefox)
    const page = await ana.page('/account')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByLabel('New password').fill('short')
    await confirm(page)
    await expect(page.getByText('At least 15 characters.', { exact: true })).toBeVisible()
    await page.getByLabel('New password').fill(newPassword)
    await confirm(page)
    await expectToast(page, 'Password changed.')
    expect((await other.get('/api/me')).status()).toBe(401)

    const fresh = await guest(browser, site, '/sign-in')
    await signIn(fresh, ana.email, newPassword)
    await expect(fresh.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })

  test('“Confirm your identity”: what is sensitive asks for the password again, and is then done', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/account')
    await seemLongSignedIn(page, '**/api/me/password', 1)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByLabel('New password').fill(newPassword)
    await confirm(page)
    const again = page.getByRole('dialog', { name: 'Confirm your identity' })
    await again.getByLabel('Your password').fill('not the password at all')
    await again.getByRole('button', { name: 'Confirm' }).click()
    await expect(again.getByText('Wrong password. Try again.')).toBeVisible()
    await again.getByLabel('Your password').fill(password)
    await again.getByRole('button', { name: 'Confirm' }).click()
    await expectToast(page, 'Password changed.')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('“Confirm your identity” closed with Escape: the window below stays, and nothing is done', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    await seemLongSignedIn(page, '**/api/me/delete')
    await page.getByRole('button', { name: 'Delete account' }).click()
    await confirm(page)
    await expect(page.getByRole('dialog', { name: 'Confirm your identity' }).getByLabel('Your password')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: 'Confirm your identity' })).toHaveCount(0)
    await expect(page.getByRole('dialog', { name: 'Delete account?' }).getByRole('alert')).toContainText('Prove first')
    expect((await ana.api.get('/api/me')).status()).toBe(200)
  })

  test('Devices: sign out one, sign out everywhere else, sign out here', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    const devices = section(page, 'Devices')
    await expect(devices.getByRole('row').filter({ hasText: 'This device' })).toBeVisible()
    await expect(devices.getByRole('button', { name: 'Sign out everywhere else' })).toHaveCount(0)

    const [one, two, three] = [
      await otherDevice(site, ana, firefox),
      await otherDevice(site, ana, 'curl/8.5.0'),
      await otherDevice(site, ana, 'curl/8.5.0'),
    ]
    await page.reload()
    await expect(devices.getByRole('row')).toHaveCount(5)
    await devices.getByRole('button', { name: 'Sign out Firefox on Linux' }).click()
    await confirm(page)
    await expectToast(page, 'Firefox on Linux signed out.')
    await expect(devices.getByRole('row')).toHaveCount(4)
    expect((await one.get('/api/me')).status()).toBe(401)

    await devices.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await confirm(page)
    await expectToast(page, '2 other devices signed out.')
    await expect(devices.getByRole('row')).toHaveCount(2)
    for (const api of [two, three]) expect((await api.get('/api/me')).status()).toBe(401)

    await devices.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })

  test('Export my data: a file', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export my data' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('my-data.json')
    expect(JSON.parse(readFileSync(await download.path(), 'utf8')).account.email).toBe(ana.email)
  })

  test('Delete account: the only admin is shown the ways out; then Confirm → toast → no one signs in with it', async ({
    site,
  }) => {
    const ana = await site.person('Ana')
    const name = newName('Brief Watch')
    await site.organization(ana, name)
    const page = await ana.page('/account')
    await page.getByRole('button', { name: 'Delete account' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(`You are the only admin of ${name}`)
    await expect(dialog.getByRole('button', { name: 'Confirm' })).toHaveCount(0)
    await dialog.getByRole('link', { name: 'Dissolve organization' }).click()
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('button', { name: 'Dissolve organization' }).click()
    await confirm(page)
    await expectToast(page, `${name} was dissolved.`)

    await choose(page, 'Account')
    await page.getByRole('button', { name: 'Delete account' }).click()
    await confirm(page)
    await expectToast(page, 'Account deleted.')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await signIn(page, ana.email)
    await expect(page.getByRole('alert')).toContainText('Incorrect e-mail address or password.')
  })
})

test.describe('Accounts, for operators', () => {
  test('without mail, One-time link → reason → the link, once; its holder sets a new password', async ({
    site,
    browser,
  }) => {
    const ana = await site.person('Ana')
    const page = await guest(browser, site, '/sign-in')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    await expect(page.getByText(/Ask an operator of the site for a one-time link/)).toBeVisible()

    const operator = await site.operator.page(`/operator/accounts?q=${ana.email}`)
    await operator.getByRole('button', { name: 'One-time link for Ana Cruz' }).click()
    await confirm(operator)
    await expect(operator.getByText('Cannot be empty.')).toBeVisible()
    await operator.getByLabel('Reason').fill('They came to the desk.')
    await confirm(operator)
    const shown = operator.getByLabel('One-time link', { exact: true })
    const link = await shown.textContent()
    await operator.getByRole('button', { name: 'Copy link' }).click()
    await expect(operator.getByText('Copied.')).toBeAttached()
    expect(await operator.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await operator.getByRole('button', { name: 'I have saved the link' }).click()
    await expect(shown).toHaveCount(0)

    await page.goto(link!)
    await page.getByLabel('New password').fill(newPassword)
    await page.getByRole('button', { name: 'Set password' }).click()
    await expectToast(page, 'Password changed. Sign in with your new password.')
    await signIn(page, ana.email, newPassword)
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })

  test('Disable → reason → Confirm → toast: signed out at once; Enable lets in again', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    const operator = await site.operator.page(`/operator/accounts?q=${ana.email}`)
    const row = operator.getByRole('row').filter({ hasText: ana.email })
    await row.getByRole('button', { name: 'Disable Ana Cruz' }).click()
    await operator.getByLabel('Reason').fill('Left the institute.')
    await confirm(operator)
    await expectToast(operator, 'Ana Cruz’s account was disabled.')
    await expect(row).toContainText('Disabled')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await signIn(page, ana.email)
    await expect(page.getByRole('alert')).toContainText('Incorrect e-mail address or password.')

    await row.getByRole('button', { name: 'Enable Ana Cruz' }).click()
    await confirm(operator)
    await expectToast(operator, 'Ana Cruz’s account was enabled.')
    await signIn(page, ana.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  })

  test('the only admin of an organization is not disabled; the window leads to the organization', async ({ site }) => {
    const ana = await site.person('Ana')
    const name = newName('Kelp Watch')
    await site.organization(ana, name)
    const page = await site.operator.page(`/operator/accounts?q=${ana.email}`)
    await page.getByRole('button', { name: 'Disable Ana Cruz' }).click()
    await page.getByLabel('Reason').fill('Left the institute.')
    await confirm(page)
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('only admin of its organization')
    await page.getByRole('dialog').getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
