import { expect, type Page } from '@playwright/test'
import { sql } from '../src/platform/db/sql'
import { expectSound, openQuietly } from './support/looks'
import { test as base, inOneWorker, password, type Site, startSite } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

/** Browsers take passkeys at a host name, so this site has one. */
const test = base.extend<object, { named: Site }>({
  named: [
    async ({ browser }, use, { project }) => {
      const site = await startSite(project.name, browser, { host: 'localhost' })
      await use(site)
      await site.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
inOneWorker()

/** Gives the browser a fingerprint reader, as far as the page can tell. */
async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await confirm(page)
}

const someTimeLater = sql`update sessions set authenticated_at = now() - interval '11 minutes'`

// Each signs in several times, and some start the program again: slow where the machine is.
test.slow()

test('a passkey: added, signed in with, renamed, and removed after showing once more who one is', async ({ named }) => {
  const mara = await named.person('Mara')
  const page = await mara.page('/account')
  await plugIn(page)
  await addPasskey(page, 'Laptop')
  await expectToast(page, 'Passkey added.')
  await expect(page.getByRole('table', { name: 'Passkeys' })).toContainText('Laptop')

  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await choose(page, 'Account')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Old laptop')
  await confirm(page)
  await expectToast(page, 'Passkey renamed.')

  await named.alter(someTimeLater)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await confirm(page)
  const again = page.getByRole('dialog', { name: 'Confirm your identity' })
  await again.getByRole('button', { name: 'Use a passkey' }).click()
  await expectToast(page, 'Passkey removed.')
  await expect(page.getByRole('table', { name: 'Passkeys' })).toHaveCount(0)
})

test('what is sensitive asks for the password when it is a while since signing in, and then goes on', async ({
  named,
}) => {
  const nilo = await named.person('Nilo')
  const page = await openQuietly(nilo, '/account')
  await plugIn(page)
  await expect(page.getByRole('button', { name: 'Add passkey' })).toBeVisible()
  await named.alter(someTimeLater)
  await addPasskey(page, 'Phone')
  const again = page.getByRole('dialog', { name: 'Confirm your identity' })
  await again.getByLabel('Your password').fill('not the password')
  await again.getByRole('button', { name: 'Confirm' }).click()
  await expect(again.getByText('Wrong password. Try again.')).toBeVisible()
  await expectSound(page, 'still-you', { provoked: /./ })
  await again.getByLabel('Your password').fill(password)
  await again.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('table', { name: 'Passkeys' })).toContainText('Phone')
  await expect(again).toHaveCount(0)
  await expectSound(page, 'passkeys', { provoked: /./ })

  await named.alter(someTimeLater)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await confirm(page)
  await again.getByRole('button', { name: 'Close this window' }).click()
  await expect(page.getByRole('table', { name: 'Passkeys' })).toContainText('Phone')
})

test('at an IP address the page says why there are no passkeys', async ({ site }) => {
  const page = await (await site.person('Oning')).page('/account')
  await expect(page.getByRole('region', { name: 'Passkeys' })).toContainText(
    'Browsers support passkeys only at a host name',
  )
})
