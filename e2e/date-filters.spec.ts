import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './support/site'

/** Slowly enough that each half-typed date would be reported if it were taken for a date. */
const typeSlowly = async (field: Locator, keys: string) => {
  await field.focus()
  await field.pressSequentially(keys, { delay: 800 })
}

/** Collects every query that the page’s address ever had. */
async function watchAddress(page: Page) {
  const seen: string[] = []
  page.on('framenavigated', (frame) => seen.push(new URL(frame.url()).search))
  return seen
}

test.describe('A date typed by keyboard', () => {
  test('keeps its text in the activity’s filters, and narrows the list when it is whole', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page('/activity')
    const rows = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
    await expect(rows.first()).toBeVisible()
    const seen = await watchAddress(page)
    await typeSlowly(page.getByLabel('From', { exact: true }), '01312020')
    await expect(page.getByLabel('From', { exact: true })).toHaveValue('2020-01-31')
    await expect(page).toHaveURL(/from=.*20(20-01-3|20-02-0)/)
    await expect(rows.first()).toBeVisible()
    await typeSlowly(page.getByLabel('To', { exact: true }), '02012020')
    await expect(page.getByLabel('To', { exact: true })).toHaveValue('2020-02-01')
    await expect(page.getByText('No activity found')).toBeVisible()
    expect(seen.filter((search) => /(from|until)=(%22)?0/.test(search))).toEqual([])
  })

  test('so it does in “As of”, and going back empties it', async ({ site }) => {
    const admin = await site.person('Ana')
    const page = await admin.page('/active-roles')
    const seen = await watchAddress(page)
    const asOf = page.getByLabel('As of')
    await typeSlowly(asOf, '01312020')
    await page.keyboard.type('1200PM', { delay: 100 })
    await expect(asOf).toHaveValue('2020-01-31T12:00')
    await expect(page.getByText('You are viewing the past')).toBeVisible()
    expect(seen.filter((search) => /at=(%22)?0/.test(search))).toEqual([])
    await page.getByRole('button', { name: 'Back to now' }).click()
    await expect(asOf).toHaveValue('')
  })
})

test('A search field shows what the list is narrowed to: the menu and the way back change both', async ({ site }) => {
  const page = await site.operator.page('/operator/organizations')
  const accounts = page.getByRole('navigation').getByRole('link', { name: 'Accounts', exact: true })
  await accounts.click()
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible()
  const search = page.getByRole('searchbox', { name: 'Search' })
  await search.fill('zzz')
  await expect(page.getByText('No accounts found')).toBeVisible()
  await expect(search).toHaveValue('zzz')
  await accounts.click()
  await expect(page.getByText('No accounts found')).toHaveCount(0)
  await expect(search).toHaveValue('')
  await page.goBack()
  await expect(search).toHaveValue('zzz')
  await expect(page.getByText('No accounts found')).toBeVisible()
})
