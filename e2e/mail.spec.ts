import { expect } from '@playwright/test'
import { linkIn } from './support/mail'
import { guest, register, signIn } from './support/registering'
import { testWithMail } from './support/site'
import { expectToast } from './support/toasts'
import { confirm } from './support/words'

const test = testWithMail()

const newPassword = 'a horse that staples batteries'

test.describe('Mail', () => {
  test('registering: the address is confirmed with the mailed link, and only Account can be reached before', async ({
    site,
    mails,
    browser,
  }) => {
    const page = await guest(browser, site, '/register')
    await register(page, 'nia.reyes@example.org')
    await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
    const first = linkIn(await mails.mailTo('nia.reyes@example.org'))

    await page.goto('/active-roles')
    await expect(page.getByRole('heading', { level: 1, name: 'Before you continue' })).toBeVisible()
    await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Account'])
    await page.getByRole('button', { name: 'Resend link' }).click()
    await expectToast(page, 'Link sent to nia.reyes@example.org.')
    await mails.mailTo('nia.reyes@example.org')
    await page.getByRole('navigation').getByRole('link', { name: 'Account' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    await expect(page.getByText('Not confirmed')).toBeVisible()

    await page.goto(first)
    await expect(page).not.toHaveURL(/#/)
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await expectToast(page, 'E-mail address nia.reyes@example.org confirmed.')
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()

    await page.goto(first)
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await expect(page.getByRole('alert')).toContainText('This link was already used or has expired.')
    await expect(page.getByRole('link', { name: 'Account' })).toBeVisible()
  })

  test('registering an address that has an account reveals nothing: its holder gets a mail', async ({
    site,
    mails,
    browser,
  }) => {
    const ana = await site.person('Ana')
    const [known, unknown] = [await guest(browser, site, '/register'), await guest(browser, site, '/register')]
    await register(known, ana.email, 'Eve', newPassword)
    await register(unknown, 'eve.cruz@example.org', 'Eve', newPassword)
    const screens = await Promise.all(
      [known, unknown].map(async (page) => {
        await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
        return [page.url(), await page.getByRole('main').innerText()]
      }),
    )
    expect(screens[0]).toEqual(screens[1]!.map((text) => text.replace('eve.cruz@example.org', ana.email)))
    expect((await mails.mailTo(ana.email)).subject).toBe('You already have an account')
  })

  test('the link opened while signed out: sign in first, then back to it', async ({ site, mails, browser }) => {
    const one = await guest(browser, site, '/register')
    await register(one, 'noa.reyes@example.org', 'Noa')
    const link = linkIn(await mails.mailTo('noa.reyes@example.org'))
    const other = await guest(browser, site, link)
    await expect(other.getByText('Sign in to confirm your address')).toBeVisible()
    expect(other.url()).not.toContain(link.split('#')[1])
    await signIn(other, 'noa.reyes@example.org')
    await other.getByRole('button', { name: 'Confirm address' }).click()
    await expectToast(other, 'E-mail address noa.reyes@example.org confirmed.')
  })

  test('another account’s link is explained, and works after signing in with that one', async ({
    site,
    mails,
    browser,
  }) => {
    const ben = await site.person('Ben')
    const registering = await guest(browser, site, '/register')
    await register(registering, 'pia.reyes@example.org', 'Pia')
    const page = await ben.page(linkIn(await mails.mailTo('pia.reyes@example.org')))
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await expect(page.getByRole('alert')).toContainText('This link belongs to another account.')
    await page.getByRole('button', { name: 'Sign in with another account' }).click()
    await signIn(page, 'pia.reyes@example.org')
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await expectToast(page, 'E-mail address pia.reyes@example.org confirmed.')
  })

  test('a forgotten password: Sign in → Forgot password? → mail → new password → Sign in', async ({
    site,
    mails,
    browser,
  }) => {
    const ana = await site.person('Ana')
    const signedIn = await ana.page('/account')
    await expect(signedIn.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    const page = await guest(browser, site, '/sign-in')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible()
    await page.getByLabel('E-mail').fill(ana.email)
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()

    const link = linkIn(await mails.mailTo(ana.email))
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'Set a new password' })).toBeVisible()
    expect(page.url()).not.toContain('#')
    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByText('At least 15 characters.', { exact: true })).toBeVisible()
    await page.getByLabel('New password').fill(newPassword)
    await page.getByRole('button', { name: 'Set password' }).click()
    await expectToast(page, 'Password changed. Sign in with your new password.')
    expect((await mails.mailTo(ana.email)).subject).toBe('Your password was changed')
    await expect(signedIn.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()

    await signIn(page, ana.email)
    await expect(page.getByRole('alert')).toContainText('Incorrect e-mail address or password.')
    await signIn(page, ana.email, newPassword)
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()

    await page.goto(link)
    await expect(page.getByRole('alert')).toContainText('This link was already used or has expired.')
    await page.getByRole('link', { name: 'Request a new link' }).click()
    await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible()
  })

  test('a new address: a link goes to it, and both get a mail about the change', async ({ site, mails, browser }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    await page.getByRole('button', { name: 'Change address' }).click()
    await page.getByLabel('New address').fill('ana.new@example.org')
    await confirm(page)
    await expectToast(page, 'Link sent to ana.new@example.org.')
    await expect(page.getByRole('region', { name: 'E-mail address' })).toContainText(ana.email)

    const opened = await ana.page(linkIn(await mails.mailTo('ana.new@example.org')))
    await opened.getByRole('button', { name: 'Confirm address' }).click()
    await expectToast(opened, 'E-mail address ana.new@example.org confirmed.')
    const address = opened.getByRole('region', { name: 'E-mail address' })
    await expect(address).toContainText('ana.new@example.org')
    await expect(address).toContainText('Confirmed')
    for (const address of [ana.email, 'ana.new@example.org'])
      expect((await mails.mailTo(address)).subject).toBe('Your e-mail address was changed')

    const elsewhere = await guest(browser, site, '/sign-in')
    await signIn(elsewhere, 'ana.new@example.org')
    await expect(elsewhere.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })
})
