import { expect, type Page } from '@playwright/test'
import { test } from './support/site'
import { expectToast } from './support/toasts'
import { confirm, newName } from './support/words'

async function fillIn(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: 'Create organization' })
    .or(page.getByRole('link', { name: 'Create organization' }))
    .first()
    .click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
  await page.getByRole('option', { name: 'Philippines' }).click()
  await page.getByLabel('Description of planned activities').fill('Counting corals from orbit.')
  await page.getByLabel('City').fill('Manila')
  await page.getByRole('button', { name: 'Create organization' }).click()
}

/** The operator's page of the organization, found by its name. */
async function operatorOpens(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
}

test.describe('Create an organization', () => {
  test('form → pending → an operator accepts → its admin sees it without reloading', async ({ site }) => {
    const name = newName('Coral Watch')
    const page = await (await site.person('Ana')).page()
    await fillIn(page, name)
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await expect(page.getByText('Pending', { exact: true })).toBeVisible()
    await expect(page.getByText('Manila')).toBeVisible()

    const operator = await site.operator.page('/operator/organizations')
    await operatorOpens(operator, name)
    await operator.getByRole('button', { name: 'Accept', exact: true }).click()
    await confirm(operator)
    await expectToast(operator, /accepted/)
    await expect(page.getByText('Accepted', { exact: true })).toBeVisible()
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Invitations' })).toBeVisible()
  })

  test('rejected with a reason → readable → resubmitted → accepted', async ({ site }) => {
    const name = newName('Kelp Forest')
    const page = await (await site.person('Ana')).page()
    await fillIn(page, name)
    await expect(page.getByText('Pending', { exact: true })).toBeVisible()
    const operator = await site.operator.page('/operator/organizations')
    await operatorOpens(operator, name)
    await operator.getByRole('button', { name: 'Reject' }).click()
    await operator.getByRole('dialog').getByLabel('Reason').fill('Say which reefs.')
    await confirm(operator)
    await expectToast(operator, /rejected/)

    await expect(page.getByText('Say which reefs.')).toBeVisible()
    await page
      .getByRole('link', { name: 'Resubmit' })
      .or(page.getByRole('button', { name: 'Resubmit' }))
      .click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
    await page.getByLabel('Description of planned activities').fill('Counting the corals of Tubbataha from orbit.')
    await page.getByRole('button', { name: 'Resubmit' }).click()
    await expect(page.getByText('Pending', { exact: true })).toBeVisible()

    await operator.getByRole('button', { name: 'Accept', exact: true }).click()
    await confirm(operator)
    await expect(page.getByText('Accepted', { exact: true })).toBeVisible()
  })

  test('changes asked for → corrected by its admin → pending again', async ({ site }) => {
    const name = newName('Mangrove Group')
    const page = await (await site.person('Ana')).page()
    await fillIn(page, name)
    const operator = await site.operator.page('/operator/organizations')
    await operatorOpens(operator, name)
    await operator.getByRole('button', { name: 'Request changes' }).click()
    await operator.getByRole('dialog').getByLabel('Reason').fill('Add a web address.')
    await confirm(operator)
    await expect(page.getByText('Add a web address.')).toBeVisible()
    await page
      .getByRole('link', { name: 'Correct and resubmit' })
      .or(page.getByRole('button', { name: 'Correct and resubmit' }))
      .click()
    await page.getByLabel('Website').fill('https://mangroves.example')
    await page.getByRole('button', { name: 'Resubmit' }).click()
    await expect(page.getByText('Pending', { exact: true })).toBeVisible()
  })

  test('a name that is taken is reported at its field', async ({ site }) => {
    const name = newName('Sea Grass')
    await site.organization(await site.person('Ana'), name)
    const page = await (await site.person('Ben')).page()
    await fillIn(page, name.toUpperCase())
    await expect(page.getByText(/organization with this name already exists/)).toBeVisible()
  })

  test('suspended with a reason, then reinstated: members read it, invitations pause', async ({ site }) => {
    const admin = await site.person('Ana')
    const id = await site.organization(admin)
    const page = await admin.page()
    const operator = await site.operator.page(`/operator/organizations/${id}`)
    await operator.getByRole('button', { name: 'Suspend' }).click()
    await operator.getByRole('dialog').getByLabel('Reason').fill('An open question about use.')
    await confirm(operator)
    await expect(page.getByText('An open question about use.')).toBeVisible()
    await operator.getByRole('button', { name: 'Reinstate' }).click()
    await operator.getByRole('dialog').getByLabel('Reason').fill('Answered.')
    await confirm(operator)
    await expect(page.getByText('Accepted', { exact: true })).toBeVisible()
  })
})
