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
    const came = searchParams.has('code') ? 'Signed in' : searchParams.has('error') ? 'Refused' : 'Signed out'
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
  return startAt(site, id, more)
}

function startAt(site: Site, id: string, more: Record<string, string> = {}): string {
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

test('operators register applications, and people see and end their sign-ins there', async ({ site }) => {
  await importCatalogue(site)
  const ana = await site.person('Ana')
  const organizationId = await site.organization(ana)
  await request(ana, organizationId, 'jupyter', 'jupyter', 'jupyter-low')
  await accept(site, organizationId)
  const operator = await openQuietly(site.operator, '/operator/applications')
  await expect(operator.getByText('No applications yet')).toBeVisible()
  await expectSound(operator, 'operator-applications-none')
  await operator.getByRole('button', { name: 'Register application' }).click()
  const registering = operator.getByRole('dialog', { name: 'Register application' })
  await registering.getByRole('textbox', { name: 'Name' }).fill('Hub')
  await registering.getByLabel('Redirect URIs', { exact: true }).fill('nothing to return to')
  await registering.getByRole('button', { name: 'Register' }).click()
  await expect(registering.getByLabel('Redirect URIs', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expectSound(operator, 'operator-applications-refused', { provoked: /400 / })
  await registering.getByLabel('Redirect URIs', { exact: true }).fill(callback)
  await registering.getByLabel('Who may sign in').click()
  await operator.getByRole('option', { name: /Jupyter/ }).click()
  await registering.getByLabel('E-mail address').check()
  await registering.getByLabel('Ask each person').check()
  await expectSound(operator, 'operator-applications-register')
  await registering.getByRole('button', { name: 'Register' }).click()
  const secret = operator.getByRole('dialog', { name: 'Copy the client secret' })
  await expect(secret.getByLabel('Client secret')).toBeVisible()
  await expectSound(operator, 'operator-applications-secret')
  await secret.getByRole('button', { name: 'I have saved the secret' }).click()
  const row = operator.getByRole('row', { name: /Hub/ })
  await expect(row).toContainText('If the person agrees')
  await expectSound(operator, 'operator-applications')
  const id = (await row.getByText(/^[0-9a-f]{8}-/).textContent())!

  const page = await openQuietly(ana, startAt(site, id, { scope: 'openid email' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Hub?' })).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveText('Your e-mail address')
  await expectSound(page, 'continue-consent')
  await page.getByRole('button', { name: 'Allow' }).click()
  await signedIn(page)
  await page.goto('/applications')
  await expect(page.getByRole('row', { name: /Hub/ })).toContainText('Your e-mail address')
  await expectSound(page, 'applications')
  await page.getByRole('button', { name: 'Sign out of Hub' }).click()
  await expectSound(page, 'applications-sign-out')
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are not signed in to any application')).toBeVisible()
  await expectSound(page, 'applications-none')
  await page.goto(startAt(site, id, { scope: 'openid email' }))
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Refused' })).toBeVisible()

  await operator.getByRole('button', { name: 'End Hub' }).click()
  await expectSound(operator, 'operator-applications-end')
  await operator.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(operator.getByText('No applications yet')).toBeVisible()
})

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
  await expectSound(page, 'openid-sign-out')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await page.goto('/openid/auth?client_id=unknown')
  await expect(page.getByRole('heading', { name: 'Signing in failed' })).toBeVisible()
  await expectSound(page, 'openid-failed', { provoked: /400 / })
  await page.goto('/account')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})
