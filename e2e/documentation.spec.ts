import { expect } from '@playwright/test'
import { expectAccessible } from './support/looks'
import { guest } from './support/registering'
import { test } from './support/site'

test.describe('The API’s documentation', () => {
  test('is a page, and each problem has its sentence', async ({ site, browser }) => {
    const page = await guest(browser, site, '/api/docs')
    await expect(page.getByRole('heading', { name: /^Guildhall/ })).toBeVisible()
    await expect(page.getByText('Register an account; sign in with it then')).toBeVisible()
    await expect(page.getByText('Default Response')).toHaveCount(0)
    await page.getByText('Register an account; sign in with it then').click()
    await expect(page.locator('#registerAccount').getByText('password_too_common')).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
    await page.goto('/docs/errors#invitation_used')
    await expect(page.locator('#invitation_used')).toBeInViewport()
    await page.context().close()
  })
})
