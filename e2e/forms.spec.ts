import { expect, type Locator, type Page, type Route, request } from '@playwright/test'
import { totp } from '../tests/support/totp'
import { guest, lackSecondFactor, seemLongSignedIn, signIn } from './support/registering'
import { decide, type Person, password, post, type Site, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
const question = (page: Page) => page.getByRole('dialog', { name: 'Discard changes?' })

async function answer(page: Page, choice: 'Keep editing' | 'Discard'): Promise<void> {
  await expect(question(page)).toBeVisible()
  await button(question(page), choice).click()
}

const ended = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })
const description = 'Counting corals from orbit.'

/** The session of the person's browser ends, as it does when they sign out everywhere else. */
async function endSession(site: Site, person: Person): Promise<void> {
  const api = await request.newContext({ baseURL: site.url, extraHTTPHeaders: { origin: site.url } })
  await post(api, '/api/sessions', { email: person.email, password })
  await post(api, '/api/me/sessions/end-others')
}

/** On a corner of the screen, where no window is. */
const clickBeside = (page: Page) => page.mouse.click(5, 5)

async function fillInOrganization(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Description of planned activities').fill(description)
}

/** Sends a form, not by a click: whatever the page asks in the meantime may have opened a window over it by then. */
const send = (page: Page, form: string) =>
  page
    .locator(form)
    .first()
    .evaluate((one: HTMLFormElement) => one.requestSubmit())

test.describe('A window with fields', () => {
  test('closes by a click beside it or by Escape while nothing is entered', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/account')
    const dialog = page.getByRole('dialog')
    await button(page, 'Edit personal info').click()
    await expect(dialog.getByLabel('First name')).toBeFocused()
    await clickBeside(page)
    await expect(dialog).toHaveCount(0)
    await button(page, 'Edit personal info').click()
    await expect(dialog.getByLabel('First name')).toBeFocused()
    await dialog.getByLabel('First name').fill('Anabel')
    await dialog.getByLabel('First name').fill('Ana')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })

  for (const [how, leave] of [
    ['a click beside it', clickBeside],
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
    ['its cross', (page: Page) => button(page, 'Close this window').click()],
    ['Cancel', (page: Page) => button(page.getByRole('dialog'), 'Cancel').click()],
    ['Back', (page: Page) => page.evaluate(() => history.back())],
  ] as const)
    test(`asks before ${how} throws away what was entered`, async ({ site }) => {
      const page = await (await site.person('Ana')).page('/organization')
      await choose(page, 'Account')
      await button(page, 'Edit personal info').click()
      const name = page.getByLabel('First name')
      await name.fill('Anabel')
      await leave(page)
      await answer(page, 'Keep editing')
      await expect(question(page)).toHaveCount(0)
      await expect(name).toHaveValue('Anabel')
      await leave(page)
      await answer(page, 'Discard')
      await expect(name).toHaveCount(0)
    })

  const entries: [what: string, enter: (dialog: Locator, page: Page) => Promise<void>][] = [
    ['a number', (dialog) => dialog.getByLabel('Number of uses').fill('3')],
    ['a tick', (dialog) => dialog.getByLabel('Grants admin privileges').click()],
    [
      'a choice',
      async (dialog, page) => {
        await dialog.getByRole('combobox', { name: 'Only for' }).click()
        await page.getByRole('option', { name: 'One domain' }).click()
      },
    ],
  ]
  for (const [what, enter] of entries)
    test(`asks also where only ${what} was entered`, async ({ site }) => {
      const admin = await site.person('Ana')
      await site.organization(admin)
      const page = await admin.page('/invitations')
      const dialog = page.getByRole('dialog', { name: 'Add invitation' })
      await button(page, 'Add invitation').click()
      await button(dialog, 'Options').click()
      await enter(dialog, page)
      await page.keyboard.press('Escape')
      await expect(question(page)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(question(page)).toHaveCount(0)
      await page.keyboard.press('Escape')
      await answer(page, 'Discard')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })

  test('asks where a part was added to a service', async ({ site }) => {
    const page = await site.operator.page('/operator/services')
    await button(page, 'Add service').click()
    await button(page, 'Add quota role').click()
    await page.keyboard.press('Escape')
    await expect(question(page)).toBeVisible()
    await answer(page, 'Discard')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('keeps what was entered while the site is away, and can be sent again', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/account')
    await button(page, 'Edit personal info').click()
    await page.getByLabel('First name').fill('Anabel')
    await page.route('**/api/me', (route) => (route.request().method() === 'GET' ? route.fallback() : route.abort()))
    await confirm(page)
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('The site can’t be reached.')
    await expect(page.getByLabel('First name')).toHaveValue('Anabel')
    await page.unrouteAll()
    await confirm(page)
    await expectToast(page, 'Personal info updated.')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('a reason stays though its account has left the list, and counts', async ({ site }) => {
    const first = newName('Ana')
    const ana = await site.person(first)
    const page = await site.operator.page(`/operator/accounts?q=${first}`)
    const shown = button(page, `Disable ${first} Cruz`)
    await shown.click()
    await page.getByLabel('Reason').fill('They left the institute.')
    const renamed = await ana.api.put('/api/me', {
      data: { firstName: newName('Zoe'), lastName: 'Cruz', country: 'PH' },
    })
    expect(renamed.status(), await renamed.text()).toBe(200)
    await expect(page.getByRole('table', { name: 'Accounts', includeHidden: true })).toHaveCount(0)
    await expect(page.getByLabel('Reason')).toHaveValue('They left the institute.')
    await confirm(page)
    await expectToast(page, `${first} Cruz’s account was disabled.`)
  })
})

test.describe('A page with a form', () => {
  for (const [how, leave] of [
    [
      'a click in the menu',
      (page: Page) => page.getByRole('navigation').getByRole('link', { name: 'Account' }).click(),
    ],
    ['Cancel', (page: Page) => page.getByRole('link', { name: 'Cancel' }).click()],
    ['Back', (page: Page) => page.evaluate(() => history.back())],
  ] as const)
    test(`asks before ${how} throws away a new organization`, async ({ site }) => {
      const page = await (await site.person('Ana')).page('/organization')
      await page.getByRole('link', { name: 'Create organization' }).click()
      await fillInOrganization(page, 'Coral Watch')
      await leave(page)
      await answer(page, 'Keep editing')
      await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Coral Watch')
      expect(new URL(page.url()).pathname).toBe('/organization/create')
      await leave(page)
      await answer(page, 'Discard')
      await expect(page.getByLabel('Name', { exact: true })).toHaveCount(0)
    })

  test('the browser asks before the tab goes, and not once it is saved', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization/create')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await fillInOrganization(page, newName('Coral Watch'))
    await page.close({ runBeforeUnload: true })
    await expect.poll(() => asked).toEqual(['beforeunload'])
    await button(page, 'Create organization').click()
    await expectToast(page, /Request submitted/)
    // While the next page is still on its way: nothing is unsaved any more.
    await choose(page, 'Account')
    await page.reload()
    expect(asked).toEqual(['beforeunload'])
  })

  test('leaves without a word while nothing is entered', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization/create')
    await expect(page.getByLabel('Name', { exact: true })).toBeVisible()
    await choose(page, 'Account')
  })

  test('asks before a request that is being corrected is lost', async ({ site }) => {
    const ana = await site.person('Ana')
    const name = newName('Kelp Watch')
    const { id } = await post(ana.api, '/api/organizations', { name, country: 'PH', description })
    await decide(site.operator.api, id, 'request-changes', { reason: 'Say more.' })
    const page = await ana.page(`/organization/resubmit/${id}`)
    await page.getByLabel('City').fill('Cebu')
    await page.getByRole('navigation').getByRole('link', { name: 'Account' }).click()
    await answer(page, 'Keep editing')
    await button(page, 'Resubmit').click()
    await expectToast(page, 'Request resubmitted.')
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeVisible()
  })

  test('asks before signing out throws it away', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/organization/create')
    await fillInOrganization(page, 'Coral Watch')
    const signOut = async () => {
      await button(page, ana.name).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
    }
    await signOut()
    await answer(page, 'Keep editing')
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Coral Watch')
    await signOut()
    await answer(page, 'Discard')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })

  test('is as it was left when something had to be done first', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/organization/create')
    await fillInOrganization(page, 'Coral Watch')
    await lackSecondFactor(page)
    const renamed = { firstName: 'Anabel', lastName: 'Cruz', country: 'PH' }
    expect((await ana.api.put('/api/me', { data: renamed })).status()).toBe(200)
    await expect(page.getByRole('heading', { name: 'Before you continue' })).toBeVisible()
    await button(page, ana.name).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await answer(page, 'Keep editing')
    await page.unrouteAll({ behavior: 'wait' })
    expect((await ana.api.put('/api/me', { data: { ...renamed, firstName: 'Anna' } })).status()).toBe(200)
    await expect(page.getByRole('heading', { name: 'Create organization' })).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Coral Watch')
  })

  test('asks before a person who registers leaves', async ({ site, browser }) => {
    const page = await guest(browser, site, '/register')
    await page.getByLabel('E-mail').fill('wilma.reyes@example.org')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await answer(page, 'Keep editing')
    await expect(page.getByLabel('E-mail')).toHaveValue('wilma.reyes@example.org')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await answer(page, 'Discard')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })

  test('asks before a code that is being typed is lost', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization')
    await button(page, 'Provide invitation code').click()
    const code = page.getByLabel('Invitation code', { exact: true })
    await code.fill('7QXF')
    for (const leave of [
      () => button(page, 'Cancel').click(),
      () => page.getByRole('navigation').getByRole('link', { name: 'Account' }).click(),
    ]) {
      await leave()
      await answer(page, 'Keep editing')
      await expect(code).toHaveValue('7QXF')
    }
    await button(page, 'Cancel').click()
    await answer(page, 'Discard')
    await expect(button(page, 'Provide invitation code')).toBeFocused()
  })

  test('stays where its writer is in an organization by now, and says so', async ({ site }) => {
    const ana = await site.person('Ana')
    const [page, taken, other] = [await ana.page('/organization/create'), newName('Reef Lab'), newName('Coral Watch')]
    await site.organization(await site.person('Ben'), taken)
    await fillInOrganization(page, taken)
    await button(page, 'Create organization').click()
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    await site.organization(ana, other)
    await expect(page.getByText(`You are now in ${other}`)).toBeVisible()
    await expect(page.getByLabel('Description of planned activities')).not.toHaveValue('')
  })

  test('a name that is taken is reported at its field, which has the focus', async ({ site }) => {
    const taken = newName('Coral Watch')
    await site.organization(await site.person('Ana'), taken)
    const page = await (await site.person('Ben')).page('/organization/create')
    await fillInOrganization(page, taken)
    await button(page, 'Create organization').click()
    const name = page.getByLabel('Name', { exact: true })
    await expect(name).toHaveAccessibleDescription(/An organization with this name already exists/)
    await expect(name).toBeFocused()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('asks before changes of the site policy are lost', async ({ site }) => {
    const page = await site.operator.page('/operator/policy')
    await page.getByLabel('Version').fill('2026-11')
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await answer(page, 'Keep editing')
    await expect(page.getByLabel('Version')).toHaveValue('2026-11')
    await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click()
    await answer(page, 'Discard')
    await expect(page.getByRole('heading', { level: 1, name: 'Services' })).toBeVisible()
  })
})

test.describe('A session that ends', () => {
  test('under a half-filled form: signing in again over it, and it is sent as it was', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/organization/create')
    const name = newName('Coral Watch')
    await fillInOrganization(page, name)
    await endSession(site, ana)
    await expect(ended(page)).toContainText('Sign in again to continue. What you entered is still here.')
    await expect(ended(page).getByLabel('E-mail')).toHaveValue(ana.email)
    // Typing on presses no button with a space.
    await expect(ended(page).getByLabel('Password')).toBeFocused()
    await page.keyboard.press('Escape')
    await ended(page).getByLabel('Password').fill('something else entirely')
    await button(ended(page), 'Sign in').click()
    await expect(ended(page).getByRole('alert')).toContainText('Incorrect e-mail address or password.')
    await ended(page).getByLabel('Password').fill(password)
    await button(ended(page), 'Sign in').click()
    await expect(ended(page)).toHaveCount(0)
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
    await button(page, 'Create organization').click()
    await expectToast(page, 'Request submitted.')
  })

  test('noticed when a window is confirmed: it is done after signing in again', async ({ site }) => {
    const admin = await site.person('Ana')
    const organization = await site.organization(admin)
    const page = await admin.page('/invitations')
    await button(page, 'Add invitation').click()
    const noticed = page.waitForResponse((one) => one.status() === 401 && one.url().endsWith('/api/me'))
    let sent = 0
    await page.route(`**/api/organizations/${organization}/invitations`, async (route) => {
      if (route.request().method() === 'POST' && ++sent === 1) {
        await endSession(site, admin)
        // The page hears of the end, and asks for what it shows, before this is answered.
        await (await noticed).finished()
      }
      await route.fallback()
    })
    await confirm(page)
    await expect(ended(page)).toBeVisible()
    await ended(page).getByLabel('Password').fill(password)
    await button(ended(page), 'Sign in').click()
    await expect(page.getByLabel('Invitation code', { exact: true })).toBeVisible()
  })

  test('under a window: a second factor is asked for, too', async ({ site }) => {
    const ana = await site.person('Ana')
    const { secret } = await post(ana.api, '/api/me/second-factor', { password })
    await post(ana.api, '/api/me/second-factor/confirm', { code: totp(secret) })
    const page = await ana.page('/account')
    await button(page, 'Edit personal info').click()
    await page.getByLabel('First name').fill('Anabel')
    await page.context().clearCookies()
    await send(page, '[role=dialog] form')
    await ended(page).getByLabel('Password').fill(password)
    await button(ended(page), 'Sign in').click()
    await page.getByRole('dialog').getByLabel('Code').fill(totp(secret, 1))
    await button(page.getByRole('dialog', { name: 'Enter your code' }), 'Sign in').click()
    await expectToast(page, 'Personal info updated.')
  })

  test('another person signs in over the form: nothing of it is sent, and the page is theirs', async ({ site }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const page = await ana.page('/organization/create')
    await fillInOrganization(page, newName('Coral Watch'))
    await page.context().clearCookies()
    await send(page, 'main form')
    await ended(page).getByLabel('E-mail').fill(ben.email)
    await ended(page).getByLabel('Password').fill(password)
    await button(ended(page), 'Sign in').click()
    await expect(button(page, ben.name)).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
    for (const person of [ana, ben]) {
      await post(person.api, '/api/sessions', { email: person.email, password })
      expect((await (await person.api.get('/api/me')).json()).organization).toBeNull()
    }
  })

  /** Another tab of the same browser, in which who was signed in signs out, and this person in. */
  async function changePerson(page: Page, person: Person): Promise<void> {
    const context = page.context().request
    const headers = { origin: new URL(page.url()).origin }
    expect((await context.post('/api/sessions/end', { headers, data: {} })).status()).toBe(200)
    const data = { email: person.email, password }
    expect((await context.post('/api/sessions', { headers, data })).status()).toBe(200)
  }

  const now = (person: Person) => `You are now signed in as ${person.name}. What was entered here before was not sent.`

  test('another person signs in from another tab: nothing of the form is sent, and the page is theirs', async ({
    site,
  }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const page = await ana.page('/account')
    const other = await page.context().newPage()
    await other.goto('/account')
    // A page of before, on which no one was signed in.
    await other.route('**/api/me', (route) =>
      route.fulfill({ status: 401, json: { code: 'not_signed_in', detail: 'Sign in first.' } }),
    )
    await other.goto('/sign-in')
    await expect(other.getByLabel('E-mail')).toBeVisible()
    await other.unrouteAll({ behavior: 'wait' })
    await button(page, 'Edit personal info').click()
    await page.getByLabel('First name').fill('Anabel')
    await signIn(other, ben.email)
    await expect(button(other, ben.name)).toBeVisible()
    await expect(button(page, ana.name)).toBeAttached()
    await send(page, '[role=dialog] form')
    await expect(button(page, ben.name)).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expectToast(page, now(ben))
    for (const person of [ana, ben]) {
      await post(person.api, '/api/sessions', { email: person.email, password })
      expect((await (await person.api.get('/api/me')).json()).account.firstName).toBe(person.name.split(' ')[0])
    }
  })

  test('another person signed in while the page was away: it is theirs when it is back', async ({ site }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const page = await ana.page('/organization/create')
    await fillInOrganization(page, newName('Coral Watch'))
    await page.context().setOffline(true)
    await changePerson(page, ben)
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(/Coral Watch/)
    await page.context().setOffline(false)
    await expect(button(page, ben.name)).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
    await expectToast(page, now(ben))
  })

  test('a sign-in page continues when a person has signed in from another tab', async ({ site, browser }) => {
    const ana = await site.person('Ana')
    const page = await guest(browser, site, '/sign-in')
    await expect(page.getByLabel('E-mail')).toBeVisible()
    await page.context().addCookies((await ana.api.storageState()).cookies)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect(button(page, ana.name)).toBeVisible()
  })

  test('with nothing entered: the sign-in page says why, and leads back', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    await endSession(site, ana)
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(page.getByText('Your session has ended')).toBeVisible()
    await signIn(page, ana.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
    // Who signs out knows why.
    await button(page, ana.name).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(page.getByText('Your session has ended')).toHaveCount(0)
  })

  test('what was entered can be given up: the sign-in page says why, and leads back', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/organization/create')
    await fillInOrganization(page, 'Coral Watch')
    await page.context().clearCookies()
    await send(page, 'main form')
    await button(ended(page), 'Discard my changes').click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(page.getByText('Your session has ended')).toBeVisible()
    await signIn(page, ana.email)
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  })
})

test.describe('A field', () => {
  test('that is empty and wrong shows its example in grey, not as if it had been typed', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page('/invitations')
    await button(page, 'Add invitation').click()
    await button(page, 'Options').click()
    await page.getByRole('combobox', { name: 'Only for' }).click()
    await page.getByRole('option', { name: 'One domain' }).click()
    const field = page.getByLabel('Domain', { exact: true })
    const colour = () => field.evaluate((one) => getComputedStyle(one, '::placeholder').color)
    const before = await colour()
    await confirm(page)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    expect(await colour()).toBe(before)
  })

  test('that has the keyboard has a ring as buttons do', async ({ site, browser }) => {
    const page = await guest(browser, site, '/register')
    const ring = (locator: Locator) => locator.evaluate((one) => getComputedStyle(one).outline)
    const email = page.getByLabel('E-mail')
    await email.focus()
    expect(await ring(email)).toMatch(/solid 2px/)
    await page.getByLabel('Password').focus()
    expect(await ring(page.locator('.mantine-PasswordInput-input'))).toMatch(/solid 2px/)
    await page.keyboard.press('Tab')
    await expect(button(page, 'Show what you typed')).toBeFocused()
    expect(await ring(button(page, 'Show what you typed'))).toMatch(/solid 2px/)
    await page.keyboard.press('Space')
    await expect(page.getByLabel('Password')).toHaveAttribute('type', 'text')
  })
})

test.describe('A number', () => {
  /** As it comes out of a mail or a table: by way of the clipboard. */
  async function paste(page: Page, field: Locator, text: string): Promise<void> {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await field.selectText()
    await page.keyboard.press('ControlOrMeta+v')
  }

  test('that is pasted is the one that was meant, or stays as it is with an error', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page('/invitations')
    const dialog = page.getByRole('dialog', { name: 'Add invitation' })
    await button(page, 'Add invitation').click()
    await button(dialog, 'Options').click()
    const [days, uses] = [dialog.getByLabel('Valid for (days)'), dialog.getByLabel('Number of uses')]
    for (const none of ['2,5', '0,5', '1e3', '1,00']) {
      await paste(page, uses, none)
      await expect(uses).toHaveValue(none)
      await days.focus()
      await expect(dialog.getByText('Enter a whole number.')).toBeVisible()
      await expect(uses).toHaveValue(none)
    }
    await confirm(page)
    await expect(uses).toBeFocused()
    await expect(uses).toHaveAttribute('aria-invalid', 'true')
    await paste(page, uses, '1.000')
    await paste(page, days, '١٢')
    await uses.focus()
    await expect(days).toHaveValue('12')
    await confirm(page)
    await expect(page.getByLabel('Invitation code', { exact: true })).toBeVisible()
    await button(page.getByRole('dialog'), 'Close').last().click()
    await expect(page.getByRole('row').filter({ hasText: '0 of 1,000' })).toBeVisible()
  })

  test('with decimals keeps them, and is no other where it can be read in two ways', async ({ site }) => {
    const page = await site.operator.page('/operator/services')
    await button(page, 'Add service').click()
    await button(page, 'Add quota role').click()
    await button(page, 'Add number').click()
    const value = page.getByLabel('Number 1: value')
    for (const [pasted, shown] of [
      ['2,5', '2.5'],
      ['１０', '10'],
      ['1 000', '1000'],
      ['1.000', '1.000'],
    ] as const) {
      await paste(page, value, pasted)
      await page.keyboard.press('Tab')
      await expect(value).toHaveValue(shown)
    }
    await expect(page.getByText('This number is ambiguous. Enter 1000 or 1.0000.')).toBeVisible()
  })

  test('of the site policy that is invalid is reported before anything is confirmed', async ({ site }) => {
    const page = await site.operator.page('/operator/policy')
    const idle = page.getByRole('textbox', { name: 'Sign out after inactivity' })
    await paste(page, idle, '2,5')
    await button(page, 'Save').click()
    await expect(page.getByText('Enter a whole number.')).toBeVisible()
    await expect(idle).toBeFocused()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

test.describe('A choice among many', () => {
  const country = (page: Page) => page.getByRole('combobox', { name: 'Country' })

  test('“phil”, Enter: chooses it, and sends nothing', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization/create')
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await country(page).fill('phil')
    await page.keyboard.press('Enter')
    await expect(country(page)).toHaveValue('Philippines')
    await expect(page.getByText('Cannot be empty.')).toHaveCount(0)
    await country(page).fill('japan')
    await page.keyboard.press('Tab')
    await expect(country(page)).toHaveValue('Japan')
    // Again: a refusal would have come by now.
    await expect(page.getByText('Cannot be empty.')).toHaveCount(0)
    expect(sent).toEqual([])
  })

  test('what was typed out is chosen, by Enter and by Tab, also over what was chosen before', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization/create')
    for (const [typed, chosen] of [
      ['American Samoa', 'American Samoa'],
      ['Samoa', 'Samoa'],
      ['India', 'India'],
      ['The Netherlands', 'Netherlands'],
      ['UK', 'United Kingdom'],
      ['usa', 'United States'],
      ['Ivory Coast', 'Côte d’Ivoire'],
    ] as const)
      for (const key of ['Enter', 'Tab']) {
        await country(page).fill(typed)
        await page.keyboard.press(key)
        await expect(country(page)).toHaveValue(chosen)
      }
  })

  test('what fits nothing stays, with an error, and is not sent', async ({ site }) => {
    const page = await (await site.person('Ana')).page('/organization/create')
    await fillInOrganization(page, newName('Coral Watch'))
    await country(page).fill('Philistia')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Choose an option from the list.')).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(country(page)).toHaveValue('Philistia')
    await button(page, 'Create organization').click()
    await expect(page.getByText('Choose a country.')).toBeVisible()
    await expect(country(page)).toHaveValue('Philistia')
    await expect(country(page)).toBeFocused()
  })

  test('a member whom the server has still to find is chosen by Enter, too', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    await site.join(await site.person('Ben', 'Reyes'), admin)
    await site.join(await site.person('Cleo', 'Santos'), admin)
    await site.join(await site.person('Santos', 'Cleo'), admin)
    const page = await admin.page()
    await button(page, 'Leave').click()
    await button(page, 'Hand over and leave').click()
    const successor = page.getByRole('combobox', { name: 'Successor' })
    await successor.click()
    await expect(page.getByRole('option')).toHaveCount(3)
    await page.getByRole('option', { name: /^Santos Cleo/ }).click()
    const asked = new Promise<Route>((resolve) => page.route(/\/memberships\?.*q=cleo/, resolve))
    // Who was chosen before is in the list until the answer comes.
    await successor.fill('cleo')
    const search = await asked
    await page.keyboard.press('Enter')
    await search.continue()
    await expect(successor).toHaveValue(/^Cleo Santos/)
  })
})

test.describe('What is shown only once', () => {
  const saved = (page: Page) => button(page, 'I have saved these codes')

  test('recovery codes stay through Escape, clicks beside and Back, until they are saved', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/organization')
    await choose(page, 'Account')
    await button(page, 'Set up two-factor authentication').click()
    await page.getByLabel('Your password').fill(password)
    await button(page, 'Continue').click()
    const secret = (await page.getByLabel('Key', { exact: true }).innerText()).replaceAll(' ', '')
    await page.getByLabel('Code', { exact: true }).fill(totp(secret))
    await confirm(page)
    await expect(saved(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await clickBeside(page)
    await page.evaluate(() => history.back())
    await expect.poll(() => new URL(page.url()).pathname).toBe('/account')
    await expect(button(page, 'Close this window')).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Download codes' })).toBeVisible()
    await saved(page).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('a one-time link stays until it is saved', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await site.operator.page(`/operator/accounts?q=${ana.email}`)
    await button(page, 'One-time link for Ana Cruz').click()
    await page.getByLabel('Reason').fill('They came to the desk.')
    await confirm(page)
    const link = page.getByLabel('One-time link', { exact: true })
    await expect(link).toBeVisible()
    await page.keyboard.press('Escape')
    await clickBeside(page)
    await expect(link).toBeVisible()
    await button(page, 'I have saved the link').click()
    await expect(link).toHaveCount(0)
  })
})

test.describe('Password managers', () => {
  /** What they find on the page: each password field, and the account whose it is. */
  const passwords = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')].map((field) => {
        const account = field.closest('form')?.querySelector<HTMLInputElement>('input[autocomplete="username"]')
        return [field.autocomplete, account?.value]
      }),
    )

  test('see whose password is asked for, and whether it is a new one', async ({ site }) => {
    const ana = await site.person('Ana')
    const page = await ana.page('/account')
    await button(page, 'Change password').click()
    await expect(page.getByLabel('New password')).toBeVisible()
    expect(await passwords(page)).toEqual([['new-password', ana.email]])
    await page.keyboard.press('Escape')
    await button(page, 'Set up two-factor authentication').click()
    await expect(page.getByLabel('Your password')).toBeVisible()
    expect(await passwords(page)).toEqual([['current-password', ana.email]])
    await page.keyboard.press('Escape')
    await seemLongSignedIn(page, '**/api/me/delete')
    await button(page, 'Delete account').click()
    await confirm(page)
    await expect(page.getByLabel('Your password')).toBeVisible()
    expect(await passwords(page)).toEqual([['current-password', ana.email]])
  })
})
