import { expect } from '@playwright/test'
import { linkIn } from './support/mail'
import { guest, register, signIn } from './support/registering'
import { post, testWithMail } from './support/site'
import { expectToast } from './support/toasts'
import { confirm, newName } from './support/words'

const test = testWithMail()

test.describe('Links', () => {
  test('a mail gateway rewrote the #: the secret leaves the address at once, and the page is the same', async ({
    site,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = (await site.code(admin)).replaceAll('-', '')
    const ben = await site.person('Ben')
    for (const path of [`/join%23${code}`, `/join%2523${code}?utm_source=mail`, `/join?utm_source=mail#${code}&x=1`]) {
      const page = await ben.page(path)
      await expect(page.getByText(name)).toBeVisible()
      expect(page.url()).not.toContain(code)
      await page.close()
    }
    const stranger = await guest(browser, site, '/reset%23AbCdEfGhIjKlMnOpQrStUvWxYz012345.')
    await expect(stranger.getByRole('heading', { name: 'Set a new password' })).toBeVisible()
    expect(new URL(stranger.url()).pathname).toBe('/reset')
  })

  test('a link that lost its end says so, and takes the code or the full link', async ({ site, browser }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = await site.code(admin)
    for (const path of ['/reset', '/confirm-address', '/setup', '/join']) {
      const page = await guest(browser, site, path)
      await expect(page.getByRole('heading', { name: 'This link is incomplete' })).toBeVisible()
      await page.close()
    }
    const page = await (await site.person('Ben')).page('/join')
    await page.getByLabel('Invitation code').fill('hello')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText('This code is not valid.')).toBeVisible()
    await page.getByLabel('Invitation code').fill(`“${code}”.`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText(name)).toBeVisible()
  })

  test('a reset or confirmation link that was cut says so, and takes the text of the mail', async ({
    site,
    mails,
    browser,
  }) => {
    const ana = await site.person('Ana')
    await post(ana.api, '/api/password-resets', { email: ana.email })
    const link = linkIn(await mails.mailTo(ana.email))
    const incomplete = { name: 'This link is incomplete' }
    for (const path of ['/reset', '/confirm-address']) {
      const page = await guest(browser, site, `${path}#AbCdEf`)
      await expect(page.getByRole('heading', incomplete)).toBeVisible()
      expect(page.url()).not.toContain('AbCdEf')
      await page.getByLabel('Link').fill(`${site.url}${path}#AbCdEf`)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText('This link is incomplete too.')).toBeVisible()
      await page.close()
    }
    const page = await guest(browser, site, '/reset#AbCdEf')
    const broken = `${link.slice(0, -20)}\n> ${link.slice(-20)}`
    await page.getByLabel('Link').fill(`> Hello Ana,\n> open this link:\n> ${broken}\n> It works for an hour.`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText(`Set a new password for ${ana.email}.`)).toBeVisible()
  })

  test('a link that no longer works is forgotten: the page asks for one', async ({ site, browser }) => {
    const page = await guest(browser, site, '/reset#AbCdEfGhIjKlMnOpQrStUvWxYz012345')
    await expect(page.getByText('This link was already used or has expired.')).toBeVisible()
    await page.goto(`${site.url}/reset`)
    await expect(page.getByRole('heading', { name: 'This link is incomplete' })).toBeVisible()
  })

  test('a link to another page is named for what it is, and leads there', async ({ site, browser }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = await site.code(admin)
    const ben = await (await site.person('Ben')).page('/reset#AbCdEf')
    await ben.getByLabel('Link').fill(`${site.url}/join#${code}`)
    await ben.getByLabel('Link').press('Enter')
    await expect(ben.getByText('This is an invitation link.')).toBeVisible()
    await ben.getByRole('button', { name: 'Open this link' }).click()
    await expect(ben.getByText(name)).toBeVisible()
    const page = await guest(browser, site, '/join#AbCdEf')
    await page.getByLabel('Invitation code').fill(`${site.url}/reset#AbCdEfGhIjKlMnOpQrStUvWxYz012345`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText('This is a link that sets a new password.')).toBeVisible()
    await page.getByRole('button', { name: 'Open this link' }).click()
    await expect(page.getByRole('heading', { name: 'Set a new password' })).toBeVisible()
  })

  test('registering by a mailed invitation confirms the address that it was mailed to', async ({
    site,
    mails,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    await site.code(admin, { sendTo: 'ivy.reyes@example.org' })
    const page = await guest(browser, site, linkIn(await mails.mailTo('ivy.reyes@example.org')))
    await page.getByRole('link', { name: 'Register' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Register' })).toBeVisible()
    await register(page, 'ivy.reyes@example.org', 'Ivy')
    await expect(page.getByText(name)).toBeVisible()
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expectToast(page, `You are now a member of ${name}.`)
  })

  test('an address confirmed on another device: that one says where the invitation is, and this one goes on', async ({
    site,
    mails,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = (await site.code(admin)).replaceAll('-', '')
    const page = await guest(browser, site, `/join#${code}`)
    await page.getByRole('link', { name: 'Register' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Register' })).toBeVisible()
    await register(page, 'una.reyes@example.org', 'Una')
    await expect(page.getByText(/Your invitation is kept in this window/)).toBeVisible()
    const phone = await guest(browser, site, linkIn(await mails.mailTo('una.reyes@example.org')))
    await signIn(phone, 'una.reyes@example.org')
    await phone.getByRole('button', { name: 'Confirm address' }).click()
    await expect(phone.getByText(/Return to the window where you registered/)).toBeVisible()
    await expect(page.getByText(name)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Accept invitation' })).toBeVisible()
  })

  test('an invitation opened again by a member says so; a request of one’s own can be withdrawn for it', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Watch')
    await site.organization(admin, name)
    const [used, other] = [await site.code(admin), await site.code(admin)]
    const ben = await site.person('Ben')
    await post(ben.api, '/api/invitations/accept', { code: used })
    for (const code of [used, other]) {
      const page = await ben.page(`/join#${code}`)
      await expect(page.getByText(`You’re already a member of ${name}`)).toBeVisible()
      await page.close()
    }
    const cleo = await site.person('Cleo')
    const own = newName('Cleo’s')
    await post(cleo.api, '/api/organizations', { name: own, country: 'PH', description: 'Corals.' })
    const page = await cleo.page(`/join#${other}`)
    await expect(page.getByText(`Your request for ${own} is waiting for review.`)).toBeVisible()
    await page.getByRole('button', { name: 'Withdraw request' }).first().click()
    await confirm(page)
    await expectToast(page, `Request for ${own} withdrawn.`)
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expectToast(page, `You are now a member of ${name}.`)
  })
})
