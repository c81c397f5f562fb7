import { expect, type Page } from '@playwright/test'
import { pseudo } from '../../src/platform/messages/pseudo'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const plainLetters = new Map([...letters].map((letter) => [pseudo(letter), letter]))

/** Removes the pseudo-locale's accents. */
export const plain = (text: string): string => [...text].map((letter) => plainLetters.get(letter) ?? letter).join('')

/** Texts that are the same in every language. */
const untranslated = [
  /curl -H 'Authorization: Bearer \S+'/g,
  /\bgh[op]_[\w-]+/g, // tokens
  /\S*@\S+/g, // addresses, and domains behind an @
  /https?:\/\/\S+/g,
  /\b[\w-]+(\.[\w-]+)+\b/g, // domains, files
  /\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3,}\b/g, // invitation codes
  /\b[A-Z2-7]{16,}\b/g, // the key of an authenticator app
  /\b(Guildhall|BASE_URL|Chrome|Linux|CSV|JSON)\b/g,
]

/** Three or more plain letters are an untranslated word, because the pseudo-locale gives every letter an accent. */
const isPlain = (text: string, keys: string[]): boolean => {
  const known = keys.length > 0 ? [...untranslated, new RegExp(`\\b(${keys.join('|')})\\b`, 'g')] : untranslated
  return /[A-Za-z]{3}/.test(known.reduce((rest, pattern) => rest.replace(pattern, ''), text))
}

/** Everything that a reader sees or hears: texts, labels, titles, placeholders, and the selected values of fields. */
function textsOnPage(): string[] {
  const attributes = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']
  const elements = [
    ...document.querySelectorAll<HTMLElement>('body *:not([aria-hidden=true], [aria-hidden=true] *)'),
  ].filter((one) => one.checkVisibility())
  for (const details of document.querySelectorAll('details')) details.open = true
  return [
    document.title,
    ...document.body.innerText.split(/[\n\t]/),
    ...elements.flatMap((one) => [...attributes, 'data-label'].map((name) => one.getAttribute(name) ?? '')),
    ...elements.flatMap((one) => (one instanceof HTMLInputElement && one.ariaHasPopup === 'listbox' ? one.value : '')),
  ]
}

/** Buttons that leave the page or save a file, and open no dialog. */
const leaving = /^(Sign out|Copy|Export|Download|Import)/

/** Finds plain English on the screens of one browser. Reports each text once, where it first appears. */
export function wordsOf(page: Page, keys: string[] = []) {
  const reported = new Set<string>()
  const dialogs = page.getByRole('dialog')

  async function look(screen: string): Promise<void> {
    await expect(page.getByRole('heading', { level: 1, includeHidden: true }).first(), screen).toBeAttached()
    await expect(page.locator('[aria-busy=true]'), screen).toHaveCount(0)
    const texts = (await page.evaluate(textsOnPage)).map((text) => text.trim())
    const found = [...new Set(texts)].filter((text) => isPlain(text, keys) && !reported.has(text))
    for (const text of found) reported.add(text)
    expect.soft(found, screen).toEqual([])
  }

  async function open(path: string): Promise<void> {
    await page.goto(path)
    await look(path)
  }

  /** Checks the options of each field, in the dialog if there is one. */
  async function lookAtChoices(where: string): Promise<void> {
    const within = (await dialogs.count()) > 0 ? dialogs.last() : page.locator('main')
    for (const field of await within.locator('input[aria-haspopup=listbox]:visible').all()) {
      await field.click()
      await page.getByRole('listbox').first().waitFor()
      await look(`${where}: choices`)
      await field.click()
    }
  }

  /** Checks the open dialog, including its collapsed parts. */
  async function lookAtWindow(where: string): Promise<void> {
    await dialogs.first().waitFor()
    for (const folded of await dialogs.locator('button[aria-expanded=false]').all()) await folded.click()
    await look(where)
  }

  async function closeWindows(): Promise<void> {
    await expect(async () => {
      // A second dialog asks whether to discard; its last button confirms.
      if ((await dialogs.count()) > 1) await dialogs.last().getByRole('button').last().click()
      else if ((await dialogs.count()) === 1) await page.keyboard.press('Escape')
      await expect(dialogs).toHaveCount(0, { timeout: 500 })
    }).toPass()
  }

  /** Checks a page and every dialog that one of its buttons opens. */
  async function openAll(path: string): Promise<void> {
    await open(path)
    await lookAtChoices(path)
    await page.goto(path)
    await look(path)
    const buttons = page.locator('main button:not([type=submit], :disabled, [aria-haspopup])')
    const namesNow = () =>
      buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''))
    for (const name of new Set(await namesNow())) {
      // Some buttons remove others.
      const place = (await namesNow()).indexOf(name)
      if (place < 0 || leaving.test(plain(name))) continue
      const where = `${path}: ${plain(name)}`
      await buttons.nth(place).click()
      await dialogs
        .first()
        .waitFor({ timeout: 2000 })
        .catch(() => undefined)
      if ((await dialogs.count()) > 0) {
        await lookAtWindow(where)
        await closeWindows()
      } else {
        await look(where)
        await page.goto(path)
        await look(path)
      }
    }
  }

  return { look, open, openAll, lookAtWindow, lookAtChoices, closeWindows }
}
