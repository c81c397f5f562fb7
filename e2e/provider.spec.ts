import { expect, type Page } from '@playwright/test'
import { type Issuer, startIssuer } from '../tests/support/issuer'
import { expectSound, listenTo } from './support/looks'
import { guest } from './support/registering'
import { test as base, inOneWorker, type Site, startServer, startSite } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

/** A site with an identity provider, a real one. */
const test = base.extend<object, { linked: { site: Site; issuer: Issuer } }>({
  linked: [
    async ({ browser }, use, { project }) => {
      const { settings, started } = withIssuer()
      const site = await startSite(project.name, browser, { settings })
      const issuer = started()
      await use({ site, issuer })
      await site.stop()
      await issuer.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
inOneWorker()

/** The settings of a site that has a provider of its own, which starts when the site's address is known. */
function withIssuer(more: Record<string, string> = {}) {
  const issuers: Issuer[] = []
  return {
    started: () => issuers[0]!,
    async settings(baseUrl: string): Promise<Record<string, string>> {
      const issuer = await startIssuer({ baseUrl, tellsInToken: false })
      issuers.push(issuer)
      const { issuer: address, clientId, clientSecret, name } = issuer.settings
      return {
        OIDC_ISSUER: address,
        OIDC_CLIENT_ID: clientId,
        OIDC_CLIENT_SECRET: clientSecret,
        OIDC_NAME: name,
        ...more,
      }
    },
  }
}

/** At the provider's own page. */
async function enterAs(page: Page, subject: string): Promise<void> {
  await page.getByLabel('User name').fill(subject)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

// Each signs in several times, and some start the program again: slow where the machine is.
test.slow()

test('signing in through the provider makes the account, and an invitation code comes along', async ({
  linked,
  browser,
}) => {
  const { site, issuer } = linked
  const admin = await site.person('Andres')
  await site.organization(admin, 'Reef Watch')
  const code = await site.code(admin)
  issuer.people.set('rosa', {
    email: 'rosa@example.org',
    email_verified: true,
    given_name: 'Rosa',
    family_name: 'Santos',
  })
  const page = await guest(browser, site, `/join#${code}`)
  await page.getByRole('button', { name: 'Sign in with Reef ID' }).click()
  await enterAs(page, 'rosa')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  // The preview has a heading of that name too.
  await expectToast(page, 'You are now a member of Reef Watch.')
  await choose(page, 'Account')
  await expect(page.getByRole('main')).toContainText('Rosa Santos')
  await expect(page.getByRole('region', { name: 'Sign-in methods' })).toContainText('Linked')
  await page.getByRole('button', { name: 'Unlink Reef ID' }).click()
  await confirm(page)
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('the only way to sign in')
})

test('an address that is not verified there is refused in a sentence', async ({ linked, browser }) => {
  const { site, issuer } = linked
  issuer.people.set('mallory', { email: 'victim@example.org', email_verified: false })
  const page = await listenTo(await (await browser.newContext({ baseURL: site.url })).newPage(), '/sign-in')
  await page.getByRole('button', { name: 'Sign in with Reef ID' }).click()
  await enterAs(page, 'mallory')
  await expect(page.getByRole('alert')).toContainText('is not verified at the identity provider')
  await expectSound(page, 'sign-in-provider', { provoked: /./ })
})

test('an account with a password is linked and unlinked by its holder', async ({ linked }) => {
  const { site, issuer } = linked
  const pia = await site.person('Pia')
  const { items } = await (await site.operator.api.get('/api/accounts?q=Pia')).json()
  await site.operator.api.post(`/api/accounts/${items[0].id}/confirm-address`, { data: { email: pia.email } })
  issuer.people.set('pia', { email: pia.email, email_verified: true })
  const page = await pia.page('/account')
  await page.getByRole('button', { name: 'Link Reef ID' }).click()
  await enterAs(page, 'pia')
  await expect(page.getByRole('button', { name: 'Unlink Reef ID' })).toBeVisible()
  await page.getByRole('button', { name: 'Unlink Reef ID' }).click()
  await confirm(page)
  await expectToast(page, 'Reef ID unlinked.')
  await expect(page.getByRole('button', { name: 'Link Reef ID', exact: true })).toBeVisible()
})

test('a site without passwords offers the provider only', async ({ browser }, { project }) => {
  const { settings, started } = withIssuer({ PASSWORDS: 'off' })
  const server = await startServer(project.name, { settings })
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in with Reef ID' })).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Register' })).toHaveCount(0)
  await context.close()
  await server.stop()
  await started().stop()
})
