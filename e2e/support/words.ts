import { expect, type Page } from '@playwright/test'

/** The confirmation that appears in the bottom right corner. */
export async function expectToast(page: Page, text: string | RegExp): Promise<void> {
  const toast = page
    .getByRole('alert')
    .filter({ hasText: text })
    .or(page.getByRole('status').filter({ hasText: text }))
    .first()
  await expect(toast).toBeVisible()
  const [box, size] = [await toast.boundingBox(), page.viewportSize()!]
  expect(box!.x + box!.width / 2).toBeGreaterThan(size.width / 2)
  expect(box!.y + box!.height / 2).toBeGreaterThan(size.height / 2)
}

/** Goes to a screen by its menu label. */
export async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible()
}

export async function confirm(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click()
}
