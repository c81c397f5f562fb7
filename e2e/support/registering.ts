import type { Page } from '@playwright/test'
import { password } from './site'

/** Fills in the form and sends it. */
export async function register(page: Page, email: string, firstName = 'Nia', withPassword = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('First name').fill(firstName)
  await page.getByLabel('Last name').fill('Reyes')
  await page.getByLabel('Password').fill(withPassword)
  await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
  await page.getByRole('option', { name: 'Philippines' }).click()
  await page.getByRole('button', { name: 'Register' }).click()
}

export async function signIn(page: Page, email: string, withPassword = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(withPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
