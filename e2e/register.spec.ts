import { expect } from '@playwright/test'
import { password, test } from './support/site'

test('a password that is easy to guess is refused at its field, and a sentence is taken', async ({ browser, site }) => {
  const page = await (await browser.newContext({ baseURL: site.url })).newPage()
  await page.goto('/register')
  await page.getByLabel('E-mail').fill('wanda.reyes@example.org')
  await page.getByLabel('First name').fill('Wanda')
  await page.getByLabel('Last name').fill('Reyes')
  await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
  await page.getByRole('option', { name: 'Philippines' }).click()
  await page.getByLabel('Password').fill('WandaReyes123456')
  await page.getByRole('button', { name: 'Register' }).click()

  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(
    /This is easy to guess\. Choose a longer passphrase/,
  )
  await expect(page.getByLabel('Password')).toBeFocused()
  await expect(page.getByRole('alert')).toHaveCount(0)

  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Register' }).click()
  await expect(page.getByRole('heading', { name: 'Organization' })).toBeVisible()
})

test('a person with one name registers with it, and with an address as it was copied', async ({ browser, site }) => {
  const page = await (await browser.newContext({ baseURL: site.url })).newPage()
  await page.goto('/register')
  await page.getByLabel('E-mail').fill('Suharto <suharto@müller.example>')
  await page.getByLabel('Last name').fill('Suharto')
  await page.getByRole('combobox', { name: 'Country' }).fill('Kosovo')
  await page.getByRole('option', { name: 'Kosovo' }).click()
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Register' }).click()
  await expect(page.getByRole('heading', { name: 'Organization' })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText('suharto@xn--mller-kva.example')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Suharto', exact: true })).toBeVisible()
})
