import { expect, type Page } from '@playwright/test'

interface Toast {
  text: string
  /** Free pixels to its right. */
  beside: number
  /** The vertical position of its middle, from 0 at the top to 1 at the bottom. */
  down: number
}

/** Records each toast as it appears, because toasts disappear automatically and a slow machine may look too late. */
export const keepToasts = (page: Page) =>
  page.addInitScript(() => {
    const root = '.mantine-Notification-root'
    const toasts: Toast[] = []
    Object.assign(window, { toasts })
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (!(node instanceof HTMLElement)) continue
        const toast = node.matches(root) ? node : node.querySelector(root)
        if (!toast) continue
        const { right, top, height } = toast.getBoundingClientRect()
        toasts.push({
          text: toast.textContent ?? '',
          beside: innerWidth - right,
          down: (top + height / 2) / innerHeight,
        })
      }
    }).observe(document, { childList: true, subtree: true })
  })

/** Expects a toast in the bottom right corner. Finds each toast once. */
export async function expectToast(page: Page, text: string | RegExp): Promise<void> {
  const wanted = typeof text === 'string' ? text : { source: text.source }
  const find = () =>
    page.evaluate((wanted) => {
      const { toasts } = window as never as { toasts: Toast[] }
      const place = toasts.findIndex(({ text }) =>
        typeof wanted === 'string' ? text.includes(wanted) : new RegExp(wanted.source).test(text),
      )
      return place < 0 ? null : toasts.splice(place, 1)[0]!
    }, wanted)
  let toast: Toast | null = null
  await expect(async () => {
    toast = await find()
    expect(toast, `a toast: ${text}`).not.toBeNull()
  }).toPass({ timeout: 30_000 })
  expect(toast!.beside).toBeLessThan(40)
  expect(toast!.down).toBeGreaterThan(0.5)
}

/** They cover what the pictures show. */
export async function closeToasts(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close this message' })
  await expect(async () => {
    if (await close.count()) await close.first().click({ timeout: 1000 })
    await expect(close).toHaveCount(0, { timeout: 500 })
  }).toPass({ timeout: 30_000 })
}
