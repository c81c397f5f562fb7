import { expect } from '@playwright/test'
import { importCatalogue } from './support/roles'
import { decide, post, putPolicy, test } from './support/site'
import { expectToast } from './support/toasts'
import { confirm, newName } from './support/words'

const policy = {
  secondFactor: 'optional',
  sessionIdleMinutes: 720,
  sessionHours: 168,
  registration: 'open',
  registrationDomains: [],
  terms: null,
}
const form = (name: string) => ({ name, country: 'PH', description: 'Counting corals from orbit.' })

test.describe('What was decided about is what was seen', () => {
  test('a request that changed under an open window: the window stays, and says what is', async ({ site }) => {
    const ana = await site.person('Ana')
    const { id } = await post(ana.api, '/api/organizations', form(newName('Reef Watch')))
    const page = await site.operator.page(`/operator/organizations/${id}`)
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await decide(site.operator.api, id, 'request-changes', { reason: 'Which reef?' })
    const { stateVersion } = await (await site.operator.api.get(`/api/organizations/${id}`)).json()
    const corrected = { ...form(newName('Reef of Apo')), stateVersion }
    expect((await ana.api.put(`/api/organizations/${id}`, { data: corrected })).status()).toBe(200)
    await page.getByRole('button', { name: 'Confirm' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(/changed this in the meantime/)).toBeVisible()
    await expect(dialog.getByText('Counting corals from orbit.')).toBeVisible()
    await confirm(page)
    await expectToast(page, `${corrected.name} accepted.`)
  })

  test('a rejection is shown in red, and the services wanted can be resubmitted', async ({ site }) => {
    await importCatalogue(site)
    const ana = await site.person('Ana')
    const { services } = await (await ana.api.get('/api/services')).json()
    const service = services.find(({ roles }: { roles: { requestable: boolean }[] }) =>
      roles.some(({ requestable }) => requestable),
    )
    const role = service.roles.find(({ requestable }: { requestable: boolean }) => requestable)
    const wanted = {
      serviceId: service.id,
      [role.kind === 'access' ? 'accessRoleId' : 'quotaRoleId']: role.id,
    }
    const { id } = await post(ana.api, '/api/organizations', { ...form(newName('Sea Watch')), services: [wanted] })
    const mine = await ana.page('/organization')
    await expect(mine.getByRole('region', { name: 'Requested services' }).getByText(service.name)).toBeVisible()
    const page = await site.operator.page(`/operator/organizations/${id}`)
    await expect(page.getByRole('region', { name: 'Requested services' }).getByText(service.name)).toBeVisible()
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('Which sea?')
    await confirm(page)
    await expect(page.locator('.mantine-Notification-root[data-tone="bad"]')).toBeVisible()
    await mine.getByRole('link', { name: 'Resubmit' }).click()
    await expect(mine.getByRole('group', { name: service.name })).toBeVisible()
    await mine.getByRole('button', { name: 'Resubmit' }).click()
    await expect(mine.getByText('Pending', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await confirm(page)
    await page.getByRole('link', { name: 'Review role requests' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Role requests' })).toBeVisible()
  })
})

test.describe('A form whose data another person changed in the meantime', () => {
  test('details: what was left alone shows what is there now, and what both changed says so', async ({ site }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const id = await site.organization(ana)
    await site.join(ben, ana, { grantsAdmin: true })
    const page = await ben.page('/organization')
    await page.getByRole('link', { name: 'Edit details' }).click()
    await page.getByLabel('Address').fill('Street 5')
    await page.getByLabel('Website').fill('https://reefs.example')
    const details = async () => (await (await ana.api.get(`/api/organizations/${id}`)).json()) as Record<string, string>
    const { name, description, detailsVersion, ...before } = await details()
    const changed = { country: 'JP', city: 'Manila', website: 'https://corals.example', taxId: before.taxId }
    const data = { name, description, detailsVersion, address: '', postalCode: '', ...changed }
    const put = await ana.api.put(`/api/organizations/${id}/details`, { data })
    expect(put.status()).toBe(200)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert')).toContainText('Someone else changed this in the meantime.')
    await expect(page.getByLabel('City')).toHaveValue('Manila')
    await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Japan')
    await expect(page.getByLabel('Address')).toHaveValue('Street 5')
    await expect(page.getByLabel('Website')).toHaveValue('https://reefs.example')
    await expect(page.getByText('Current value: https://corals.example')).toBeVisible()
    await expect(page.getByText(/^Current value: /)).toHaveCount(1)
    await page.getByRole('button', { name: 'Save' }).click()
    await expectToast(page, 'Details saved.')
    expect(await details()).toMatchObject({
      country: 'JP',
      city: 'Manila',
      address: 'Street 5',
      website: 'https://reefs.example',
    })
  })

  test('a service: a role that another operator added is in the form, and is not retired', async ({ site }) => {
    const { api } = site.operator
    const key = `tiles-${Date.now()}`
    const role = { key: 'low', kind: 'quota', name: 'Low', limits: [{ name: 'Tiles', value: 5, unit: '1/s' }] }
    const save = async (service: object) =>
      expect((await api.put(`/api/services/${key}`, { data: service })).status()).toBe(200)
    const stored = async () =>
      (await (await api.get('/api/services')).json()).services.find((one: { key: string }) => one.key === key)
    await save({ name: key, roles: [role] })
    const page = await site.operator.page('/operator/services')
    await page.getByRole('region', { name: key }).getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    const low = dialog.getByRole('group', { name: 'Quota role Low' })
    await low.getByLabel('Description').fill('Few.')
    await save({ name: key, description: 'Maps.', roles: [role, { ...role, key: 'high', name: 'High' }] })
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Someone else changed this in the meantime.')
    await expect(dialog.getByRole('group', { name: 'Quota role High' })).toBeVisible()
    await expect(dialog.getByLabel('Description').first()).toHaveValue('Maps.')
    await expect(low.getByLabel('Description')).toHaveValue('Few.')
    await confirm(page)
    await expectToast(page, `${key} saved.`)
    expect(await stored()).toMatchObject({
      description: 'Maps.',
      roles: [
        { key: 'low', description: 'Few.', retired: false },
        { key: 'high', retired: false },
      ],
    })
  })
})

test.describe('Organization details', () => {
  test('a new name waits for an operator where the site says so: current, requested, accepted', async ({ site }) => {
    expect((await putPolicy(site.operator.api, { ...policy, identityChanges: 'accept' })).status()).toBe(200)
    const ana = await site.person('Ana')
    const [before, after] = [newName('Kelp Watch'), newName('Kelp Wardens')]
    const id = await site.organization(ana, before)
    const page = await ana.page('/organization')
    await page.getByRole('link', { name: 'Edit details' }).click()
    await page.getByLabel('Name', { exact: true }).fill(after)
    await page.getByLabel('City').fill('Manila')
    await page.getByRole('button', { name: 'Save' }).click()
    await expectToast(page, 'Details saved. An operator will review the new name or tax ID.')
    await expect(page.getByText('A new name or tax ID is waiting for review')).toBeVisible()
    await expect(page.getByText('Manila')).toBeVisible()
    await expect(page.getByRole('heading', { name: before })).toBeVisible()
    const operator = await site.operator.page(`/operator/organizations/${id}`)
    await operator.getByRole('button', { name: 'Accept new details' }).click()
    await confirm(operator)
    await expect(page.getByRole('heading', { name: after })).toBeVisible()
    await putPolicy(site.operator.api, policy)
  })
})

test.describe('The only admin is warned before', () => {
  test('removing themselves shows the ways out at once, as Leave does', async ({ site }) => {
    const ana = await site.person('Ana')
    await site.organization(ana)
    await site.join(await site.person('Ben'), ana)
    const page = await ana.page('/users')
    await page.getByRole('button', { name: 'Remove user Ana Cruz' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('You are the only admin, and every organization needs one.')
    await expect(dialog.getByRole('button', { name: 'Confirm' })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Hand over and leave' }).click()
    await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Successor' })).toBeVisible()
  })

  test('unticking their own privileges says why not and what to do; a pending sole member is not asked to invite', async ({
    site,
  }) => {
    const ana = await site.person('Ana')
    await site.organization(ana)
    const page = await ana.page('/users')
    await page.getByRole('checkbox', { name: /Admin privileges/ }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('You are the only admin')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Confirm' })).toBeDisabled()

    const ben = await site.person('Ben')
    await post(ben.api, '/api/organizations', form(newName('Pending')))
    const pending = await ben.page('/organization')
    await pending.getByRole('button', { name: 'Leave' }).click()
    await expect(
      pending.getByText('You can’t invite people until the organization is accepted', { exact: false }),
    ).toBeVisible()
  })
})
