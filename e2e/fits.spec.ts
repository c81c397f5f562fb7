import { expect, type Locator, type Page } from '@playwright/test'
import { guest } from './support/registering'
import { accept, importCatalogue, request } from './support/roles'
import { decide, post, test } from './support/site'
import { confirm, newName } from './support/words'

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

/** What is wider than its box: it would be cut off, or run out of its card. What scrolls, or ends in an ellipsis, is meant. */
const beyondBoxes = (page: Page) =>
  page.evaluate(() => {
    const isMeant = (element: Element) => {
      const { overflowX, textOverflow, display, visibility } = getComputedStyle(element)
      if (display === 'inline' || visibility !== 'visible') return true
      return /auto|scroll/.test(overflowX) || textOverflow === 'ellipsis' || isForTheEar(element)
    }
    const isForTheEar = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).clipPath !== 'none' || isForTheEar(element.parentElement))
    return [
      ...document.querySelectorAll<HTMLElement>(
        ':is(main, [role=dialog], .mantine-Notification-root) *:not(svg *, input, textarea, select, option)',
      ),
    ]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => !isMeant(element))
      .map((element) => `${element.tagName} ${element.className} ${element.innerText.slice(0, 60)}`)
      .slice(-2)
  })

/** What a row has for people beyond the edge of its list, or card, and ordinary words that are broken. */
function beyondFrames(): string[] {
  const main = document.querySelector('main')!
  const framesOf = (element: Element | null): Element[] =>
    element && element !== main
      ? [
          ...(getComputedStyle(element).backgroundColor === 'rgba(0, 0, 0, 0)' ? [] : [element]),
          ...framesOf(element.parentElement),
        ]
      : [main]
  const beyond = [...main.querySelectorAll<HTMLElement>('button, a, [data-tone], [class*="_tag_"]')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect()
    return (
      width > 0 &&
      framesOf(one.parentElement).some((frame) => {
        const box = frame.getBoundingClientRect()
        return left < box.left - 1 || right > box.right + 1
      })
    )
  })
  const broken: string[] = []
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const { index, 0: word } of text.textContent!.matchAll(/(?<![\p{L}@.])\p{L}{2,14}(?![\p{L}@.])/gu)) {
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word)
    }
  const middle = (of: Element) => of.getBoundingClientRect().top + of.getBoundingClientRect().height / 2
  const askew = [...main.querySelectorAll('.mantine-Button-label')].filter(
    (label) => Math.abs(middle(label) - middle(label.closest('.mantine-Button-root')!)) > 2,
  )
  return [
    ...beyond.map((one) => one.getAttribute('aria-label') ?? one.innerText),
    ...broken,
    ...askew.map(({ textContent }) => `${textContent} is not in the middle of its button`),
  ].slice(0, 8)
}

async function expectToFit(page: Page, where: string): Promise<void> {
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    // The frame around the page moves to its new place.
    await softly.poll(() => beyondBoxes(page), { message: `${where} ${width}`, timeout: 5000 }).toEqual([])
    softly(await tooWide(page), `${where} ${width}`).toBeLessThanOrEqual(0)
  }
}

/** Everything that does not fit is listed; a mutant is noticed by the first, since each is waited for. */
const softly = expect.configure({ soft: process.env.EXPECT_TIMEOUT === undefined })

/** Opens each window that a button of the page opens, but no window of a person's own devices and the like. */
async function expectWindowsToFit(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  const buttons = page.locator('main button:not([type=submit], :disabled, [aria-haspopup])')
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent))
  for (const [place, name] of names.entries()) {
    if (/^(Sign out|Copy|Export|Download|Import|Withdraw$|Show more)/.test(name ?? '')) continue
    await buttons.nth(place).click()
    if ((await dialog.count()) === 0) await dialog.waitFor({ timeout: 2000 }).catch(() => undefined)
    if ((await dialog.count()) === 0) continue
    await expectToFit(page, `${path} ${name}`)
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
}

test.describe('Everything fits, on screens of every width', () => {
  test('a badge is on one line', async ({ site }) => {
    const { operator } = site
    const [admin, ben] = [await site.person('Ana'), await site.person('Maximiliana', 'Featherstonehaugh')]
    await site.organization(admin)
    await site.join(ben, admin, { note: 'For a colleague whose name is longer than anyone expected' })
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
        softly(await broken(page), `${page.url()} ${width}`).toEqual([])
        softly(await tooWide(page), `${page.url()} ${width}`).toBeLessThanOrEqual(0)
      }
    }
  })

  test('the longest names, in every page and window that shows them', async ({ site }) => {
    test.slow()
    const { operator } = site
    const longest = (text: string, length: number) => text.repeat(length).slice(0, length - 6) + newName('').slice(1)
    const person = (name: string) => site.person(longest(name, 60), longest(name, 80))
    await importCatalogue(site)
    const [admin, ben, cleo, dana, olaf] = [
      await person('Max'),
      await person('W'),
      await person('m'),
      await person('G'),
      await person('Q'),
    ]
    const organizationId = await site.organization(admin, longest('Wattenmeer', 200))
    for (const member of [ben, cleo]) await site.join(member, admin, { note: longest('N', 200) })
    await request(admin, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
    await accept(site, organizationId)
    const waiting = await site.code(admin, { needsApproval: true, note: longest('n', 200) })
    await post(dana.api, '/api/invitations/accept', { code: waiting })
    const offered = await site.code(admin)
    const { id: asked } = await post(olaf.api, '/api/organizations', {
      name: longest('Quagmire', 200),
      country: 'PH',
      description: longest('d', 300),
    })
    await decide(operator.api, asked, 'request-changes', { reason: longest('r', 300) })

    const tokenNames = { name: longest('T', 60), scopes: ['read:organizations', 'read:role-assignments'] }
    await post(admin.api, '/api/me/tokens', tokenNames)
    await post(admin.api, `/api/organizations/${organizationId}/tokens`, tokenNames)
    const visitor = await person('v')
    const screens: [who: typeof admin, path: string, text: RegExp][] = [
      [admin, '/organization', /Leave/],
      [admin, '/users', /Remove user/],
      [admin, '/invitations', /Revoke/],
      [admin, '/active-roles', /Active roles/],
      [admin, '/role-requests', /Request/],
      [admin, '/activity', /Download/],
      [admin, '/tokens', /Renew/],
      [admin, '/notifications', /./],
      [admin, '/account', /Delete account/],
      [ben, '/organization', /Leave/],
      [dana, '/organization', /Waiting for/],
      [olaf, '/organization', /Leave/],
      [visitor, `/join#${offered}`, /invited by/],
      [operator, '/operator/organizations', /Wattenmeer/],
      [operator, `/operator/organizations/${organizationId}`, /Dissolve/],
      [operator, `/operator/organizations/${asked}`, /Dissolve|Accept/],
      [operator, `/operator/accounts?q=${ben.email}`, /Disable/],
      [operator, '/operator/activity', /Download/],
    ]
    const pages = new Map<typeof admin, Page>()
    for (const [who, path, text] of screens) {
      const page = pages.get(who) ?? (await who.page('about:blank', { viewport: { width: 1280, height: 900 } }))
      pages.set(who, page)
      await page.goto(path)
      await expect(page.getByRole('main').getByText(text).first()).toBeVisible()
      await expectToFit(page, path)
      await expectWindowsToFit(page, path)
    }
    const page = await admin.page('/organization')
    for (const [opener, title] of [
      ['Leave', /^Leave/],
      ['Hand over and leave', /^Hand over/],
    ] as const) {
      await page.getByRole('button', { name: opener, exact: true }).click()
      await expect(page.getByRole('dialog', { name: title })).toBeVisible()
      await expectToFit(page, opener)
    }
    const withdrawing = await dana.page('/organization')
    await withdrawing.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await expectToFit(withdrawing, 'Withdraw')
    await confirm(withdrawing)
    await expect(withdrawing.getByText(/Request to join .* withdrawn/)).toBeVisible()
    await expectToFit(withdrawing, 'a toast')
  })

  test('what one does with a row is on the screen, and no word is broken, on screens of every width', async ({
    site,
  }) => {
    test.slow()
    const { operator } = site
    await importCatalogue(site)
    const [admin, ben, cleo, dana] = [
      await site.person('Maria Clara', 'Santos Villanueva'),
      await site.person('Ben', 'Reyes'),
      await site.person('Maximiliana', 'Villavicencio'),
      await site.person('Dana', 'Macaraeg'),
    ]
    const organizationId = await site.organization(admin, newName('Tubbataha Reef Conservation'))
    await site.join(ben, admin, { note: 'For Ben of the field station' })
    await site.join(cleo, admin, { grantsAdmin: true })
    const code = await site.code(admin, { needsApproval: true, note: 'For anyone who comes' })
    await post(dana.api, '/api/invitations/accept', { code })
    await request(admin, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
    await accept(site, organizationId)
    await request(admin, organizationId, 'jupyter', null, 'jupyter-high')
    await request(admin, organizationId, 'cloud', 'cloud-member', 'cloud-small')
    const token = { name: 'Directory sync', scopes: ['read:organizations', 'write:role-requests', 'read:events'] }
    for (const path of ['/api/me/tokens', `/api/organizations/${organizationId}/tokens`])
      await post(admin.api, path, token)
    await post(cleo.api, `/api/organizations/${organizationId}/tokens`, { ...token, name: 'Invoices' })
    await post(cleo.api, `/api/organizations/${organizationId}/leave`)
    const screens: [who: typeof admin, path: string, button: string][] = [
      [operator, '/operator/accounts', 'Active roles of Maria Clara Santos Villanueva'],
      [operator, '/operator/role-requests', 'Accept both'],
      [operator, '/operator/organizations', 'Change default member limit'],
      [operator, `/operator/organizations/${organizationId}`, 'Grant role'],
      [operator, '/operator/services', 'Add service'],
      [admin, '/users', 'Remove user Ben Reyes'],
      [admin, '/invitations', 'Decline'],
      [admin, '/role-requests', 'Request access'],
      [admin, '/active-roles', 'Why?'],
      [admin, '/tokens', 'Remove Invoices'],
      [admin, '/account', 'End Directory sync'],
    ]
    for (const [who, path, button] of screens) {
      const page = await who.page(path, { viewport: { width: 1280, height: 900 } })
      await expect(page.getByRole('main').getByRole('button', { name: button, exact: true }).first()).toBeVisible()
      for (const width of [320, 390, 768, 800, 834, 900, 1024, 1180, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        await softly.poll(() => page.evaluate(beyondFrames), { message: `${path} ${width}`, timeout: 5000 }).toEqual([])
      }
      await page.close()
    }
  })

  test('what belongs together is in line: addresses and actions of accounts, days, the fields of a form', async ({
    site,
    browser,
  }) => {
    const { operator } = site
    const ben = await site.person('Ben')
    const place = (of: Locator) => of.evaluate((one) => one.getBoundingClientRect().toJSON() as DOMRect)
    const page = await operator.page(`/operator/accounts?q=${ben.email}`, { viewport: { width: 1440, height: 800 } })
    const row = page.getByRole('row').filter({ hasText: ben.email })
    await expect(row).toBeVisible()
    const lines = await row.getByText(ben.email).evaluate((one) => {
      const range = document.createRange()
      range.selectNodeContents(one)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    })
    expect(lines).toBe(1)
    // On a card it has the whole width: two lines at most, the second with the @.
    await page.setViewportSize({ width: 320, height: 800 })
    const address = await place(row.getByText(ben.email))
    const card = await place(row)
    expect([address.left - card.left < 24, address.height < 55], JSON.stringify([address, card])).toEqual([true, true])
    await page.setViewportSize({ width: 1440, height: 800 })
    const actions = await Promise.all((await row.getByRole('button').all()).map(place))
    for (const edge of ['left', 'right'] as const)
      expect(new Set(actions.map((one) => Math.round(one[edge]))).size, edge).toBe(2)

    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto('/operator/activity')
      const [from, to] = [await place(page.getByLabel('From')), await place(page.getByLabel('To', { exact: true }))]
      expect([to.top, to.left > from.right], String(width)).toEqual([from.top, true])
    }
    const registering = await guest(browser, site, '/register')
    const [email, first, last] = await Promise.all(
      ['E-mail', 'First name', 'Last name'].map((label) => place(registering.getByLabel(label))),
    )
    expect([first!.left, last!.right]).toEqual([email!.left, email!.right])
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

test('a person who tries the site out sees that its links open nowhere else', async ({ site }) => {
  const person = await site.person('Ana')
  await site.organization(person)
  const page = await person.page('/invitations')
  await page.getByRole('button', { name: 'Add invitation' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('dialog').getByText('This link works only on this computer')).toBeVisible()
})
