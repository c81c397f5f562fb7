import { expect, type Page } from '@playwright/test'
import { sql } from '../src/platform/db/sql'
import { expectSound, openQuietly, restarts } from './support/looks'
import { importCatalogue, row } from './support/roles'
import { importWithS3Keys, reachGateway } from './support/s3'
import { post, testAlone } from './support/site'
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

test('Connections lead to the services while there is none', async ({ site }) => {
  const page = await openQuietly(site.operator, '/operator/connections')
  await expect(page.getByText('Add a service first')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New connection' })).toHaveCount(0)
  await expectSound(page, 'operator-connections-no-service')
  await page.setViewportSize(wide)
  await page.getByText('Add a service first').getByRole('link', { name: 'Services and roles' }).click()
  await expect(page.getByRole('button', { name: 'Add service' })).toBeVisible()
})

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
    const sentTest = tried.filter({ hasText: 'None (test)' })
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

  test('an S3 gateway is created, looked at, changed and deleted', async ({ site }) => {
    await importWithS3Keys(site)
    const page = await openQuietly(site.operator, '/operator/connections')
    await page.getByRole('button', { name: 'New connection' }).click()
    await pick(page, 'Service', 'EO data')
    await pick(page, 'Kind', 'S3 gateway')
    await dialogOf(page).getByLabel('Name').fill('Ceph')
    await dialogOf(page).getByLabel('URL').fill('https://169.254.1.1:7480')
    await dialogOf(page).getByLabel('Access key').fill('ADMIN')
    await pick(page, 'Limit of stored data', 'Storage (GB)')
    await dialogOf(page).getByRole('button', { name: 'Create connection' }).click()
    await expect(dialogOf(page).getByText('Cannot be empty.')).toBeVisible()
    await expect(dialogOf(page).getByLabel('Access key')).toHaveValue('ADMIN')
    await expectSound(page, 'operator-new-gateway-dialog', { provoked: /400 / })
    await page.setViewportSize(wide)
    await dialogOf(page).getByLabel('Secret key').fill('secret')
    await dialogOf(page).getByRole('button', { name: 'Create connection' }).click()
    await expectToast(page, 'Connection created. It is off until you switch it on.')

    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    await row(page, 'Ceph').getByRole('link', { name: 'Ceph' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Ceph' })).toBeVisible()
    await expect(page.getByText('No accounts yet')).toBeVisible()
    await expectSound(page, 'operator-gateway-new')
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: 'Switch on Ceph' }).click()
    await confirm(page)
    for (const one of [ana, ben]) await post(one.api, '/api/me/s3-keys', { service: 'eodata', name: 'Laptop' })
    await expect(row(page, 'Ana Cruz', 'Accounts')).toContainText('Failed')
    await expect(row(page, 'Ana Cruz', 'Accounts')).toContainText(forbidden)
    await page.getByRole('button', { name: 'Check Ceph' }).click()
    await expect(dialogOf(page)).toContainText(forbidden)
    await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: 'Retry Ana Cruz' }).click()
    await expectToast(page, 'What has failed is tried again now.')
    await closeToasts(page)
    await expectSound(page, 'operator-gateway', { picture: true, from: page.getByRole('heading', { level: 1 }) })
    await expectSound(page, 'operator-gateway-accounts', { from: page.getByRole('heading', { name: 'Accounts' }) })
    await page.setViewportSize(wide)

    await reachGateway(site)
    await site.alter(
      sql`update propagations set drift = '{key_missing,quota_differs}', drifted_at = now(), next_observation_at = now() + interval '1 day' where account_id = (select id from accounts where email = ${ben.email})`,
    )
    await site.alter(sql`
      update connections set withheld = 23, listed_at = now(), strangers = '{"count": 2, "names": ["backup", "grafana"]}' where name = 'Ceph'`)
    await expect(page.getByText('backup and grafana. It is left alone.')).toBeVisible()
    await expect(row(page, 'Ben Reyes', 'Accounts')).toContainText('Drifted')
    await expect(row(page, 'Ben Reyes', 'Accounts')).toContainText('A key is missing in the service.')
    await expect(page.getByText('Ceph withholds 23 losses of access')).toBeVisible()
    await page.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Applied' }).click()
    await expect(row(page, 'Ben Reyes', 'Accounts')).toHaveCount(0)
    await expect(row(page, 'Ana Cruz', 'Accounts')).toBeVisible()
    await page.goBack()
    await page.goForward()
    await expectSound(page, 'operator-gateway-drifted', { provoked: restarts })
    await page.setViewportSize(wide)

    await page.getByRole('button', { name: 'Change limits' }).click()
    await expect(dialogOf(page).getByRole('combobox', { name: 'Limit of stored data' })).toHaveValue('Storage (GB)')
    await pick(page, 'Limit of objects', 'Objects')
    await expectSound(page, 'operator-gateway-limits')
    await page.setViewportSize(wide)
    await dialogOf(page).getByRole('button', { name: 'Save' }).click()
    await expectToast(page, 'Limits changed.')
    await page.getByRole('button', { name: 'Change keys' }).click()
    await dialogOf(page).getByLabel('Secret key').fill('another')
    await dialogOf(page).getByRole('button', { name: 'Save' }).click()
    await expectToast(page, 'Keys changed.')

    await site.alter(
      sql`update connections set paused_until = now() + interval '1 hour', problem = 'timed_out', failing_since = now() where name = 'Ceph'`,
    )
    await expect(page.getByText('Paused', { exact: true })).toBeVisible()
    await page.goto('/operator/connections')
    await expectSound(page, 'operator-connections-paused', { provoked: restarts })
    await site.alter(
      sql`update connections set bound_to = 'https://other.example.org', withheld = 0 where name = 'Ceph'`,
    )
    await expect(row(page, 'Ceph')).toContainText('Belongs to another site')
    await expectSound(page, 'operator-connections-elsewhere', { provoked: restarts })
    await page.setViewportSize(wide)
    await row(page, 'Ceph').getByRole('button', { name: 'Switch on Ceph' }).click()
    await expectSound(page, 'operator-connection-take-over', { provoked: restarts })
    await page.setViewportSize(wide)
    await confirm(page)
    await expect(row(page, 'Ceph')).not.toContainText('Belongs to another site')

    await row(page, 'Ceph').getByRole('link', { name: 'Ceph' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(dialogOf(page).getByRole('radio', { name: 'Take everything back first' })).toBeFocused()
    await expectSound(page, 'operator-delete-connection')
    await page.setViewportSize(wide)
    await confirm(page)
    await expect(page.getByText('Being deleted')).toBeVisible()
    await expect(page.getByRole('button', { name: /Switch o(n|ff)|Compare|Change limits/ })).toHaveCount(0)
    await expectSound(page, 'operator-gateway-ending')
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(dialogOf(page)).toContainText('If you confirm, it is deleted now')
    await expect(dialogOf(page).getByRole('radio')).toHaveCount(0)
    await confirm(page)
    await expectToast(page, 'Connection deleted.')
    await expect(row(page, 'Ceph')).toHaveCount(0)
  })

  test('a service key is created, shown once, used and ended', async ({ site }) => {
    const page = await openQuietly(site.operator, '/operator/services')
    await page.getByRole('link', { name: 'Service keys of EO data' }).click()
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
