import { expect, type Page, type Route } from '@playwright/test'
import { guest } from './support/registering'
import { password, startSite, test } from './support/site'

/** The bytes over the wire, with headers, until the password field was there. */
async function bytesUntilForm(page: Page, path: string): Promise<number> {
  await page.goto(path)
  await expect(page.getByLabel('Password')).toBeVisible()
  return page.evaluate(() => {
    const shown = performance.getEntriesByName('form')[0]!.startTime
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const [document] = performance.getEntriesByType('navigation') as PerformanceResourceTiming[]
    return [document!, ...files]
      .filter(({ responseEnd }) => responseEnd <= shown)
      .reduce((sum, { transferSize }) => sum + transferSize, 0)
  })
}

/** On a fast line, files that load after the form may arrive before a slow machine has shown it. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const bytesPerSecond = 50_000
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
}

/** Marks when the form is there: no one waits for what loads after it. */
const noteForm = () =>
  new MutationObserver((_, observer) => {
    if (!document.querySelector('input[type=password]')) return
    performance.mark('form')
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true })

test.describe('What people wait for', () => {
  test('150 kB are enough to show the sign-in form, and none of it is asked for twice', async ({ site, browser }) => {
    const page = await guest(browser, site, 'about:blank')
    await page.addInitScript(noteForm)
    await slowDown(page)
    const first = await bytesUntilForm(page, '/')
    expect(first).toBeGreaterThan(50_000)
    expect(first).toBeLessThan(150_000)
    expect(await bytesUntilForm(page, '/sign-in')).toBeLessThan(10_000)
  })

  test('a screen brings what it is made of, and not what others are', async ({ site }) => {
    const person = await site.person('Ana')
    const page = await person.page('about:blank')
    const files: string[] = []
    page.on('response', (response) => files.push(new URL(response.url()).pathname))
    await page.goto('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    expect(files.filter((file) => /operator|policy|services-page|mails-page|organizations-page/.test(file))).toEqual([])
  })
})

test.describe('A page that cannot be loaded at this moment', () => {
  const follow = (page: Page, label: string) =>
    page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click()
  const bar = (page: Page) => page.getByText('Can’t reach the site.')

  test('does without what comes after it, until that can be loaded', async ({ site }) => {
    const person = await site.person('Ana')
    const page = await person.page('about:blank')
    await page.route(/\/assets\/toasts-.*\.js$/, (route) => route.abort())
    const refused = page.waitForEvent('requestfailed')
    await page.goto('/account')
    await refused
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    await follow(page, 'Active roles')
    await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
  })

  test('opens automatically when the server is back', async ({ browser }, { project }) => {
    const site = await startSite(project.name, browser)
    const person = await site.person('Ana')
    await site.organization(person)
    const page = await person.page('/organization')
    await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible()
    await expect(bar(page)).toHaveCount(0)
    await site.pause()
    await follow(page, 'Users & privileges')
    await expect(bar(page)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Retry now' })).toBeVisible()
    await site.resume()
    await expect(page.getByRole('row').filter({ hasText: 'Ana Cruz' })).toBeVisible()
    await expect(bar(page)).toHaveCount(0)
    await expect(page.getByText('Something went wrong')).toHaveCount(0)
    await page.context().close()
    await site.stop()
  })

  const pages = /\/assets\/page-.*\.js$/

  test('that takes a while to come is shown to be on its way', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    const asked = new Promise<Route>((resolve) => page.route(pages, resolve, { times: 1 }))
    await follow(page, 'Active roles')
    const file = await asked
    await expect(page.getByRole('progressbar', { name: 'Loading page' })).toBeVisible()
    await file.continue()
    await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
    await expect(page.getByRole('progressbar')).toHaveCount(0)
  })

  test('that comes after signing in leaves no empty screen until then', async ({ site, browser }) => {
    const ana = await site.person('Ana')
    const page = await guest(browser, site, '/sign-in')
    await page.getByLabel('E-mail').fill(ana.email)
    await page.getByLabel('Password').fill(password)
    const asked = new Promise<Route>((resolve) => page.route(pages, resolve, { times: 1 }))
    await page.getByRole('button', { name: 'Sign in' }).click()
    const file = await asked
    await expect(page.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await file.continue()
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeVisible()
  })

  test('is loaded again where an upgrade has renamed its files', async ({ site }) => {
    const person = await site.person('Ana')
    const page = await person.page('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    await page.evaluate(() => Object.assign(window, { before: true }))
    let loaded = false
    page.on('domcontentloaded', () => {
      loaded = true
    })
    // The file names that this page knows are gone; a page that is loaded now knows the new ones.
    await page.route(pages, (route) => (loaded ? route.continue() : route.fulfill({ status: 404, body: '' })))
    await follow(page, 'Active roles')
    await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
    expect(await page.evaluate(() => 'before' in window)).toBe(false)
  })

  test('says so where a file is missing for good, and is not loaded again and again', async ({ site }) => {
    const person = await site.person('Ana')
    const page = await person.page('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    await page.route(pages, (route) => route.fulfill({ status: 404, body: '' }))
    let loads = 0
    page.on('domcontentloaded', () => {
      loads++
    })
    await follow(page, 'Active roles')
    await expect(page.getByRole('heading', { level: 1, name: 'Something went wrong' })).toBeVisible()
    expect(loads).toBe(1)
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
  })
})
