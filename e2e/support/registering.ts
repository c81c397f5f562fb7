import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { password, type Site } from './site'
import { keepToasts } from './toasts'

/** Opens a page without a session. */
export async function guest(
  browser: Browser,
  site: Site,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url, ...options })
  const page = await context.newPage()
  await keepToasts(page)
  await page.goto(path)
  return page
}

/** Fills in and submits the form. */
export async function register(page: Page, email: string, firstName = 'Nia', withPassword = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('First name').fill(firstName)
  await page.getByLabel('Last name').fill('Reyes')
  await page.getByLabel('Password').fill(withPassword)
  await page.getByRole('combobox', { name: 'Country' }).fill('Philip')
  await page.getByRole('option', { name: 'Philippines' }).click()
  await page.getByRole('button', { name: 'Register' }).click()
}

export async function signIn(page: Page, email: string, withPassword = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(withPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A test's session is too new to require reauthentication, so this fakes the answers that an older session gets. */
export async function seemLongSignedIn(page: Page, address: string, times?: number): Promise<void> {
  const problem = {
    code: 'authenticate_again',
    status: 403,
    title: '',
    type: '',
    detail: 'Prove first that it is you.',
  }
  await page.route(
    address,
    (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', json: problem }),
    { times },
  )
}

/** Pretends that the site requires a second factor. The real policy would affect the operator too. */
export async function lackSecondFactor(page: Page): Promise<void> {
  // Fetched once in advance, because a request still in flight at the end of a test would fail it.
  const me = await (await page.request.get('/api/me')).json()
  await page.route('**/api/me', (route) => route.fulfill({ json: { ...me, todo: [...me.todo, 'second_factor'] } }))
}
