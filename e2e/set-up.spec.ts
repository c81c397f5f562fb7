import { expect } from '@playwright/test'
import { expectSound, listenTo } from './support/looks'
import { password, startServer, test } from './support/site'
import { choose } from './support/words'

test('the one-time link sets up the first operator, works once, and signing in and out works', async ({ browser }, {
  project,
}) => {
  test.slow()
  const server = await startServer(project.name, { first: true })
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  // A link that was cut, or mistyped, is reported before there is an account, and the whole one goes on.
  const mistyped = server.setupLink.replace(/#./, (start) => (start === '#A' ? '#B' : '#A'))
  const page = await listenTo(await context.newPage(), mistyped)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await expect(page.getByText('Copy the full link from the server’s output')).toBeVisible()
  await page.getByLabel('Link').fill(server.setupLink)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Set up this site' })).toBeVisible()
  await expect(page).not.toHaveURL(/#/)
  await expectSound(page, 'set-up', { provoked: /4\d\d .*setup/ })
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByLabel('E-mail').fill('olga@example.org')
  await page.getByLabel('First name').fill('Olga')
  await page.getByLabel('Last name').fill('Santos')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
  await page.getByRole('option', { name: 'Philippines' }).click()
  await page.getByRole('button', { name: 'Register' }).click()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Organizations', exact: true })).toBeVisible()

  await choose(page, 'Account')
  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill('olga@example.org')
  await page.getByLabel('Password').fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('Incorrect e-mail address or password.')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await choose(page, 'Organization')

  await page.goto(server.setupLink)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await context.close()
  await server.stop()
})
