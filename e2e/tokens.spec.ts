import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { seemLongSignedIn } from './support/registering'
import { row } from './support/roles'
import { type Person, password, post, type Site, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

const dialogOf = (page: Page) => page.getByRole('dialog')

/** Checks the boxes of one part of the API. */
async function allow(page: Page, part: string, ...what: ('Read' | 'Write')[]) {
  const group = dialogOf(page).getByRole('group', { name: part, exact: true })
  for (const one of what) await group.getByRole('checkbox', { name: one }).check()
}

/** Saves what the window shows, and closes it; the token. */
async function takeToken(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy token' }).click()
  const token = await page.evaluate(() => navigator.clipboard.readText())
  await expect(page.getByLabel('Token', { exact: true })).toHaveText(token)
  await page.getByRole('button', { name: 'I have saved the token' }).click()
  await expect(dialogOf(page)).toHaveCount(0)
  return token
}

const statusOf = async (site: Site, token: string, path: string) =>
  (await fetch(`${site.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status

/** Two admins of one organization. */
async function twoAdmins(site: Site): Promise<{ ana: Person; ben: Person; id: string }> {
  const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
  const id = await site.organization(ana)
  await site.join(ben, ana, { grantsAdmin: true })
  return { ana, ben, id }
}

test('a personal token is created, shown once, used by a program, and ended', async ({ site }) => {
  const ana = await site.person('Ana')
  const page = await ana.page('/account')
  const section = page.getByRole('region', { name: 'Personal tokens' })
  await expect(section.getByText('No personal tokens')).toBeVisible()

  await section.getByRole('button', { name: 'Create token' }).click()
  const create = dialogOf(page).getByRole('button', { name: 'Create token' })
  await expect(dialogOf(page).getByRole('combobox', { name: 'Expires after' })).toHaveValue(/^90 days \(until /)
  await create.click()
  await expect(dialogOf(page).getByText('Cannot be empty.')).toBeVisible()
  await expect(dialogOf(page).getByText('Choose at least one scope.')).toBeVisible()
  await dialogOf(page).getByLabel('Name').fill('Nightly report')
  await allow(page, 'Active roles', 'Read')
  await allow(page, 'Notifications', 'Read', 'Write')
  await expect(dialogOf(page).getByRole('group', { name: 'Accounts', exact: true })).toHaveCount(0)
  await create.click()

  await expect(page.getByText('This token is shown only now')).toBeVisible()
  await expect(page.getByLabel('Example command')).toContainText(`${site.url}/api/me/access`)
  await page.keyboard.press('Escape')
  const token = await takeToken(page)
  expect(await statusOf(site, token, '/api/me/access')).toBe(200)
  expect(await statusOf(site, token, '/api/services')).toBe(403)

  await page.reload()
  const listed = row(page, 'Nightly report')
  await expect(listed).toContainText(token.slice(0, 12))
  await expect(listed).toContainText('Read: Active roles and Notifications')
  await expect(listed).toContainText('Write: Notifications')
  await expect(async () => {
    await page.reload()
    await expect(listed).toContainText('just now', { timeout: 3000 })
  }).toPass({ timeout: 60_000 })
  await expect(page.getByText(token)).toHaveCount(0)

  await listed.getByRole('button', { name: 'End Nightly report' }).click()
  await confirm(page)
  await expectToast(page, 'Token ended.')
  await expect(section.getByText('No personal tokens')).toBeVisible()
  expect(await statusOf(site, token, '/api/me/access')).toBe(401)
})

test('creating a token asks for the password if the sign-in was long ago', async ({ site }) => {
  const ana = await site.person('Ana')
  const page = await ana.page('/account')
  await seemLongSignedIn(page, '**/api/me/tokens', 1)
  await page.route('**/api/me/tokens', (route) =>
    route.request().method() === 'GET' ? route.continue() : route.fallback(),
  )
  await page.getByRole('button', { name: 'Create token' }).click()
  await dialogOf(page).getByLabel('Name').fill('Backup')
  await allow(page, 'Services', 'Read')
  await dialogOf(page).getByRole('button', { name: 'Create token' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm your identity' })
  await proof.getByLabel('Your password').fill(password)
  await proof.getByRole('button', { name: 'Confirm' }).click()
  expect(await statusOf(site, await takeToken(page), '/api/services')).toBe(200)
})

test('a token of an organization is created by one admin and renewed by another, who sees it at once', async ({
  site,
}) => {
  const { ana, ben, id } = await twoAdmins(site)
  const [page, other] = [await ana.page('/'), await ben.page('/')]
  await choose(other, 'Tokens')
  await expect(other.getByText('No tokens yet')).toBeVisible()

  await choose(page, 'Tokens')
  await page.getByRole('button', { name: 'Create token' }).click()
  await dialogOf(page).getByLabel('Name').fill('Directory sync')
  await allow(page, 'Users & privileges', 'Read', 'Write')
  await dialogOf(page).getByRole('combobox', { name: 'Expires after' }).click()
  await page.getByRole('option', { name: /^7 days/ }).click()
  await dialogOf(page).getByRole('button', { name: 'Create token' }).click()
  const first = await takeToken(page)
  expect(await statusOf(site, first, `/api/organizations/${id}/memberships`)).toBe(200)

  await expect(row(other, 'Directory sync')).toContainText('Ana Cruz')
  await other.getByRole('button', { name: 'Renew Directory sync' }).click()
  await dialogOf(other).getByRole('button', { name: 'Renew' }).click()
  const second = await takeToken(other)
  expect(await statusOf(site, first, `/api/organizations/${id}/memberships`)).toBe(401)
  expect(await statusOf(site, second, `/api/organizations/${id}/memberships`)).toBe(200)

  await expect(row(page, 'Directory sync')).toContainText('Ben Reyes')
  await choose(page, 'Activity')
  await expect(page.getByText('Read: Users & privileges').first()).toBeVisible()
  await choose(page, 'Tokens')
  await other.getByRole('button', { name: 'End Directory sync' }).click()
  await confirm(other)
  await expect(page.getByText('No tokens yet')).toBeVisible()
})

test('a token that ended with its maker’s membership says so, and another admin renews it', async ({ site }) => {
  const { ana, ben, id } = await twoAdmins(site)
  const path = `/api/organizations/${id}/tokens`
  const { token } = await post(ben.api, path, { name: 'Invoices', scopes: ['read:organizations'] })
  await post(ben.api, path, { name: 'An old one', scopes: ['read:services'] })
  const page = await ana.page('/tokens')
  await expect(row(page, 'Invoices')).toContainText('Ben Reyes')

  const leaving = await ben.page('/')
  await leaving.getByRole('button', { name: 'Leave' }).click()
  await expect(dialogOf(leaving)).toContainText('Your 2 tokens end, and programs that use them stop working.')
  await confirm(leaving)
  await expect(row(page, 'Invoices')).toContainText('Ended when Ben Reyes left')
  expect(await statusOf(site, token, `/api/organizations/${id}`)).toBe(401)

  await page.getByRole('button', { name: 'Renew Invoices' }).click()
  await dialogOf(page).getByRole('button', { name: 'Renew' }).click()
  expect(await statusOf(site, await takeToken(page), `/api/organizations/${id}`)).toBe(200)
  await expect(row(page, 'Invoices')).toContainText('Ana Cruz')
  await page.getByRole('button', { name: 'Remove An old one' }).click()
  await confirm(page)
  await expectToast(page, 'Token removed.')
  await expect(row(page, 'An old one')).toHaveCount(0)
})

test('only admins see the tokens of their organization', async ({ site }) => {
  const { ana } = await twoAdmins(site)
  const cleo = await site.person('Cleo', 'Santos')
  await site.join(cleo, ana)
  const page = await cleo.page('/tokens')
  await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Tokens' })).toHaveCount(0)
})

test('removing a member, revoking privileges, deleting an account and suspending say how many tokens end', async ({
  site,
}) => {
  const { ana, ben, id } = await twoAdmins(site)
  await post(ben.api, `/api/organizations/${id}/tokens`, { name: 'Invoices', scopes: ['read:organizations'] })
  const page = await openQuietly(ana, '/users')
  await page.getByRole('button', { name: 'Remove user Ben Reyes' }).click()
  const ends = '1 token of Ben Reyes ends, and programs that use it stop working.'
  await expect(dialogOf(page)).toContainText(ends)
  await expectSound(page, 'removing-a-user-with-a-token')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('checkbox', { name: 'Admin privileges of Ben Reyes' }).click()
  await expect(dialogOf(page)).toContainText(ends)
  const deciding = await openQuietly(site.operator, `/operator/organizations/${id}`)
  await deciding.getByRole('button', { name: 'Suspend' }).click()
  await expect(dialogOf(deciding)).toContainText('Its token ends permanently, and programs that use it stop working.')
  await expectSound(deciding, 'suspending-an-organization-with-a-token')
  await deciding.getByRole('button', { name: 'Cancel' }).click()
  await deciding.getByRole('button', { name: 'Dissolve' }).click()
  await expect(dialogOf(deciding)).toContainText('Its token ends permanently')
  await post(ben.api, '/api/me/tokens', { name: 'Nightly report', scopes: ['read:entitlements'] })
  const theirs = await openQuietly(ben, '/account')
  await theirs.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialogOf(theirs)).toContainText('Your 2 tokens end, and programs that use them stop working.')
  await expectSound(theirs, 'deleting-an-account-with-tokens')
})
