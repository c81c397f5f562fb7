import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly, restarts } from './support/looks'
import { row } from './support/roles'
import { connectGateway, importWithS3Keys, reachGateway } from './support/s3'
import { post, testAlone } from './support/site'
import { closeToasts } from './support/toasts'
import { confirm } from './support/words'

const test = testAlone()
const wide = { width: 1280, height: 800 }
const dialogOf = (page: Page) => page.getByRole('dialog')

test.describe('Whether services know what people hold', () => {
  test.beforeAll(async ({ site }) => {
    await importWithS3Keys(site)
    await connectGateway(site)
  })

  test('active roles say since when a service is ready, and why another is not', async ({ site }) => {
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
    await expectSound(page, 'active-roles-ready', { provoked: restarts })

    await site.organization(ana)
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: 'Why do I not have JupyterHub yet?' }).click()
    await expect(dialogOf(page)).toContainText('As an admin, you can do so.')
    await dialogOf(page).getByRole('link', { name: 'Go to Role requests' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Role requests' })).toBeVisible()
  })
  test('an admin sees whether services know about members, and that access ended', async ({ site }) => {
    const [ana, ben, cleo] = [
      await site.person('Ana'),
      await site.person('Ben', 'Reyes'),
      await site.person('Cleo', 'Santos'),
    ]
    await site.organization(ana)
    for (const one of [ben, cleo]) await site.join(one, ana)
    const page = await openQuietly(ana, '/users')
    await expect(row(page, 'Ben Reyes')).toContainText('Ready')
    for (const one of [ben, cleo]) await post(one.api, '/api/me/s3-keys', { service: 'eodata', name: 'Laptop' })
    await expect(row(page, 'Ben Reyes')).toContainText('Delayed')
    await expect(row(page, 'Ana Cruz')).toContainText('Ready')
    await expectSound(page, 'users-access', { picture: true })
    await page.setViewportSize(wide)
    await reachGateway(site)
    await expect(row(page, 'Ben Reyes')).toContainText('Ready')

    await page.getByRole('button', { name: 'Remove user Ben Reyes' }).click()
    await expect(dialogOf(page)).toContainText('Their S3 key ends too.')
    await confirm(page)
    await expect(page.getByText('Ben Reyes: access on 1 service ended')).toBeVisible()
    await expect(page.getByText('Not yet confirmed by EO data, which has not answered since')).toBeVisible()
    const leaving = await cleo.page('/')
    await leaving.getByRole('button', { name: 'Leave' }).click()
    await confirm(leaving)
    await expect(page.getByText('Cleo Santos: access on 1 service ended')).toBeVisible()
    await closeToasts(page)
    await expectSound(page, 'users-access-ended', { provoked: new RegExp(`${restarts.source}|404 `) })
    await page.setViewportSize(wide)
    await reachGateway(site)
    await expect(page.getByText(/Ben Reyes: access on 1 service ended; confirmed .+ later/)).toBeVisible()
    await page.getByRole('button', { name: 'Close the message about Ben Reyes' }).click()
    await expect(page.getByText('Ben Reyes: access')).toHaveCount(0)
  })
})
