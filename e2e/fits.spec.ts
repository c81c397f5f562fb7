import { expect, type Page } from '@playwright/test'
import { guest } from './support/registering'
import { test } from './support/site'

const badges = '[data-tone], [class*="_tag_"]'

/** The badges whose text needs more than one line. */
const broken = (page: Page) =>
  page.locator(badges).evaluateAll((all) =>
    all.flatMap((badge) => {
      const range = document.createRange()
      range.selectNodeContents(badge)
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      return lines.size > 1 ? [badge.textContent] : []
    }),
  )

const tooWide = (page: Page) => page.evaluate(() => document.scrollingElement!.scrollWidth - window.innerWidth)

test.describe('Everything fits, on screens of every width', () => {
  test('a badge is on one line', async ({ site }) => {
    const { operator } = site
    const [admin, ben] = [await site.person('Ana'), await site.person('Maximiliana', 'Featherstonehaugh')]
    await site.organization(admin)
    await site.join(ben, admin, { note: 'For a colleague of whom nobody knew how long the name is' })
    await site.code(admin, { note: 'Supercalifragilisticexpialidocious' })
    const screens: [Page, string][] = [
      [await admin.page('/invitations'), 'Pending'],
      [await admin.page('/users'), 'you'],
      [await admin.page('/organization'), 'Accepted'],
      [await operator.page('/operator/organizations'), 'Accepted'],
      [await operator.page('/operator/accounts'), 'operator'],
    ]
    for (const [page, text] of screens) {
      await expect(page.locator(badges).filter({ hasText: text }).first()).toBeVisible()
      for (const width of [320, 360, 480, 640, 768, 780, 860, 940, 1020, 1100, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 })
        expect.soft(await broken(page), `${page.url()} ${width}`).toEqual([])
        expect.soft(await tooWide(page), `${page.url()} ${width}`).toBeLessThanOrEqual(0)
      }
    }
  })

  test('the account’s menu can be used on the narrowest', async ({ site }) => {
    const person = await site.person('Ana')
    await site.organization(person)
    const page = await person.page('/organization', { viewport: { width: 320, height: 568 } })
    const menu = page.getByRole('button', { name: 'Ana Cruz' })
    await expect(menu).toBeInViewport({ ratio: 1 })
    const box = (await menu.boundingBox())!
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(34)
    await expect(menu.locator('svg').first()).toBeInViewport({ ratio: 1 })
    await menu.click()
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeInViewport({ ratio: 1 })
    expect(await tooWide(page)).toBeLessThanOrEqual(0)
  })

  test('fields have letters that phones need not enlarge', async ({ site, browser }) => {
    const person = await site.person('Ana')
    const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }
    const out = await guest(browser, site, 'about:blank', touch)
    const page = await person.page('about:blank', touch)
    const fields = 'input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select'
    for (const [where, path] of [
      [out, '/sign-in'],
      [out, '/register'],
      [page, '/organization/create'],
    ] as const) {
      await where.goto(path)
      await expect(where.locator(fields).first()).toBeVisible()
      const sizes = await where.locator(fields).evaluateAll((all) => all.map((one) => getComputedStyle(one).fontSize))
      for (const size of sizes) expect(Number.parseFloat(size), path).toBeGreaterThanOrEqual(16)
    }
  })

  test('paper is white, whatever the screen is, and has no menu', async ({ site }) => {
    const person = await site.person('Ana')
    await site.organization(person)
    const page = await person.page('/organization', { colorScheme: 'dark' })
    const scheme = page.locator('html')
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible()
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark')
    const dark = await ground()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light')
    expect(await ground()).not.toBe(dark)
    await expect(page.getByRole('navigation')).toBeHidden()
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark')
  })
})

test('somebody who tries the site out is told that its links open nowhere else', async ({ site }) => {
  const person = await site.person('Ana')
  await site.organization(person)
  const page = await person.page('/invitations')
  await page.getByRole('button', { name: 'Add invitation' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('dialog').getByText('This link works on this computer only')).toBeVisible()
})
