import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'
import { expectSound, listenTo, openQuietly } from './support/looks'
import { guest, signIn } from './support/registering'
import { accept, importCatalogue, request } from './support/roles'
import { password, post, type Site, testAlone } from './support/site'

const test = testAlone()

/** An application: a page that shows with what people come back. */
let application: Server
let callback: string
test.beforeAll(async () => {
  application = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, callback)
    const came = searchParams.has('code') ? 'Signed in' : 'Signed out'
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>App</title><h1>${came}</h1>`)
  })
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
  callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`
})
test.afterAll(() => application.close())

/** The address at which the application sends people to sign in. */
async function startOf(site: Site, more: Record<string, string> = {}): Promise<string> {
  const { id } = await post(site.operator.api, '/api/openid-clients', {
    name: 'Hub',
    service: 'jupyter',
    redirectUris: [callback],
    postLogoutRedirectUris: [callback],
  })
  const verifier = randomBytes(32).toString('base64url')
  const asked = {
    client_id: id,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  return `${site.url}/openid/auth?${new URLSearchParams(asked)}`
}
const signedIn = (page: Page) => expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible()

test('signing in to an application leads through the portal, and without a question once signed in', async ({
  site,
  browser,
}) => {
  await importCatalogue(site)
  const ana = await site.person('Ana')
  const organizationId = await site.organization(ana)
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  const start = await startOf(site)
  const page = await guest(browser, site, start)
  await signIn(page, ana.email)
  await signedIn(page)
  await page.goto(start)
  await signedIn(page)
  await page.goto('/active-roles')
  await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
  // The application asks for more than that.
  await page.goto(`${start}&prompt=login`)
  const dialog = page.getByRole('dialog', { name: 'Confirm your identity' })
  await listenTo(page, page.url())
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm your identity' })).toBeVisible()
  await expectSound(page, 'continue-again')
  await page.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByLabel('Your password').fill(password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await signedIn(page)
})

test('a person who may not use an application learns why, and a sign-in that has expired says so', async ({ site }) => {
  await importCatalogue(site)
  const ben = await site.person('Ben', 'Reyes')
  const page = await openQuietly(ben, await startOf(site))
  await expect(page.getByRole('heading', { level: 1, name: 'You can’t use this application' })).toBeVisible()
  await expectSound(page, 'continue-refused')
  await page.getByRole('link', { name: 'See which roles you hold' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Active roles' })).toBeVisible()
  await page.goto('/openid/sign-in/of-yesterday')
  await expect(page.getByRole('heading', { level: 1, name: 'This sign-in has expired' })).toBeVisible()
  await expectSound(page, 'continue-expired')
})

test('signing out through an application asks, and signs out of the portal', async ({ site }) => {
  await importCatalogue(site)
  const ana = await site.person('Ana')
  const page = await openQuietly(ana, `${site.url}/openid/logout`)
  await expect(page.getByRole('heading', { name: 'Sign out?' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})
