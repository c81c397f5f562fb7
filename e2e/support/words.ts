import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'

/** Opens a screen by its menu label. */
export async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible()
}

export async function confirm(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click()
}

/** A name that no other test on the same site uses. */
export const newName = (base: string): string => `${base} ${randomUUID().slice(0, 6)}`
