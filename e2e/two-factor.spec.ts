import { expect, type Page } from '@playwright/test'
import { totp } from '../tests/support/totp'
import { expectSound, openQuietly } from './support/looks'
import { type Person, password, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

/** Sets it up on the Account page; the secret and the recovery codes. */
async function setUp(page: Page) {
  await page.getByRole('button', { name: 'Set up two-factor authentication' }).click()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const secret = (await page.getByLabel('Key', { exact: true }).innerText()).replaceAll(' ', '')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret))
  await confirm(page)
  await expectToast(page, 'Two-factor authentication turned on.')
  const codes = await page.getByLabel('Recovery codes', { exact: true }).locator('span').allInnerTexts()
  expect(codes).toHaveLength(10)
  return { secret, codes }
}

async function signOutAndGivePassword(page: Page, person: Person) {
  await page.getByRole('button', { name: person.name, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Enter your code' })).toBeVisible()
}

const section = (page: Page) => page.getByRole('region', { name: 'Two-factor authentication' })

// Each signs in several times, and some start the program again: slow where the machine is.
test.slow()

test('two-factor: set up with a picture and a code, then asked for, with recovery codes, and removed', async ({
  site,
}) => {
  const tala = await site.person('Tala')
  const page = await tala.page('/account')
  const { secret, codes } = await setUp(page)
  await page.getByRole('button', { name: 'I have saved these codes' }).click()
  await expect(section(page)).toContainText('10 recovery codes left')

  await signOutAndGivePassword(page, tala)
  await page.getByLabel('Code').fill('no code')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('This recovery code is not correct')
  // The code that turned it on has been used.
  await page.getByLabel('Code').fill(totp(secret, 1))
  await page.getByRole('button', { name: 'Sign in' }).click()

  await choose(page, 'Account')
  await signOutAndGivePassword(page, tala)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[0]!.toUpperCase())
  await page.getByRole('button', { name: 'Sign in' }).click()

  await choose(page, 'Account')
  await expect(section(page)).toContainText('9 recovery codes left')
  await page.getByRole('button', { name: 'Generate new recovery codes' }).click()
  await page.getByLabel('Your password').fill(password)
  await confirm(page)
  await expect(page.getByLabel('Recovery codes', { exact: true }).locator('span')).toHaveCount(10)
  await page.getByRole('button', { name: 'I have saved these codes' }).click()
  await expect(section(page)).toContainText('10 recovery codes left')

  await page.getByRole('button', { name: 'Turn off two-factor authentication' }).click()
  await page.getByLabel('Your password').fill('not the password')
  await confirm(page)
  await expect(page.getByRole('dialog').getByText('Wrong password. Try again.')).toBeVisible()
  await page.getByLabel('Your password').fill(password)
  await confirm(page)
  await expectToast(page, 'Two-factor authentication turned off.')
  await expect(section(page)).toContainText('Off')
})

test('two-factor: every window is sound in light, dark and narrow', async ({ site }) => {
  const ligaya = await site.person('Ligaya')
  const page = await openQuietly(ligaya, '/account')
  await expect(section(page)).toBeVisible()
  await expectSound(page, 'account', { picture: true })
  await page.getByRole('button', { name: 'Set up two-factor authentication' }).click()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const secret = (await page.getByLabel('Key', { exact: true }).innerText()).replaceAll(' ', '')
  await expectSound(page, 'two-factor')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret))
  await confirm(page)
  await expect(page.getByLabel('Recovery codes', { exact: true })).toBeVisible()
  await expectSound(page, 'recovery-codes')
  await page.getByRole('button', { name: 'I have saved these codes' }).click()
  await signOutAndGivePassword(page, ligaya)
  await expectSound(page, 'enter-code')
})
