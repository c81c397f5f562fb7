import { mkdirSync, writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Person } from './site'
import { smallPng } from './small-png'

const looks = {
  light: { colorScheme: 'light', size: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', size: { width: 1280, height: 800 } },
  narrow: { colorScheme: 'light', size: { width: 390, height: 844 } },
} as const

/** SCREENS=1 keeps the pictures of the main pages, SCREENS=all those of every state, out of the repository. */
const folder = { '1': 'docs/screens', all: 'test-results/screens' }[process.env.SCREENS ?? '']

const complaints = new WeakMap<Page, string[]>()
const quiet = { reducedMotion: 'reduce', deviceScaleFactor: 1 } as const

/** A page of this person, whose browser is listened to from the start. */
export async function openQuietly(person: Person, path: string): Promise<Page> {
  const page = await person.page('about:blank', quiet)
  return listenTo(page, path)
}

/** Keeps what the browser complains about: errors of scripts, of the security policy, of requests. */
export async function listenTo(page: Page, path: string): Promise<Page> {
  const heard: string[] = []
  complaints.set(page, heard)
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error')
      heard.push(`${message.text()} ${new URL(message.location().url || 'none:').pathname}`)
  })
  await page.goto(path)
  return page
}

interface Options {
  picture?: boolean
  /** Where the picture begins; else at the top of the page. */
  from?: Locator
  /** What the browser complains about, and should. */
  provoked?: RegExp
}

/**
 * Light, dark and narrow: nothing that axe finds serious, one first heading, nothing wider than the page, and nothing
 * that the browser complains about, but for what the test provoked.
 */
export async function expectSound(page: Page, screen: string, options: Options = {}) {
  for (const [look, { colorScheme, size }] of Object.entries(looks)) {
    const where = `${screen}, ${look}`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await options.from?.evaluate((one) => one.scrollIntoView())
    await settle(page)
    if (folder && (options.picture || process.env.SCREENS === 'all')) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${folder}/${screen}-${look}.png`, smallPng(await page.screenshot({ caret: 'hide' })))
    }
    // On a slow machine colours are now and then still the look's before, so it looks again, as all that is expected of a page is.
    await softly.poll(() => serious(page, look), { message: where }).toEqual([])
    await expect.soft(page.getByRole('heading', { level: 1, includeHidden: true }), where).toHaveCount(1)
    expect.soft(await tooWide(page), where).toEqual([])
  }
  const unexpected = complaints
    .get(page)!
    .splice(0)
    .filter((complaint) => !/status of 401 .*\/api\/me$/.test(complaint) && !options.provoked?.test(complaint))
  expect.soft(unexpected, screen).toEqual([])
}

/** Dark is light with other colours, and narrow is light in another arrangement: only what these can break is looked for again. */
const again: Partial<Record<string, string[]>> = {
  dark: ['color-contrast', 'link-in-text-block'],
  narrow: [
    'aria-hidden-focus',
    'button-name',
    'color-contrast',
    'label',
    'link-name',
    'scrollable-region-focusable',
    'target-size',
  ],
}

const softly = expect.configure({ soft: true })

/** What axe finds serious, by rule. */
async function serious(page: Page, look: string): Promise<string[][]> {
  const { violations } = await (await axe(page, look)).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}

/** Nothing at all that axe finds, on a page that has no looks of its own to go through. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await (await axe(page, 'light')).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([])
}

/** Its rules are half a megabyte, which a page that has them already is not sent again. */
async function axe(page: Page, look: string): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const builder = new AxeBuilder({ page, axeSource: isThere ? ';' : undefined })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
  return again[look] ? builder.withRules(again[look]) : builder
}

/** Until nothing loads, nothing moves, nothing is pointed at, and all of it is painted. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(finite.map((one) => one.finished))
    const painted = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await painted()
    await painted()
  })
}

/** The page, or a window over it, when it is wider than what is seen of it. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    [document.scrollingElement!, ...document.querySelectorAll('[role="dialog"]')]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => `${one.tagName} is ${one.scrollWidth} wide and shows ${one.clientWidth}`),
  )
