import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly, restarts } from './support/looks'
import { seemLongSignedIn } from './support/registering'
import { row } from './support/roles'
import { connectGateway, importWithS3Keys, reachGateway } from './support/s3'
import { password, testAlone } from './support/site'
import { closeToasts, expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

const test = testAlone()
const wide = { width: 1280, height: 800 }
const dialogOf = (page: Page) => page.getByRole('dialog')

/** The secret that the window shows, after copying it and closing the window. */
async function takeSecret(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy secret' }).click()
  const secret = await page.evaluate(() => navigator.clipboard.readText())
  await expect(page.getByLabel('Secret', { exact: true })).toHaveText(secret)
  await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).click()
  await expect(dialogOf(page)).toHaveCount(0)
  await expect(page.getByText(secret)).toHaveCount(0)
  return secret
}

test.describe('S3 keys', () => {
  test('a key is added, shown again, reset and deleted', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await openQuietly(ana, '/active-roles')
    await expect(page.getByRole('navigation').getByRole('link', { name: 'S3 keys' })).toHaveCount(0)
    await page.goto('/s3-keys')
    await expect(page.getByText('No services with S3 keys')).toBeVisible()
    await expectSound(page, 's3-keys-none')
    await page.setViewportSize(wide)

    await importWithS3Keys(site)
    await page.reload()
    await expect(page.getByText('This service has no S3 gateway yet')).toBeVisible()
    await expectSound(page, 's3-keys-no-gateway')
    await page.setViewportSize(wide)

    await connectGateway(site)
    await page.goto('/')
    await choose(page, 'S3 keys')
    await expect(page.getByText('0 of 2 keys')).toBeVisible()
    await page.getByRole('button', { name: 'Add key for EO data' }).click()
    await confirm(page)
    await expect(dialogOf(page).getByText('Cannot be empty.')).toBeVisible()
    await dialogOf(page).getByLabel('Name').fill('Laptop')
    await dialogOf(page).getByLabel('End date').fill('2020-01-01')
    await confirm(page)
    await expect(dialogOf(page).getByText(/future|ahead|past/)).toBeVisible()
    await expect(dialogOf(page).getByLabel('Name')).toHaveValue('Laptop')
    await expectSound(page, 's3-keys-add', { provoked: /40[09] .*s3-keys$/ })
    await page.setViewportSize(wide)
    await dialogOf(page).getByLabel('End date').fill('2099-12-31')
    await confirm(page)
    await expect(page.getByRole('dialog', { name: 'S3 key Laptop' })).toBeVisible()
    await expectSound(page, 's3-keys-secret')
    await page.setViewportSize(wide)
    const secret = await takeSecret(page)
    expect(secret).toHaveLength(40)

    const laptop = row(page, 'Laptop')
    await expect(laptop).toContainText('On its way')
    await expect(page.getByText('This service has not answered since')).toBeVisible()
    await expect(laptop).toContainText('31 Dec 2099')
    await page.getByRole('button', { name: 'Add key for EO data' }).click()
    await dialogOf(page).getByLabel('Name').fill('Nightly backup of the reef pictures')
    await confirm(page)
    await takeSecret(page)
    await expect(page.getByRole('button', { name: 'Add key for EO data' })).toHaveCount(0)
    await closeToasts(page)
    await expectSound(page, 's3-keys', { picture: true })
    await page.setViewportSize(wide)

    await reachGateway(site)
    await expect(page.getByText('You have as many keys as you can have.')).toBeVisible()
    await expect(laptop.getByText('Ready', { exact: true })).toBeVisible()

    // The session is new, so this pretends that it is not.
    await seemLongSignedIn(page, '**/show', 1)
    await page.getByRole('button', { name: 'Show secret of Laptop' }).click()
    const proof = page.getByRole('dialog', { name: 'Confirm your identity' })
    await proof.getByLabel('Your password').fill(password)
    await proof.getByRole('button', { name: 'Confirm' }).click()
    expect(await takeSecret(page)).toBe(secret)

    await page.getByRole('button', { name: 'Reset secret of Laptop' }).click()
    await expect(dialogOf(page)).toContainText('Programs that use the old secret stop working.')
    await confirm(page)
    expect(await takeSecret(page)).not.toBe(secret)
    await expect(laptop).toContainText('On its way')

    await page.getByRole('button', { name: 'Change end of Laptop' }).click()
    await expect(dialogOf(page).getByLabel('End date')).toHaveValue('2099-12-31')
    await dialogOf(page).getByLabel('End date').fill('')
    await dialogOf(page).getByRole('button', { name: 'Save' }).click()
    await expectToast(page, 'End date changed.')
    await expect(laptop).toContainText('Never')

    await page.getByRole('button', { name: 'Delete Laptop' }).click()
    await confirm(page)
    await expectToast(page, 'S3 key deleted.')
    await expect(laptop).toHaveCount(0)
    // Until the gateway says that it is gone.
    const ending = page.getByText(/^1 key ended, and .*EO data.* has not confirmed it yet$/)
    await expect(ending).toBeVisible()
    await closeToasts(page)
    await expectSound(page, 's3-keys-ending', { provoked: new RegExp(`${restarts.source}|status of 403 .*/show$`) })
    await page.setViewportSize(wide)
    await reachGateway(site)
    await expect(ending).toHaveCount(0)
  })
})
