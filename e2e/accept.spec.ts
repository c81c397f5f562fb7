import { expect, type Route } from '@playwright/test'
import { guest } from './support/registering'
import { password, test } from './support/site'
import { expectToast, keepToasts } from './support/toasts'
import { choose, newName } from './support/words'

const mistyped = (code: string) => (code[0] === 'A' ? 'B' : 'A') + code.slice(1)

test.describe('Accept an invitation', () => {
  test('Organization → Provide invitation code → code → Accept invitation → toast bottom right → details', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Coral Watch')
    await site.organization(admin, name)
    const code = await site.code(admin)
    const page = await (await site.person('Ben')).page()
    await choose(page, 'Organization')
    await page.getByRole('button', { name: 'Provide invitation code' }).click()
    await page.getByLabel('Invitation code', { exact: true }).fill(code.toLowerCase().replaceAll('-', ' '))
    await expect(page.getByText(name)).toBeVisible()
    await expect(page.getByText(/the same access and quota roles/)).toBeVisible()
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expectToast(page, `You are now a member of ${name}.`)
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Manage assignment' })).toBeVisible()
  })

  test('a preview that comes while the button is pressed does not take the click from it', async ({ site }) => {
    const admin = await site.person('Ana')
    const name = newName('Coral Watch')
    await site.organization(admin, name)
    const code = await site.code(admin)
    const page = await (await site.person('Ben')).page('/organization')
    await page.getByRole('button', { name: 'Provide invitation code' }).click()
    const asked = new Promise<Route>((resolve) => page.route('**/preview', resolve))
    await page.getByLabel('Invitation code', { exact: true }).fill(code)
    const preview = await asked
    await page.getByRole('button', { name: 'Accept invitation' }).hover()
    await page.mouse.down()
    const answered = page.waitForResponse('**/preview')
    await preview.continue()
    await (await answered).finished()
    // Whatever is shown of an answer is shown before a later one is read and painted.
    await page.evaluate(async () => {
      await (await fetch('/api/site/info')).json()
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
    await page.mouse.up()
    await expectToast(page, `You are now a member of ${name}.`)
  })

  test('a typo is reported at once', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const code = await site.code(admin)
    const page = await (await site.person('Ben')).page()
    await page.getByRole('button', { name: 'Provide invitation code' }).click()
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expect(page.getByText('Enter the code you were given.')).toBeVisible()
    await page.getByLabel('Invitation code', { exact: true }).fill(mistyped(code))
    await expect(page.getByText('This code has a typo.')).toBeVisible()
  })

  test('a typo in a link is reported before anyone signs in or registers, and can be corrected', async ({
    site,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = await site.code(admin)
    for (const page of [
      await guest(browser, site, `/join#${mistyped(code)}`),
      await (await site.person('Ben')).page(`/join#${mistyped(code)}`),
    ]) {
      await expect(page.getByRole('heading', { name: 'This code has a typo' })).toBeVisible()
      const field = page.getByLabel('Invitation code')
      await expect(field).toHaveValue(mistyped(code))
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText('This code has a typo.')).toBeVisible()
      await field.fill('')
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText('Enter the code you were given.')).toBeVisible()
      await field.fill(code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByText('You have an invitation').or(page.getByText(name))).toBeVisible()
    }
  })

  test('a link takes a person without an account to the same form, with the code out of the address; opening it joins no one', async ({
    site,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Reef Lab')
    await site.organization(admin, name)
    const code = (await site.code(admin)).replaceAll('-', '')
    const context = await browser.newContext({ baseURL: site.url })
    const page = await context.newPage()
    await keepToasts(page)
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await page.goto(`/join#${code}`)
    await expect(page).not.toHaveURL(/#/)
    await page.getByRole('link', { name: 'Register' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Register' })).toBeVisible()
    await page.getByLabel('E-mail').fill(`new.${Date.now()}@example.org`)
    await page.getByLabel('First name').fill('Nia')
    await page.getByLabel('Last name').fill('Reyes')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
    await page.getByRole('option', { name: 'Philippines' }).click()
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByText(name)).toBeVisible()
    await expect(page.getByLabel('Invitation code', { exact: true })).toHaveValue(new RegExp(code.slice(0, 4)))
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expectToast(page, `You are now a member of ${name}.`)
    expect(addresses.filter((address) => address.includes(code))).toEqual([])
    await context.close()
  })

  test('a person in an organization sees what to do', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const code = await site.code(admin)
    const other = await site.person('Ben')
    await site.organization(other)
    const page = await other.page(`/join#${code.replaceAll('-', '')}`)
    await expect(page.getByText(/To accept the invitation, leave .* first/)).toBeVisible()
  })
})
