import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { importCatalogue, row } from './support/roles'
import { testAlone } from './support/site'
import { closeToasts, expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

const test = testAlone()
const wide = { width: 1280, height: 800 }

const forbidden = 'The address is on an internal network that this site may not reach.'

const dialogOf = (page: Page) => page.getByRole('dialog')

async function pick(page: Page, field: string, option: string): Promise<void> {
  await dialogOf(page).getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Copies what the window shows, and closes it; the secret. */
async function takeSecret(page: Page, label: string, copy: string, close: string): Promise<string> {
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: copy }).click()
  const secret = await page.evaluate(() => navigator.clipboard.readText())
  await expect(page.getByLabel(label, { exact: true })).toHaveText(secret)
  await page.getByRole('button', { name: close }).click()
  await expect(dialogOf(page)).toHaveCount(0)
  await expect(page.getByText(secret)).toHaveCount(0)
  return secret
}

test.describe('Connections', () => {
  test.beforeEach(({ site }) => importCatalogue(site))

  test('a change feed and a webhook are created, switched on and tested', async ({ site }) => {
    const page = await openQuietly(site.operator, '/operator/organizations')
    await choose(page, 'Connections')
    await expect(page.getByText('No connections yet')).toBeVisible()
    await expectSound(page, 'operator-connections-none')
    await page.setViewportSize(wide)

    await page.getByRole('button', { name: 'New connection' }).click()
    await dialogOf(page).getByRole('button', { name: 'Create connection' }).click()
    await expect(dialogOf(page).getByText('Choose a service.')).toBeVisible()
    await pick(page, 'Service', 'EO data')
    await dialogOf(page).getByLabel('Name').fill('Storage sync')
    await dialogOf(page).getByRole('button', { name: 'Create connection' }).click()
    const feed = row(page, 'Storage sync')
    await expect(feed).toContainText('Change feed')
    await expect(feed).toContainText('Off')
    await feed.getByRole('button', { name: 'Switch on Storage sync' }).click()
    await confirm(page)
    await expectToast(page, 'Storage sync switched on.')
    await expect(feed.getByRole('button', { name: 'Switch off Storage sync' })).toBeVisible()
    await feed.getByRole('button', { name: 'Compare Storage sync now' }).click()
    await expectToast(page, 'Comparing Storage sync with all access now.')

    await page.getByRole('button', { name: 'New connection' }).click()
    await pick(page, 'Service', 'EO data')
    await pick(page, 'Kind', 'Webhook')
    await dialogOf(page).getByLabel('Name').fill('Storage quotas')
    await dialogOf(page).getByLabel('URL').fill('https://169.254.1.1/hook')
    await expectSound(page, 'operator-new-connection-dialog', { provoked: /400 .*connections$/ })
    await page.setViewportSize(wide)
    await dialogOf(page).getByRole('button', { name: 'Create connection' }).click()
    await expect(page.getByText('This secret is shown only now')).toBeVisible()
    await expectSound(page, 'operator-webhook-secret')
    await page.setViewportSize(wide)
    await takeSecret(page, 'Signing secret', 'Copy secret', 'I have saved the secret')
    const hook = row(page, 'Storage quotas')
    await expect(hook).toContainText('Webhook')
    await hook.getByRole('button', { name: 'Switch on Storage quotas' }).click()
    await confirm(page)
    await expect(hook).toContainText(forbidden)
    await closeToasts(page)
    await expectSound(page, 'operator-connections', { picture: true })
    await page.setViewportSize(wide)

    await page.getByRole('link', { name: 'Deliveries of Storage quotas' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Storage quotas' })).toBeVisible()
    await page.getByRole('button', { name: 'Send test' }).click()
    await expect(dialogOf(page)).toContainText(forbidden)
    await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).click()
    const tried = row(page, forbidden, 'Deliveries')
    const sentTest = tried.filter({ hasText: 'Test' })
    await expect(sentTest).toBeVisible()
    await expectSound(page, 'operator-webhook', { picture: true })
    await page.setViewportSize(wide)
    await sentTest.getByRole('button', { name: 'Details' }).click()
    await expect(dialogOf(page)).toContainText('"type": "test"')
    await expectSound(page, 'operator-delivery-dialog')
    await page.setViewportSize(wide)
    await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).click()

    await tried.getByRole('button', { name: 'Redeliver' }).first().click()
    await expect(dialogOf(page)).toContainText(forbidden)
    await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).click()

    await page.getByRole('button', { name: 'Change address' }).click()
    await dialogOf(page).getByLabel('URL').fill('https://169.254.1.1/accounts')
    await dialogOf(page).getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('https://169.254.1.1/accounts')).toBeVisible()
    await page.getByRole('button', { name: 'Replace secret' }).click()
    await dialogOf(page).getByRole('button', { name: 'Replace secret' }).click()
    await takeSecret(page, 'Signing secret', 'Copy secret', 'I have saved the secret')
  })

  test('a service key is created, shown once, used and ended', async ({ site }) => {
    const page = await openQuietly(site.operator, '/operator/services')
    await page.getByRole('link', { name: 'Keys of EO data' }).click()
    await expect(page.getByText('No service keys yet')).toBeVisible()
    await page.getByRole('button', { name: 'Create service key' }).click()
    await dialogOf(page).getByLabel('Name').fill('Gateway')
    await expectSound(page, 'operator-service-key-dialog')
    await page.setViewportSize(wide)
    await dialogOf(page).getByRole('button', { name: 'Create service key' }).click()
    await expect(page.getByText('This key is shown only now')).toBeVisible()
    const key = await takeSecret(page, 'Service key', 'Copy key', 'I have saved the key')

    const listed = row(page, 'Gateway')
    await expect(listed).toContainText(key.slice(0, 10))
    await expectSound(page, 'operator-service-keys')
    await page.setViewportSize(wide)
    await listed.getByRole('button', { name: 'End Gateway' }).click()
    await confirm(page)
    await expectToast(page, 'Service key ended.')
    await expect(page.getByText('No service keys yet')).toBeVisible()
  })
})
