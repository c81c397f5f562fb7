import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import type Axe from 'axe-core'
import type { Result } from 'axe-core'
import type { Person } from './site'
import { smallPng } from './small-png'

const looks = {
  light: { colorScheme: 'light', size: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', size: { width: 1280, height: 800 } },
  narrow: { colorScheme: 'light', size: { width: 390, height: 844 } },
} as const

const readmePictures = new Set(readFileSync('README.md', 'utf8').match(/docs\/screens\/[\w-]+\.png/g))

/**
 * SCREENS=1 updates the screenshots of the main pages, SCREENS=all those of every state. Screenshots that the README
 * shows go to `docs/screens`, all others to a folder outside the repository.
 */
function savePicture(name: string, picture: Buffer): void {
  const path = `docs/screens/${name}.png`
  const file = readmePictures.has(path) ? path : `test-results/screens/${name}.png`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, picture)
}

const complaints = new WeakMap<Page, string[]>()
const quiet = { reducedMotion: 'reduce', deviceScaleFactor: 1 } as const

/** Opens a page for this person, and records browser errors from the start. */
export async function openQuietly(person: Person, path: string): Promise<Page> {
  const page = await person.page('about:blank', quiet)
  return listenTo(page, path)
}

/** Records the browser's errors: of scripts, of the content security policy, of requests. */
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
  /** Where the screenshot begins; by default at the top of the page. */
  from?: Locator
  /** Browser errors that the test expects. */
  provoked?: RegExp
}

/** What a page sees while the site restarts: no connection, or a server that is closing its database. */
export const restarts = /ERR_|status of 503 /

/**
 * Checks a page in light, dark and narrow: no serious axe violation, one first-level heading, nothing wider than the
 * page, and no browser errors except those that the test provoked.
 */
export async function expectSound(page: Page, screen: string, options: Options = {}) {
  await page.mouse.move(0, 0)
  for (const [look, { colorScheme, size }] of Object.entries(looks)) {
    const where = `${screen}, ${look}`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    await options.from?.evaluate((one) => one.scrollIntoView())
    await page.waitForFunction(isSettled, colorScheme)
    const { SCREENS } = process.env
    if (SCREENS === 'all' || (SCREENS && options.picture))
      savePicture(`${screen}-${look}`, smallPng(await page.screenshot({ caret: 'hide' })))
    // On a slow machine, colours of the previous look sometimes remain for a moment, so this polls.
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

/**
 * Dark differs from light only in colours, and narrow only in layout. Besides contrast, they check again only the rules
 * that this can break.
 */
const again: Partial<Record<string, string[]>> = {
  dark: ['link-in-text-block'],
  narrow: ['aria-hidden-focus', 'button-name', 'label', 'link-name', 'scrollable-region-focusable', 'target-size'],
}

const softly = expect.configure({ soft: true })

/** Combinations of text and background colours already found readable, which need no further check. */
const readable = new Set<string>()

/** Serious axe violations by rule. */
async function serious(page: Page, look: string): Promise<string[][]> {
  const { violations } = await findingsOn(page, again[look])
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, ...nodes])
}

/** Expects no axe violation at all, on a page that has only one look. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await findingsOn(page)
  expect(violations).toEqual([])
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Injects axe, half a megabyte, unless the page already has it. */
async function haveAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
}

async function findingsOn(page: Page, rules?: string[]): Promise<Findings> {
  await haveAxe(page)
  const findings = await page.evaluate(lookAt, { rules, readable: [...readable] })
  for (const colours of findings.readable) readable.add(colours)
  return findings
}

interface Findings {
  /** Violations with the HTML of the offending elements. */
  violations: { id: string; impact: string | null | undefined; nodes: string[] }[]
  readable: string[]
}

/**
 * Runs in the page. Contrast takes most of the time, so it checks only two texts of the same colours: once if they are
 * readable, repeatedly if they are not.
 */
async function lookAt(given: { rules: string[] | undefined; readable: string[] }): Promise<Findings> {
  const { axe } = window as never as { axe: typeof Axe }
  const found = [
    await axe.run(document, {
      resultTypes: ['violations'],
      ...(given.rules ? { runOnly: given.rules } : { rules: { 'color-contrast': { enabled: false } } }),
    }),
  ]
  /** The factors of contrast: the text's colour and size, its background, and whether the element is enabled. */
  const coloursOf = (one: Element): string => {
    const { color, fontSize, fontWeight } = getComputedStyle(one)
    const behind: string[] = []
    for (let under: Element | null = one; under; under = under.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(under)
      behind.push(backgroundColor, backgroundImage, opacity)
    }
    const unusable = one.closest(':disabled, [aria-disabled="true"], [data-disabled]') !== null
    return [color, fontSize, fontWeight, unusable, ...behind].join(' ')
  }
  const known = new Set(given.readable)
  const unknown = new Map<string, Element[]>()
  for (const one of document.body.querySelectorAll('*')) {
    const hasText =
      one.matches('input, textarea') ||
      [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim())
    if (!hasText || !one.checkVisibility()) continue
    const colours = coloursOf(one)
    const alike = unknown.get(colours) ?? []
    if (!known.has(colours) && alike.length < 2) unknown.set(colours, [...alike, one])
  }
  const readable: string[] = []
  if (unknown.size > 0) {
    const include = [...unknown.values()].flat()
    const contrast = await axe.run({ include }, { runOnly: ['color-contrast'], elementRef: true })
    found.push(contrast)
    const elements = (results: Result[]): (Element | undefined)[] =>
      results.flatMap(({ nodes }) => nodes.map(({ element }) => element))
    const [passed, failed] = [elements(contrast.passes), elements(contrast.violations)]
    for (const [colours, alike] of unknown)
      if (alike.some((one) => passed.includes(one)) && !alike.some((one) => failed.includes(one)))
        readable.push(colours)
  }
  const violations = found.flatMap(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) })),
  )
  return { violations, readable }
}

/** Runs in the page until the look is applied and painted, nothing loads, and nothing moves. */
async function isSettled(colorScheme: string): Promise<boolean> {
  if (document.documentElement.dataset.mantineColorScheme !== colorScheme) return false
  if (document.querySelector('[aria-busy="true"]')) return false
  const finite = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(finite.map((one) => one.finished))
  const painted = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await painted()
  await painted()
  return true
}

/** The page or dialog, if it is wider than its visible part. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    [document.scrollingElement!, ...document.querySelectorAll('[role="dialog"]')]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => `${one.tagName} is ${one.scrollWidth} wide and shows ${one.clientWidth}`),
  )
