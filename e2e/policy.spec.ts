import { expect, type Page } from '@playwright/test'
import { guest, lackSecondFactor, register } from './support/registering'
import { post, putPolicy, type Site, testAlone } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

const test = testAlone()

const first = {
  secondFactor: 'optional',
  sessionIdleMinutes: 720,
  sessionHours: 168,
  registration: 'open',
  registrationDomains: [] as string[],
  terms: null as { version: string; address: string } | null,
}

async function setPolicy(site: Site, change: Partial<typeof first>): Promise<void> {
  const { terms } = await (await site.operator.api.get('/api/site/info')).json()
  if (terms) await post(site.operator.api, '/api/me/terms', { version: terms.version })
  const response = await putPolicy(site.operator.api, { ...first, ...change })
  expect(response.status(), await response.text()).toBe(200)
}

/** Each test starts with the default policy. */
test.beforeEach(({ site }) => setPolicy(site, {}))

async function savePolicy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click()
  await confirm(page)
  await expectToast(page, 'Site policy changed.')
}

const terms = { version: '2026-03', address: 'https://coral.example/terms' }

test.describe('Site policy', () => {
  test('Site policy → Save → Confirm → toast: sessions in units that people use', async ({ site }) => {
    const page = await site.operator.page()
    await choose(page, 'Site policy')
    const idle = page.getByRole('group', { name: 'Sign out after inactivity' })
    await expect(idle.getByRole('textbox', { name: 'Sign out after inactivity' })).toHaveValue('12')
    await expect(idle.getByRole('combobox', { name: 'Unit' })).toHaveValue('hours')
    await idle.getByRole('textbox', { name: 'Sign out after inactivity' }).fill('2')
    await idle.getByRole('combobox', { name: 'Unit' }).click()
    await page.getByRole('option', { name: 'days' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toContainText('Sign out after inactivity: 12 hours → 2 days')
    await confirm(page)
    await expectToast(page, 'Site policy changed.')
    await page.reload()
    await expect(idle.getByRole('textbox', { name: 'Sign out after inactivity' })).toHaveValue('2')
    await expect(idle.getByRole('combobox', { name: 'Unit' })).toHaveValue('days')

    await idle.getByRole('textbox', { name: 'Sign out after inactivity' }).fill('31')
    await page.getByRole('button', { name: 'Save' }).click()
    await confirm(page)
    await expect(idle.getByText(/30 days/).last()).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('terms without an address, or without a version, are reported at the field before anything is asked', async ({
    site,
  }) => {
    const page = await site.operator.page('/operator/policy')
    const [version, address] = [page.getByLabel('Version'), page.getByLabel('Address', { exact: true })]
    await version.fill(terms.version)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(address).toHaveAccessibleDescription(/Enter the URL of the terms\./)
    await expect(address).toBeFocused()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await version.fill('')
    await address.fill(terms.address)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(version).toHaveAccessibleDescription(/Enter the version of these terms\./)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('terms: to be accepted when registering, and by everyone before they go on', async ({ site, browser }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/active-roles')
    const operator = await site.operator.page('/operator/policy')
    await operator.getByLabel('Version').fill(terms.version)
    await operator.getByLabel('Address', { exact: true }).fill(terms.address)
    await savePolicy(operator)
    await expect(operator.getByRole('heading', { name: 'Before you continue' })).toBeVisible()
    await operator.getByRole('button', { name: 'Accept the terms' }).click()
    await expect(operator.getByRole('heading', { name: 'Site policy' })).toBeVisible()

    await page.reload()
    await expect(page.getByRole('heading', { name: 'Before you continue' })).toBeVisible()
    await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Account'])
    await expect(page.getByRole('link', { name: 'terms of this site' })).toHaveAttribute('href', terms.address)
    await page.getByRole('button', { name: 'Accept the terms' }).click()
    await expectToast(page, 'Terms accepted.')
    await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeFocused()

    const visitor = await guest(browser, site, '/register')
    await register(visitor, 'tia.reyes@example.org', 'Tia')
    await expect(visitor.getByText('Accept the terms to register.')).toBeVisible()
    await expect(visitor.getByRole('checkbox', { name: /terms of this site/ })).toBeFocused()
    await visitor.getByRole('checkbox', { name: /terms of this site/ }).check()
    await visitor.getByRole('button', { name: 'Register' }).click()
    await expect(visitor.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })

  test('by invitation only: the code is asked for, and waits in the form where it is accepted', async ({
    site,
    browser,
  }) => {
    const admin = await site.person('Ana')
    const organizationId = await site.organization(admin, 'Invited Watch')
    const code = await site.code(admin)
    await setPolicy(site, { registration: 'invitation' })
    const page = await guest(browser, site, '/register')
    await register(page, 'uma.reyes@example.org', 'Uma')
    await expect(page.getByText('Enter the code you were given.')).toBeVisible()
    await expect(page.getByLabel('Invitation code')).toBeFocused()
    const revoked = await site.code(admin, { note: 'Not this one' })
    const invitations = `/api/organizations/${organizationId}/invitations`
    const { items } = await (await admin.api.get(`${invitations}?q=Not+this+one`)).json()
    await post(admin.api, `${invitations}/${items[0].id}/revoke`)
    await page.getByLabel('Invitation code').fill(revoked)
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByLabel('Invitation code')).toHaveAccessibleDescription(
      /This invitation was used or revoked, or has expired\. Ask for a new one\./,
    )
    await page.getByLabel('Invitation code').fill(code)
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByRole('heading', { name: 'Invited Watch' })).toBeVisible()
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expectToast(page, 'You are now a member of Invited Watch.')
  })

  test('by invitation only: a link is enough', async ({ site, browser }) => {
    const admin = await site.person('Ana')
    await site.organization(admin, 'Linked Watch')
    const code = (await site.code(admin)).replaceAll('-', '')
    await setPolicy(site, { registration: 'invitation' })
    const page = await guest(browser, site, `/join#${code}`)
    await page.getByRole('link', { name: 'Register' }).click()
    await expect(page.getByRole('button', { name: 'Register' })).toBeVisible()
    await expect(page.getByLabel('Invitation code')).toHaveCount(0)
    await register(page, 'vera.reyes@example.org', 'Vera')
    await expect(page.getByRole('heading', { name: 'Linked Watch' })).toBeVisible()
  })

  test('by domain: the form says which, and refuses the others at the field', async ({ site, browser }) => {
    const operator = await site.operator.page('/operator/policy')
    await operator.getByRole('radio', { name: 'E-mail addresses at certain domains' }).check()
    await operator.getByRole('button', { name: 'Save' }).click()
    await expect(operator.getByText('Enter at least one domain.')).toBeVisible()
    await operator.getByLabel('Domains', { exact: true }).fill('reef example')
    await operator.getByRole('button', { name: 'Save' }).click()
    await expect(operator.getByText('Enter a domain, for example example.org.')).toBeVisible()
    await expect(operator.getByRole('dialog')).toHaveCount(0)
    await operator.getByLabel('Domains', { exact: true }).fill('reef.example\ncoral.example')
    await savePolicy(operator)

    const page = await guest(browser, site, '/register')
    await expect(page.getByText('Use an address at reef.example or coral.example.')).toBeVisible()
    await register(page, 'wim.reyes@example.org', 'Wim')
    await expect(page.getByText(/Registration is closed for this e-mail address/)).toBeVisible()
    await expect(page.getByLabel('E-mail')).toBeFocused()
    await page.getByLabel('E-mail').fill('wim.reyes@coral.example')
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })

  test('a person who has to set up a second factor is led straight to it', async ({ site }) => {
    const page = await (await site.person('Ana')).page()
    await lackSecondFactor(page)
    await page.goto('/active-roles')
    await expect(page.getByRole('heading', { name: 'Before you continue' })).toBeVisible()
    await page.getByRole('link', { name: 'Set up two-factor authentication' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set up two-factor authentication' })
    await expect(dialog.getByLabel('Your password')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    // On that page the same button opens it again.
    await page.getByRole('link', { name: 'Set up two-factor authentication' }).click()
    await expect(dialog).toBeVisible()
  })
})
