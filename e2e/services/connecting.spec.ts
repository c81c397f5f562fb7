import { randomBytes } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { type RunningHub, startJupyterHub } from '../../tests/support/jupyterhub'
import { expectSound, openQuietly } from '../support/looks'
import { accept, importCatalogue, request } from '../support/roles'
import { type Site, startSite } from '../support/site'

// Connecting a running JupyterHub in the portal: npm run test:services.

const token = randomBytes(32).toString('hex')

const test = base.extend<{ site: Site; hub: RunningHub }>({
  async site({ browser }, use) {
    const site = await startSite('postgres', browser, { settings: async () => ({ OUTBOUND_ALLOW: '127.0.0.1' }) })
    await use(site)
    await site.stop()
  },
  async hub({ site }, use) {
    const hub = await startJupyterHub({ issuer: site.url, clientId: 'hub', clientSecret: 'a secret for tests', token })
    await use(hub)
    await hub.stop()
  },
})

test('an operator connects a hub that has people already: check, preview, adopt, switch on', async ({ site, hub }) => {
  await importCatalogue(site)
  const ana = await site.person('Ana')
  const organizationId = await site.organization(ana)
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  await hub.ask('POST', '/users', { usernames: ['ana', 'stranger'] }, hub.adminToken)

  const page = await openQuietly(site.operator, '/operator/connections')
  await page.getByRole('button', { name: 'New connection' }).click()
  const creating = page.getByRole('dialog', { name: 'New connection' })
  await creating.getByLabel('Service').click()
  await page.getByRole('option', { name: 'JupyterHub' }).click()
  await creating.getByLabel('Kind').click()
  await page.getByRole('option', { name: 'JupyterHub' }).click()
  await creating.getByRole('textbox', { name: 'Name' }).fill('Notebooks')
  await creating.getByLabel('URL').fill(hub.url)
  await creating.getByLabel('API token').fill('not the token')
  await expectSound(page, 'operator-connect-hub')
  await creating.getByRole('button', { name: 'Create connection' }).click()
  await page.getByRole('link', { name: 'Notebooks' }).click()
  await expect(page.getByRole('heading', { name: 'Before you switch it on' })).toBeVisible()
  await expectSound(page, 'operator-connection-setup')

  // A wrong token is refused with a sentence, and replaced.
  await page.getByRole('button', { name: 'Check Notebooks' }).click()
  await expect(page.getByRole('dialog')).toContainText('lacks a right')
  await expectSound(page, 'operator-connection-checked')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'Change settings' }).click()
  await page.getByRole('dialog').getByLabel('API token').fill(token)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Check Notebooks' }).click()
  await expect(page.getByRole('dialog')).toContainText('The service accepts this site.')
  await page.getByRole('button', { name: 'Close', exact: true }).click()

  await page.getByRole('button', { name: 'Preview Notebooks' }).click()
  await expect(page.getByRole('dialog')).toContainText('ana, stranger')
  await expectSound(page, 'operator-connection-preview')
  await page.getByRole('button', { name: 'Close', exact: true }).click()

  await page.getByRole('button', { name: 'Adopt entries of Notebooks' }).click()
  const adopting = page.getByRole('dialog', { name: 'Adopt entries' })
  await adopting.getByLabel('Rows').fill(`${ana.email},anna`)
  await adopting.getByRole('button', { name: 'Check rows' }).click()
  await expect(adopting).toContainText('Row 1: the system has no such entry')
  await expectSound(page, 'operator-connection-adopt-trouble')
  await adopting.getByLabel('Rows').fill(`${ana.email},ana`)
  await adopting.getByRole('button', { name: 'Check rows' }).click()
  await expect(adopting).toContainText('1 entry to adopt')
  await adopting.getByRole('button', { name: 'Adopt', exact: true }).click()
  await expect(page.getByText('1 entry adopted.')).toBeVisible()

  await page.getByRole('button', { name: 'Change the mode of Notebooks' }).click()
  await page.getByRole('dialog').getByLabel('Grant only').check()
  await expectSound(page, 'operator-connection-mode')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Switch on Notebooks' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect
    .poll(async () => (await hub.ask('GET', '/users/ana', undefined, hub.adminToken)).body.groups)
    .toEqual(['guildhall'])
  await expect(page.getByRole('table').getByText('Applied').first()).toBeVisible()
  await expectSound(page, 'operator-connection-hub')
})
