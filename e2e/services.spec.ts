import { expect } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { accept, importCatalogue, request, row } from './support/roles'
import { post, testAlone } from './support/site'
import { expectToast } from './support/toasts'
import { confirm } from './support/words'

const test = testAlone()

test('an operator says where a service is opened and what it gives; who may use it opens it', async ({ site }) => {
  await importCatalogue(site)
  const operator = await openQuietly(site.operator, '/operator/services')
  const jupyter = operator.getByRole('region', { name: 'JupyterHub' })
  await jupyter.getByRole('button', { name: 'Edit' }).click()
  const dialog = operator.getByRole('dialog')
  await dialog.getByLabel('URL').fill('javascript:alert(1)')
  await dialog.getByLabel('S3 keys per person').fill('101')
  await confirm(operator)
  await expect(dialog.getByText('Enter a valid URL (https://…).')).toBeVisible()
  await expect(dialog.getByText('At most 100.')).toBeVisible()
  await expectSound(operator, 'operator-service-dialog-refused', { picture: true, provoked: /400 .*jupyter$/ })
  await dialog.getByLabel('URL').fill(' https://hub.example/lab?path=%2Freefs ')
  await dialog.getByLabel('S3 keys per person').fill('5')
  await confirm(operator)
  await expectToast(operator, 'JupyterHub saved.')
  const link = jupyter.getByRole('link', { name: 'https://hub.example/lab?path=%2Freefs' })
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(jupyter.getByRole('definition').nth(1)).toHaveText('5')
  await expectSound(operator, 'operator-services-opened', { picture: true })

  const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
  const organizationId = await site.organization(ana, 'Seagrass Group')
  await site.join(ben, ana)
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  const page = await openQuietly(ben, '/active-roles')
  const open = row(page, 'JupyterHub').getByRole('link', { name: 'Open JupyterHub', exact: true })
  await expect(open).toHaveAttribute('href', 'https://hub.example/lab?path=%2Freefs')
  await expect(open).toHaveAttribute('target', '_blank')
  await expect(open).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(row(page, 'EO data').getByRole('link')).toHaveCount(0)
  await expectSound(page, 'active-roles-open', { picture: true })

  await test.step('by keyboard, in a new tab', async () => {
    await page.context().route('https://hub.example/**', (route) => route.fulfill({ body: 'The hub' }))
    await open.focus()
    const tab = page.context().waitForEvent('page')
    await page.keyboard.press('Enter')
    await expect((await tab).getByText('The hub')).toBeVisible()
  })

  await test.step('not in the past, and not among another person’s roles', async () => {
    const { at } = await (await ben.api.get('/api/me/entitlements')).json()
    await page.goto(`/active-roles?at=${encodeURIComponent(at)}`)
    await expect(row(page, 'JupyterHub').getByText('Usable', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open JupyterHub' })).toHaveCount(0)
    const admin = await openQuietly(ana, '/active-roles')
    await admin.getByRole('button', { name: 'Show roles of Ben Reyes' }).click()
    const roles = admin.getByRole('dialog')
    await expect(roles.getByRole('row').filter({ hasText: 'JupyterHub' })).toContainText('Usable')
    await expect(roles.getByRole('link')).toHaveCount(0)
  })

  await test.step('not with one role of two', async () => {
    const { services } = await (await site.operator.api.get('/api/catalogue')).json()
    const wanted = services.map((service: { key: string; roles: { kind: string }[] }) => ({
      ...service,
      ...(service.key === 'eodata' && { url: 'https://eodata.example' }),
      roles: service.roles.map((role) => (role.kind === 'access' ? role : { ...role, default: false })),
    }))
    await post(site.operator.api, '/api/catalogue', { services: wanted })
    await page.goto('/active-roles')
    await expect(row(page, 'JupyterHub').getByRole('link', { name: 'Open JupyterHub' })).toBeVisible()
    await expect(row(page, 'EO data')).toContainText('Needs a quota role.')
    await expect(row(page, 'EO data').getByRole('link')).toHaveCount(0)
  })
})

test('a number keeps its key when an operator renames it', async ({ site }) => {
  await importCatalogue(site)
  const page = await openQuietly(site.operator, '/operator/services')
  await page.getByRole('region', { name: 'JupyterHub' }).getByRole('button', { name: 'Edit' }).click()
  const low = page.getByRole('dialog').getByRole('group', { name: 'Quota role Low' })
  await expect(low.getByText('cpu', { exact: true })).toBeVisible()
  await low.getByLabel('Number 1: name').fill('Processors')
  await low.getByRole('button', { name: 'Add number' }).click()
  await low.getByLabel('Number 3: name').fill('Transfer')
  await low.getByLabel('Number 3: value').fill('6')
  await expect(low.getByText('An amount per period')).toHaveCount(0)
  await low.getByLabel('Number 3: unit').fill('TB/month')
  await expect(low.getByText('An amount per period')).toBeVisible()
  await expectSound(page, 'operator-service-numbers', { picture: true })
  await confirm(page)
  await expectToast(page, 'JupyterHub saved.')
  const { services } = await (await site.operator.api.get('/api/catalogue')).json()
  const roles = services.find(({ key }: { key: string }) => key === 'jupyter').roles
  expect(roles.find(({ key }: { key: string }) => key === 'jupyter-low').limits).toMatchObject([
    { key: 'cpu', name: 'Processors' },
    { key: 'memory' },
    { key: 'transfer', name: 'Transfer' },
  ])
})
