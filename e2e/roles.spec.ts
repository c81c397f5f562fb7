import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { accept, importCatalogue, request, row } from './support/roles'
import { type Person, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

const numbersOfLow = 'S3 requests 400/min · Zipper sessions 1 · Bandwidth per connection 20 MB/s · Transfer 6 TB/month'
const numbersOfMedium =
  'S3 requests 2,000/min · Zipper sessions 1 · Bandwidth per connection 100 MB/s · Transfer 50 TB/month'

/** Requests roles of a service, by the labels on the screen. */
async function ask(page: Page, service: string, access: string | null, quota: string | null): Promise<void> {
  await row(page, service, 'Services')
    .getByRole('button', { name: /^(Request|Edit) access$/ })
    .click()
  const dialog = page.getByRole('dialog')
  if (access)
    await dialog.getByRole('radiogroup', { name: 'Access roles' }).getByRole('radio', { name: access }).check()
  if (quota) await dialog.getByRole('radiogroup', { name: 'Quota roles' }).getByRole('radio', { name: quota }).check()
  await dialog.getByLabel('Description of planned activities').fill('Mapping reefs, every week.')
  await dialog.getByRole('button', { name: 'Request role', exact: true }).click()
}

/** The table’s text without the times. */
const heldBy = async (page: Page): Promise<string> => {
  const table = page.getByRole('table', { name: 'Active roles', exact: true })
  return (await table.innerText()).replace(/Since [^\n]+/g, 'Since')
}

/** Now, by the server's clock. */
const momentNow = async (person: Person): Promise<string> =>
  encodeURIComponent((await (await person.api.get('/api/me/entitlements')).json()).at)

/** The dialog with another person’s roles; on top of it the reason for one, after which the focus returns. */
async function expectRolesOfBen(page: Page, organization: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Active roles of Ben Reyes' })
  const eodata = dialog.getByRole('row').filter({ hasText: 'EO data' })
  await expect(eodata).toContainText(numbersOfMedium)
  const why = eodata.getByRole('button', { name: 'Why?' }).last()
  await why.click()
  const reason = page.getByRole('dialog', { name: 'Why? EO data: Medium' })
  for (const words of [organization, 'Ana Cruz', 'Olga Cruz']) await expect(reason).toContainText(words)
  await reason.getByRole('button', { name: 'Close this window' }).focus()
  await page.keyboard.press('Escape')
  await expect(reason).toHaveCount(0)
  await expect(dialog).toBeVisible()
  await expect(why).toBeFocused()
}

test.describe('Roles', () => {
  test('a new account holds the defaults, with their numbers, and sees why', async ({ site }) => {
    await importCatalogue(site)
    const page = await (await site.person('Ana')).page()
    await choose(page, 'Active roles')
    const eodata = row(page, 'EO data', 'Active roles')
    await expect(eodata).toContainText('Registered user')
    await expect(eodata).toContainText(numbersOfLow)
    await expect(eodata.getByText('Usable', { exact: true })).toBeVisible()
    await eodata.getByRole('button', { name: 'Why?' }).last().click()
    await expect(page.getByRole('dialog')).toContainText('Every account holds this role by default.')
    await expect(page.getByRole('dialog')).toContainText('Zipper sessions')
    await page.keyboard.press('Escape')
    await expect(eodata.getByRole('button', { name: 'Why?' }).last()).toBeFocused()
  })

  test('asked for → one accepted, one refused with a reason → a colleague holds the same → leaving ends it', async ({
    site,
  }) => {
    await importCatalogue(site)
    const name = newName('Coral Watch')
    const ana = await site.person('Ana')
    await site.organization(ana, name)
    const page = await ana.page()
    await choose(page, 'Role requests')
    await row(page, 'EO data', 'Services').getByRole('button', { name: 'Request access' }).click()
    await expect(page.getByRole('dialog').getByText('current', { exact: true })).toHaveCount(2)
    await expect(page.getByRole('radio', { name: 'Full access' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await ask(page, 'EO data', null, 'Medium')
    await expectToast(page, 'Request submitted.')
    await expect(row(page, 'EO data', 'Services')).toContainText('Pending')
    await ask(page, 'EO data', null, 'High')
    await expect(page.getByRole('alert').filter({ hasText: 'This was already requested.' })).toContainText(
      /The request is pending/,
    )
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await ask(page, 'JupyterHub', 'Jupyter user', 'Low')
    await expect(row(page, 'JupyterHub', 'Services')).toContainText('Pending')

    const operator = await site.operator.page()
    await choose(operator, 'Role requests')
    const eodata = operator.getByRole('article', { name: `${name}: EO data` })
    await expect(eodata).toContainText('Counting corals from orbit.')
    await expect(eodata).toContainText('Ana Cruz')
    await eodata.getByRole('button', { name: 'Accept', exact: true }).click()
    await confirm(operator)
    await expectToast(operator, '1 role accepted.')
    await expect(eodata).toHaveCount(0)
    await operator
      .getByRole('article', { name: `${name}: JupyterHub` })
      .getByRole('button', { name: 'Refuse both' })
      .click()
    await confirm(operator)
    await expect(operator.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true')
    await operator.getByLabel('Reason').fill('Not before spring.')
    await confirm(operator)
    await expectToast(operator, '2 roles refused.')

    await expect(row(page, 'EO data', 'History')).toContainText('Accepted')
    await expect(row(page, 'JupyterHub', 'History')).toContainText('Reason: Not before spring.')
    await expect(row(page, 'EO data', 'Services')).toContainText(numbersOfMedium)
    await expect(row(page, 'EO data', 'Services').getByRole('button', { name: 'Edit access' })).toBeVisible()
    await choose(page, 'Active roles')
    await expect(row(page, 'EO data', 'Active roles')).toContainText(numbersOfMedium)

    const ben = await site.person('Ben')
    await site.join(ben, ana)
    const member = await ben.page('/active-roles')
    await expect(row(member, 'EO data', 'Active roles')).toContainText(numbersOfMedium)
    expect(await heldBy(member)).toBe(await heldBy(page))
    await row(member, 'EO data', 'Active roles').getByRole('button', { name: 'Why?' }).last().click()
    for (const words of [name, 'Ana Cruz', 'Olga Cruz']) await expect(member.getByRole('dialog')).toContainText(words)
    await member.keyboard.press('Escape')
    await choose(member, 'Role requests')
    await expect(row(member, 'EO data', 'Services')).toBeVisible()
    await expect(member.getByRole('button', { name: /(Request|Edit) access/ })).toHaveCount(0)

    await choose(member, 'Organization')
    await member.getByRole('region', { name: 'Manage assignment' }).getByRole('button', { name: 'Leave' }).click()
    await confirm(member)
    await expectToast(member, /left/)
    await choose(member, 'Active roles')
    await expect(row(member, 'EO data', 'Active roles')).toContainText(numbersOfLow)
  })

  test('an admin, and an operator, see what every member holds, and why', async ({ site }) => {
    await importCatalogue(site)
    const name = newName('Seagrass Lab')
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const organizationId = await site.organization(ana, name)
    await site.join(ben, ana)
    await request(ana, organizationId, 'eodata', null, 'eodata-medium')
    await accept(site, organizationId)

    const page = await ana.page('/active-roles')
    const members = page.getByRole('region', { name: 'Members' })
    await expect(row(page, 'Ana Cruz', 'Active roles of members')).toContainText('admin')
    await expect(row(page, 'Ben Reyes', 'Active roles of members')).toContainText('Registered user · Medium')
    const show = members.getByRole('button', { name: 'Show roles of Ben Reyes' })
    await show.click()
    await expectRolesOfBen(page, name)
    await page.keyboard.press('Escape')
    await expect(show).toBeFocused()
    const member = await ben.page('/active-roles')
    await expect(row(member, 'EO data', 'Active roles')).toContainText(numbersOfMedium)
    await expect(member.getByRole('region', { name: 'Members' })).toHaveCount(0)

    const operator = await site.operator.page(`/operator/organizations/${organizationId}`)
    await operator.getByRole('button', { name: 'Show roles of Ben Reyes' }).click()
    await expectRolesOfBen(operator, name)
    await operator.goto(`/operator/accounts?q=${encodeURIComponent(ben.email)}`)
    await operator.getByRole('button', { name: 'Active roles of Ben Reyes' }).click()
    await expectRolesOfBen(operator, name)
  })

  test('a past moment shows what was held then, and by whom; one to come is refused; and back to now', async ({
    site,
  }) => {
    await importCatalogue(site)
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const organizationId = await site.organization(ana)
    const alone = await momentNow(ana)
    await site.join(ben, ana)
    await request(ana, organizationId, 'eodata', null, 'eodata-medium')
    await accept(site, organizationId)

    const page = await ana.page('/active-roles')
    const asOf = page.getByLabel('As of')
    await expect(row(page, 'EO data', 'Active roles')).toContainText(numbersOfMedium)
    await expect(page.getByRole('button', { name: 'Back to now' })).toHaveCount(0)
    await asOf.fill('2020-01-31T12:00')
    await expect(page.getByText('You are viewing the past: roles held on 31 Jan 2020, 12:00')).toBeVisible()
    await expect(page.getByText('No roles at that time')).toBeVisible()
    await expect(page.getByText('This organization had no members at that time.')).toBeVisible()
    await asOf.fill('2999-01-31T12:00')
    await expect(page.getByText('Choose a date and time in the past.')).toBeVisible()
    await expect(asOf).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('table')).toHaveCount(0)
    await page.getByRole('button', { name: 'Back to now' }).click()
    await expect(asOf).toHaveValue('')
    await expect(row(page, 'EO data', 'Active roles')).toContainText(numbersOfMedium)

    await page.goto(`/active-roles?at=${alone}`)
    await expect(page.getByText('You are viewing the past')).toBeVisible()
    await expect(row(page, 'EO data', 'Active roles')).toContainText(numbersOfLow)
    await expect(row(page, 'Ana Cruz', 'Active roles of members')).toContainText('Registered user · Low')
    await expect(row(page, 'Ben Reyes', 'Active roles of members')).toHaveCount(0)

    const operator = await site.operator.page(`/operator/organizations/${organizationId}?at=${alone}`)
    await expect(row(operator, 'Ana Cruz', 'Active roles of members')).toContainText('Registered user · Low')
    await expect(row(operator, 'Ben Reyes', 'Active roles of members')).toHaveCount(0)
    await operator.getByRole('button', { name: 'Back to now' }).click()
    await expect(row(operator, 'Ben Reyes', 'Active roles of members')).toContainText('Registered user · Medium')

    await operator.goto(`/operator/accounts?q=${encodeURIComponent(ben.email)}`)
    await operator.getByRole('button', { name: 'Active roles of Ben Reyes' }).click()
    const dialog = operator.getByRole('dialog')
    await expect(dialog.getByRole('row').filter({ hasText: 'EO data' })).toContainText(numbersOfMedium)
    await dialog.getByLabel('As of').fill('2020-01-31T12:00')
    await expect(dialog.getByText('No roles at that time')).toBeVisible()
    await dialog.getByRole('button', { name: 'Back to now' }).click()
    await expect(dialog.getByRole('row').filter({ hasText: 'EO data' })).toContainText(numbersOfMedium)
  })

  test('Services and roles: add a service, retire it; the file changes nothing, then retires it', async ({ site }) => {
    await importCatalogue(site)
    const key = `tiles-${randomUUID().slice(0, 6)}`
    const name = `Tiles ${key}`
    const page = await site.operator.page()
    await choose(page, 'Services and roles')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ])
    const file = { name: download.suggestedFilename(), path: await download.path() }
    await page.getByLabel('File to import').setInputFiles({
      name: file.name,
      mimeType: 'application/json',
      buffer: readFileSync(file.path),
    })
    await expect(page.getByRole('dialog')).toContainText('No changes: the catalogue already matches this file.')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Add service' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Key', { exact: true }).fill('eodata')
    await dialog.getByLabel('Name').fill(name)
    await confirm(page)
    await expect(dialog).toContainText('EO data already has this key. Choose another key, or edit EO data.')
    await dialog.getByLabel('Key', { exact: true }).fill(key)
    await dialog.getByRole('button', { name: 'Add access role' }).click()
    const access = dialog.getByRole('group', { name: /^Access role/ })
    await access.getByLabel('Key', { exact: true }).fill('Not a key')
    await access.getByLabel('Name').fill('Reader')
    await dialog.getByRole('button', { name: 'Add quota role' }).click()
    const quota = dialog.getByRole('group', { name: /^Quota role/ })
    await quota.getByLabel('Key', { exact: true }).fill('tiles-low')
    await quota.getByLabel('Name').fill('Low')
    await quota.getByRole('button', { name: 'Add number' }).click()
    await quota.getByLabel('Number 1: name').fill('Tiles')
    await quota.getByLabel('Number 1: value').fill('5')
    await quota.getByLabel('Number 1: unit').fill('1/s')
    await confirm(page)
    await expect(access.getByLabel('Key')).toHaveAttribute('aria-invalid', 'true')
    await access.getByLabel('Key', { exact: true }).fill('tiles-reader')
    await confirm(page)
    await expectToast(page, `${name} saved.`)
    const section = page.getByRole('region', { name })
    await expect(section.getByRole('row').filter({ hasText: 'tiles-low' })).toContainText('Tiles 5/s')

    await page.getByLabel('File to import').setInputFiles({
      name: file.name,
      mimeType: 'application/json',
      buffer: readFileSync(file.path),
    })
    await expect(dialog).toContainText(`Service ${key} retired`)
    await page.keyboard.press('Escape')
    await section.getByRole('button', { name: 'Retire' }).click()
    await confirm(page)
    await expectToast(page, `${name} retired.`)
    await expect(section.getByText('Retired', { exact: true })).toBeVisible()
  })

  test('several requests are accepted at once, until a day', async ({ site }) => {
    await importCatalogue(site)
    const ana = await site.person('Ana')
    const name = newName('Mangrove Group')
    const organizationId = await site.organization(ana, name)
    await request(ana, organizationId, 'eodata', null, 'eodata-high')
    await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
    const member = await ana.page('/active-roles')
    await expect(row(member, 'EO data', 'Active roles')).toContainText(numbersOfLow)
    await expect(row(member, 'JupyterHub', 'Active roles')).toHaveCount(0)

    const page = await site.operator.page('/operator/role-requests')
    await expect(page.getByRole('button', { name: 'Accept selected' })).toBeDisabled()
    for (const service of ['EO data', 'JupyterHub'])
      await page.getByRole('checkbox', { name: `Select the request of ${name} for ${service}` }).check()
    await page.getByRole('button', { name: 'Accept selected' }).click()
    await page.getByLabel('End date').pressSequentially('0601')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByText('Enter a complete date, or clear the field.')).toBeVisible()
    await page.getByLabel('End date').fill('2099-06-01')
    await confirm(page)
    await expectToast(page, '3 roles accepted.')
    await expect(page.getByRole('article').filter({ hasText: name })).toHaveCount(0)
    await expect(row(member, 'EO data', 'Active roles')).toContainText('8,000/min')
    await expect(row(member, 'JupyterHub', 'Active roles')).toContainText(/until 1 Jun 2099/)
  })

  test('an operator grants and revokes unasked, and raises the member limit', async ({ site }) => {
    await importCatalogue(site)
    const ana = await site.person('Ana')
    const id = await site.organization(ana)
    const page = await site.operator.page(`/operator/organizations/${id}`)
    await page.getByRole('button', { name: 'Grant role' }).click()
    await page.getByRole('combobox', { name: 'Service' }).click()
    await page.getByRole('option', { name: 'EO data' }).click()
    await page.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Full access', exact: true }).click()
    await page.getByLabel('Reason').fill('A partner.')
    await page.getByLabel('End date').fill('2020-01-01')
    await confirm(page)
    await expect(page.getByText('The end date is in the past.')).toBeVisible()
    // Half a date, a day that no month has: neither means that there is no end.
    for (const keys of ['1231', '02312099']) {
      await page.getByLabel('End date').fill('')
      await page.getByLabel('End date').pressSequentially(keys)
      await page.getByRole('button', { name: 'Confirm' }).click()
      await expect(page.getByText('Enter a complete date, or clear the field.')).toBeVisible()
      await expect(page.getByLabel('End date')).toBeFocused()
    }
    await page.getByLabel('End date').fill('')
    await confirm(page)
    await expectToast(page, /Full access granted to/)
    const held = row(page, 'Full access', 'Role assignments')
    await expect(held).toContainText('A partner.')
    await held.getByRole('button', { name: 'Revoke' }).click()
    await page.getByLabel('Reason').fill('No longer a partner.')
    await confirm(page)
    await expect(held).toContainText('Revoked')

    await page.getByRole('button', { name: 'Change member limit' }).click()
    await page.getByLabel('Limit', { exact: true }).fill('2')
    await page.getByLabel('Reason').fill('A small group.')
    await confirm(page)
    await expectToast(page, /Member limit of .* changed/)
    await expect(page.getByText('1 of 2 members')).toBeVisible()

    const users = await ana.page('/users')
    await expect(users.getByText('1 of 2 members')).toBeVisible()
    await users.getByRole('button', { name: 'Request higher member limit' }).click()
    await users.getByLabel('Limit', { exact: true }).fill('2')
    await users.getByLabel('Reason').fill('A second team.')
    await confirm(users)
    await expect(users.getByText('This is not above the current member limit.')).toBeVisible()
    await users.getByLabel('Limit', { exact: true }).fill('20')
    await confirm(users)
    await expectToast(users, 'Request submitted.')
    await expect(users.getByText('A member limit of 20 was requested.')).toBeVisible()
    await expect(page.getByText('Requested member limit: 20')).toBeVisible()
  })

  test('the default member limit is set where the organizations are', async ({ site }) => {
    const page = await site.operator.page('/operator/organizations')
    await expect(page.getByText('Default member limit: no limit')).toBeVisible()
    const set = page.getByRole('button', { name: 'Change default member limit' })
    await set.click()
    await expect(page.getByRole('radio', { name: 'No limit' })).toBeFocused()
    await page.getByRole('radio', { name: 'Maximum number of members' }).check()
    await page.getByLabel('Limit', { exact: true }).fill('0')
    await confirm(page)
    await expect(page.getByText('At least 1.')).toBeVisible()
    await page.getByLabel('Limit', { exact: true }).fill('5000')
    await confirm(page)
    await expectToast(page, 'Default member limit changed.')
    await expect(page.getByText('Default member limit: 5,000 members')).toBeVisible()
    await set.click()
    await page.getByRole('radio', { name: 'No limit' }).check()
    await confirm(page)
    await expect(page.getByText('Default member limit: no limit')).toBeVisible()
  })

  test('services wanted are asked for together with the organization', async ({ site }) => {
    await importCatalogue(site)
    const name = newName('Kelp Forest')
    const page = await (await site.person('Ana')).page('/organization/create')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Description of planned activities').fill('Counting kelp.')
    await page.getByRole('combobox', { name: 'Add a service' }).click()
    await page.getByRole('option', { name: 'JupyterHub' }).click()
    const jupyter = page.getByRole('group', { name: 'JupyterHub' })
    await jupyter.getByRole('radio', { name: 'Jupyter user' }).check()
    await jupyter.getByRole('radio', { name: 'Low' }).check()
    await page.getByRole('button', { name: 'Create organization' }).click()
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await choose(page, 'Role requests')
    await expect(row(page, 'JupyterHub', 'History')).toContainText('Jupyter user')
    await row(page, 'JupyterHub', 'History').getByRole('button', { name: 'Withdraw' }).click()
    await confirm(page)
    await expect(row(page, 'JupyterHub', 'History')).toContainText('Withdrawn')
  })
})
