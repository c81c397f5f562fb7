import { expect } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { accept, importCatalogue, request, row } from './support/roles'
import { type Person, type Site, testAlone } from './support/site'
import { confirm } from './support/words'

const test = testAlone()

test.describe('The screens of services and roles are sound in light, in dark and on a narrow screen', () => {
  test('before there is anything', async ({ site }) => {
    const ana = await site.person('Ana')
    await site.organization(ana, 'Empty Watch')
    const page = await openQuietly(ana, '/active-roles')
    await expect(page.getByText('No roles yet')).toBeVisible()
    await expect(row(page, 'Ana Cruz', 'Active roles of members')).toContainText('None')
    await expectSound(page, 'active-roles-none')
    await page.goto('/role-requests')
    await expect(page.getByText('No services yet')).toBeVisible()
    await expectSound(page, 'role-requests-none')
    const operator = await openQuietly(site.operator, '/operator/role-requests')
    await expect(operator.getByText('No pending requests')).toBeVisible()
    await expectSound(operator, 'operator-role-requests-none')
    await operator.goto('/operator/services')
    await expect(operator.getByText('No services yet')).toBeVisible()
    await expectSound(operator, 'operator-services-none')
    await operator.goto('/operator/organizations')
    await operator.getByRole('button', { name: 'Change default member limit' }).click()
    await operator.getByRole('radio', { name: 'Maximum number of members' }).check()
    await expectSound(operator, 'operator-default-limit-dialog')
  })

  test('the operator’s', async ({ site }) => {
    await importCatalogue(site)
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const [reef, kelp] = [await site.organization(ana, 'Reef Lab'), await site.organization(ben, 'Kelp Forest')]
    await request(ana, reef, 'eodata', null, 'eodata-medium')
    await request(ana, reef, 'jupyter', 'jupyter', 'jupyter-low')
    await request(ben, kelp, 'eodata', null, 'eodata-high')
    const page = await openQuietly(site.operator, '/operator/role-requests')
    const jupyter = page.getByRole('article', { name: 'Reef Lab: JupyterHub' })
    await expect(jupyter).toBeVisible()
    await page.getByRole('checkbox', { name: 'Select the request of Reef Lab for EO data' }).check()
    await expectSound(page, 'operator-role-requests', { picture: true })
    await jupyter.getByRole('button', { name: 'Accept both' }).click()
    await expectSound(page, 'operator-accept-roles-dialog')
    await page.keyboard.press('Escape')
    await jupyter.getByRole('button', { name: 'Refuse', exact: true }).first().click()
    await page.getByLabel('Reason').fill('Not before spring.')
    await confirm(page)
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await accept(site, reef)
    await page.goto('/operator/services')
    await expect(page.getByRole('region', { name: 'EO data' })).toBeVisible()
    await expectSound(page, 'operator-services', { picture: true })
    await page.getByRole('region', { name: 'JupyterHub' }).getByRole('button', { name: 'Edit' }).click()
    await expectSound(page, 'operator-service-dialog')
    await page.goto(`/operator/organizations/${reef}`)
    await expect(row(page, 'Medium', 'Role assignments')).toBeVisible()
    await expectSound(page, 'operator-organization-roles', {
      from: page.getByRole('heading', { name: 'Role assignments' }),
    })

    await page.goto('/operator/accounts')
    await row(page, ana.email).getByRole('button', { name: 'Active roles of Ana Cruz' }).click()
    await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: 'EO data' })).toBeVisible()
    await expectSound(page, 'operator-account-roles')
    await page.getByLabel('As of').fill('2020-01-31T12:00')
    await expect(page.getByText('No roles at that time')).toBeVisible()
    await expectSound(page, 'operator-account-roles-past')
  })

  test('the members’: active roles, and as they were', async ({ site }) => {
    const [ana, ben, organizationId] = await group(site, 'Seagrass Group')
    const page = await openQuietly(ben, '/active-roles')
    await expect(row(page, 'JupyterHub')).toBeVisible()
    await expectSound(page, 'active-roles', { picture: true })
    await row(page, 'EO data').getByRole('button', { name: 'Why?' }).last().click()
    await expectSound(page, 'why-dialog')

    await request(ana, organizationId, 'eodata', null, 'eodata-medium')
    const admin = await openQuietly(ana, '/active-roles?at=2020-01-31T12:00:00Z')
    await expect(admin.getByText('No roles at that time')).toBeVisible()
    await expectSound(admin, 'active-roles-past')
    await admin.getByLabel('As of').fill('2999-01-31T12:00')
    await expect(admin.getByText('Choose a date and time in the past.')).toBeVisible()
    await expectSound(admin, 'active-roles-to-come', { provoked: /400 .*entitlements$/ })
    await admin.goto('/role-requests')
    await expect(row(admin, 'EO data', 'History')).toBeVisible()
    await expectSound(admin, 'role-requests', { picture: true })
    await row(admin, 'JupyterHub', 'Services').getByRole('button', { name: 'Edit access' }).click()
    await expectSound(admin, 'request-role-dialog')
  })

  test('the admins’: what members hold', async ({ site }) => {
    const [ana] = await group(site, 'Mangrove Group')
    const page = await openQuietly(ana, '/active-roles')
    await expect(row(page, 'Cleo Santos', 'Active roles of members')).toBeVisible()
    await expectSound(page, 'member-roles', { picture: true, from: page.getByRole('heading', { name: 'Members' }) })
    await page.getByRole('button', { name: 'Show roles of Cleo Santos' }).click()
    await expectSound(page, 'member-roles-dialog')
    const jupyter = page.getByRole('dialog').getByRole('row').filter({ hasText: 'JupyterHub' })
    await jupyter.getByRole('button', { name: 'Why?' }).first().click()
    await expectSound(page, 'member-why-dialog')
    await page.route('**/member-entitlements*', (route) => route.abort())
    await page.goto('/active-roles')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(page, 'member-roles-failed', { provoked: /ERR_FAILED/ })

    const creator = await openQuietly(await site.person('Dan'), '/organization/create')
    await creator.getByRole('combobox', { name: 'Add a service' }).click()
    await creator.getByRole('option', { name: 'EO data' }).click()
    await expectSound(creator, 'create-organization-services')
  })
})

/** An organization of three, which holds roles on one service. */
async function group(site: Site, name: string): Promise<[admin: Person, member: Person, organizationId: string]> {
  await importCatalogue(site)
  const [ana, ben, cleo] = [
    await site.person('Ana'),
    await site.person('Ben', 'Reyes'),
    await site.person('Cleo', 'Santos'),
  ]
  const organizationId = await site.organization(ana, name)
  await site.join(ben, ana)
  await site.join(cleo, ana, { grantsAdmin: true })
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  return [ana, ben, organizationId]
}
