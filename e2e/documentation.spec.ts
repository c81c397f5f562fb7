import { expect } from '@playwright/test'
import { expectAccessible } from './support/looks'
import { guest } from './support/registering'
import { test } from './support/site'

test.describe('The API’s documentation', () => {
  test('is a page, and each problem has its sentence', async ({ site, browser }) => {
    const page = await guest(browser, site, '/api/docs')
    await expect(page.getByRole('heading', { name: /^Guildhall/ })).toBeVisible()
    await expect(page.getByText('Register an account; signing in is a separate step')).toBeVisible()
    await expect(page.getByText('Default Response')).toHaveCount(0)
    await page.getByText('Register an account; signing in is a separate step').click()
    await expect(page.locator('#registerAccount').getByText('password_too_common')).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
    await expect(page.locator('code').filter({ hasText: 'POST /api/sessions' }).first()).toBeVisible()
    expect(await page.locator('main').textContent()).not.toContain('`')
    await page.goto('/docs/errors#invitation_used')
    await expect(page.locator('#invitation_used')).toBeInViewport()
    await page.context().close()
  })

  test('is light or dark as was chosen in the portal, and leads back to it', async ({ site, browser }) => {
    const page = await guest(browser, site, '/sign-in', { colorScheme: 'light' })
    await page.getByRole('button', { name: 'Switch to dark mode' }).click()
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    for (const path of ['/api/docs', '/docs/errors']) {
      await page.goto(path)
      await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
      if (path === '/api/docs') expect(await ground()).toBe('rgb(22, 21, 19)')
      await page.getByRole('link', { name: 'Back to Guildhall' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    }
  })
})
