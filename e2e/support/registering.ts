import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { password, type Site } from './site'
import { keepToasts } from './toasts'

/** A browser in which nobody is signed in. */
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

/** Fills in the form and sends it. */
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

/** The session of a test is too new to be asked again, so the first answers are those that an older one gets. */
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

/** As if the site asked for a second factor. Asking everybody for real would ask the operator too. */
export async function lackSecondFactor(page: Page): Promise<void> {
  // Asked for once, and before: an answer still on its way when a test ends would fail it.
  const me = await (await page.request.get('/api/me')).json()
  await page.route('**/api/me', (route) => route.fulfill({ json: { ...me, todo: [...me.todo, 'second_factor'] } }))
}
