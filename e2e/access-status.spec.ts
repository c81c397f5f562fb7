import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { row } from './support/roles'
import { connectGateway, importWithS3Keys, reachGateway } from './support/s3'
import { post, testAlone } from './support/site'

const test = testAlone()
const wide = { width: 1280, height: 800 }
const dialogOf = (page: Page) => page.getByRole('dialog')

test.describe('Whether services know what people hold', () => {
  test('active roles say since when a service is ready, and why another is not', async ({ site }) => {
    await importWithS3Keys(site)
    await connectGateway(site)
    const ana = await site.person('Ana')
    const page = await openQuietly(ana, '/active-roles')
    const eodata = row(page, 'EO data', 'Active roles')
    await expect(eodata).toContainText('You have no S3 key yet.')
    await post(ana.api, '/api/me/s3-keys', { service: 'eodata', name: 'Laptop' })
    await expect(eodata).toContainText('EO data has not answered since')
    await expect(eodata).toContainText('Not ready')
    await expectSound(page, 'active-roles-delayed', { picture: true })
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: 'Why do I not have EO data yet?' }).click()
    await expect(dialogOf(page)).toContainText('The service can’t be told at the moment')
    await expectSound(page, 'why-not-delayed')
    await page.setViewportSize(wide)
    await page.keyboard.press('Escape')
    await eodata.getByRole('link', { name: 'S3 keys for EO data' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'S3 keys' })).toBeVisible()

    await page.goto('/active-roles')
    await page.getByRole('button', { name: 'Why do I not have JupyterHub yet?' }).click()
    await expect(dialogOf(page)).toContainText('Accept an invitation to one, or create one.')
    await expectSound(page, 'why-not-no-organization')
    await page.setViewportSize(wide)
    await page.keyboard.press('Escape')
    await reachGateway(site)
    await expect(eodata).toContainText('Ready since')
    await expect(eodata.getByText('Usable', { exact: true })).toBeVisible()
    await expectSound(page, 'active-roles-ready', { provoked: /ERR_CONNECTION_REFUSED/ })

    await site.organization(ana)
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: 'Why do I not have JupyterHub yet?' }).click()
    await expect(dialogOf(page)).toContainText('As an admin, you can do so.')
    await dialogOf(page).getByRole('link', { name: 'Go to Role requests' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Role requests' })).toBeVisible()
  })
})
