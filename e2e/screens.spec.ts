import { expect, type Page } from '@playwright/test'
import { expectSound, listenTo, openQuietly } from './support/looks'
import { row } from './support/roles'
import { decide, type Person, post, testAlone } from './support/site'
import { expectToast } from './support/toasts'

const test = testAlone()

const form = { country: 'PH', description: 'Counting the corals of Tubbataha from orbit, every week.' }
const details = {
  ...form,
  address: '12 Katipunan Avenue',
  city: 'Quezon City',
  postalCode: '1108',
  website: 'https://coral.example',
  taxId: 'PH-004-112',
}

/** A request for an organization that no operator has decided yet. */
async function request(author: Person, name: string, more: object = form): Promise<string> {
  return (await post(author.api, '/api/organizations', { name, ...more })).id
}

const dialogOf = (page: Page) => page.getByRole('dialog')

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toHaveCount(0)
}

/** A toast reports what others did; the pictures are to be without it. It may have closed on its own. */
async function closeToast(page: Page): Promise<void> {
  await expectToast(page, /./)
  const close = page.getByRole('button', { name: 'Close this message' })
  await expect(async () => {
    if (await close.count()) await close.first().click({ timeout: 1000 })
    await expect(close).toHaveCount(0, { timeout: 1000 })
  }).toPass({ timeout: 30_000 })
}

test.describe('Every screen is sound in light, in dark and on a narrow screen', () => {
  test('the operators’ screens', async ({ site }) => {
    const { operator } = site
    const page = await openQuietly(operator, '/operator/organizations?q=nothing+like+it')
    await expect(page.getByText('No organizations found')).toBeVisible()
    await expectSound(page, 'operator-organizations-empty')

    const [ana, ben, cleo, dan] = await Promise.all([
      site.person('Ana'),
      site.person('Ben', 'Reyes'),
      site.person('Cleo', 'Santos'),
      site.person('Dan', 'Ramos'),
    ])
    const watch = await request(ana, 'Coral Watch', details)
    await decide(operator.api, watch, 'accept')
    await site.join(ben, ana)
    await request(cleo, 'Reef Lab', details)
    const group = await request(dan, 'Mangrove Group')
    await decide(operator.api, group, 'reject', { reason: 'Say which mangroves.' })

    await page.goto('/operator/organizations')
    await expect(page.getByRole('row').filter({ hasText: 'Reef Lab' })).toBeVisible()
    await expectSound(page, 'operator-organizations', { picture: true })

    await page.getByRole('link', { name: 'Reef Lab' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Reef Lab' })).toBeVisible()
    await expect(row(page, 'Cleo Santos', 'Users')).toBeVisible()
    await expectSound(page, 'operator-organization', { picture: true })
    await page.getByRole('button', { name: 'Accept' }).click()
    await expectSound(page, 'operator-accept-dialog')
    await closeDialog(page)
    await page.getByRole('button', { name: 'Reject' }).click()
    await expectSound(page, 'operator-reject-dialog')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(dialogOf(page).getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true')
    await expectSound(page, 'operator-reject-dialog-no-reason', { provoked: /400 .*reject$/ })
    await closeDialog(page)

    await page.goto(`/operator/organizations/${watch}`)
    await expect(row(page, 'Ben Reyes', 'Users')).toBeVisible()
    await expectSound(page, 'operator-organization-accepted')
    await page.goto(`/operator/organizations/${group}`)
    await expect(
      page.getByRole('region', { name: 'Members' }).getByText('This organization has no members.'),
    ).toBeVisible()
    await expectSound(page, 'operator-organization-rejected')
    await page.goto('/operator/organizations/00000000-0000-7000-8000-000000000000')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(page, 'operator-organization-absent', { provoked: /404 .*0000$/ })

    await page.goto('/operator/accounts')
    await expect(page.getByRole('row').filter({ hasText: 'Ben Reyes' })).toBeVisible()
    await expectSound(page, 'operator-accounts', { picture: true })
    await row(page, 'Ben Reyes')
      .getByRole('button', { name: /Confirm address/ })
      .click()
    await expectSound(page, 'operator-confirm-address-dialog')
    await closeDialog(page)
    await page.goto('/operator/activity')
    await expect(page.getByText('Ben Reyes accepted an invitation and joined Coral Watch.')).toBeVisible()
    await expectSound(page, 'operator-activity')
  })

  test('what is seen without signing in', async ({ site, browser }) => {
    const context = await browser.newContext({ baseURL: site.url, reducedMotion: 'reduce', deviceScaleFactor: 1 })
    const page = await listenTo(await context.newPage(), '/')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expectSound(page, 'sign-in', { picture: true })
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByLabel('Password').fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectSound(page, 'sign-in-refused', { provoked: /40[01] .*sessions$/ })

    await page.getByRole('link', { name: 'Register' }).click()
    await expect(page.getByRole('heading', { name: 'Register' })).toBeVisible()
    await expectSound(page, 'register', { picture: true })
    await page.getByLabel('E-mail').fill('not an address')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByText('Choose a country.')).toBeVisible()
    await expectSound(page, 'register-refused', { provoked: /400 .*accounts$/ })

    await page.goto('/join#00000000000000000000000000000000')
    await expect(page.getByText('You have an invitation')).toBeVisible()
    await expectSound(page, 'join')
    await page.goto(site.setupLink)
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
    await expectSound(page, 'set-up-used', { provoked: /4\d\d .*setup/ })
    await page.goto('/no/such/page')
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
    await expectSound(page, 'nothing-here')

    await page.route('**/api/me', (route) => route.abort())
    await page.goto('/organization')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(page, 'unreachable', { provoked: /ERR_FAILED/ })
  })

  test('the ways into an organization: none, a code, a typo, asking for one, waiting', async ({ site }) => {
    const [admin, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    await site.organization(admin, 'Blue Corridor Watch')
    const code = await site.code(admin)
    const approved = await site.code(admin, { needsApproval: true, grantsAdmin: true })
    const page = await openQuietly(ben, '/')
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
    await expectSound(page, 'organization-none', { picture: true })

    await page.getByRole('button', { name: 'Provide invitation code' }).click()
    const field = page.getByLabel('Invitation code', { exact: true })
    await field.fill(code)
    await expect(page.getByRole('heading', { name: 'Blue Corridor Watch' })).toBeVisible()
    await expectSound(page, 'invitation-code', { picture: true })
    await field.fill(approved)
    await expect(page.getByText(/has to approve you/)).toBeVisible()
    await expectSound(page, 'invitation-code-with-approval')
    await field.fill((code[0] === 'A' ? 'B' : 'A') + code.slice(1))
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await expect(page.getByText('This code has a typo.')).toBeVisible()
    await expectSound(page, 'invitation-code-typo')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()

    await page.getByRole('link', { name: 'Create organization' }).click()
    await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Philippines')
    await expectSound(page, 'create-organization', { picture: true })
    await page.getByLabel('Website').fill('seagrass')
    await page.getByRole('button', { name: 'Create organization' }).click()
    await expect(page.getByText('Cannot be empty.').first()).toBeVisible()
    await expectSound(page, 'create-organization-refused', { provoked: /400 .*organizations$/ })

    const sol = await site.person('Sol', 'Ramos')
    await post(sol.api, '/api/invitations/accept', { code: approved })
    const waiting = await openQuietly(sol, '/organization')
    await expect(waiting.getByRole('heading', { name: 'Waiting for Blue Corridor Watch' })).toBeVisible()
    await expectSound(waiting, 'organization-waiting')
    await waiting.getByRole('button', { name: 'Withdraw' }).click()
    await expectSound(waiting, 'withdraw-dialog')
  })

  test('an organization of one’s own: pending, returned, rejected, accepted, suspended', async ({ site }) => {
    const ben = await site.person('Ben', 'Reyes')
    const page = await openQuietly(ben, '/')
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
    const id = await request(ben, 'Seagrass Group', details)
    const resubmit = async () => {
      const me = await (await ben.api.get('/api/me')).json()
      const { stateVersion } = [me.organization, ...me.rejected].find((one) => one?.id === id)
      const data = { stateVersion, name: 'Seagrass Group', ...details }
      expect((await ben.api.put(`/api/organizations/${id}`, { data })).status()).toBe(200)
    }
    await expect(page.getByText('Waiting for review')).toBeVisible()
    await closeToast(page)
    await expectSound(page, 'organization-pending')
    await decide(site.operator.api, id, 'request-changes', { reason: 'Add a web address,\nand say which meadows.' })
    await expect(page.getByText('and say which meadows.')).toBeVisible()
    await closeToast(page)
    await expectSound(page, 'organization-changes-requested')
    await page.getByRole('link', { name: 'Correct and resubmit' }).click()
    await expect(page.getByRole('button', { name: 'Resubmit' })).toBeVisible()
    await expectSound(page, 'organization-resubmit')

    await resubmit()
    await decide(site.operator.api, id, 'reject', { reason: 'Seagrass belongs to another organization.' })
    await page.goto('/organization')
    await expect(page.getByRole('link', { name: 'Resubmit' })).toBeVisible()
    await page.getByText('What you submitted').click()
    await expectSound(page, 'organization-rejected')

    await resubmit()
    await decide(site.operator.api, id, 'accept')
    await page.goto('/join#00000000000000000000000000000000')
    await expect(page.getByText('You opened an invitation link')).toBeVisible()
    await expectSound(page, 'organization-with-a-link', { provoked: /404 .*preview$/ })
    await page.getByRole('button', { name: 'Dismiss invitation' }).click()
    await expectSound(page, 'organization', { picture: true })
    await decide(site.operator.api, id, 'suspend', { reason: 'An open question about use.' })
    await expect(page.getByText(/An open question about use/)).toBeVisible()
    await closeToast(page)
    await expectSound(page, 'organization-suspended')
  })

  test('leaving: plainly, as the only admin, by handing over, by dissolving', async ({ site }) => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    await site.organization(ana, 'Dugong Watch')
    const page = await openQuietly(ana, '/')
    await page.getByRole('button', { name: 'Leave' }).click()
    await expectSound(page, 'leave-sole-member')
    await page.getByRole('button', { name: 'Dissolve organization' }).click()
    await expectSound(page, 'dissolve-dialog')
    await closeDialog(page)

    await site.join(ben, ana)
    await page.getByRole('button', { name: 'Leave' }).click()
    await expect(dialogOf(page).getByRole('button', { name: 'Hand over and leave' })).toBeVisible()
    await expectSound(page, 'leave-only-admin')
    await page.getByRole('button', { name: 'Hand over and leave' }).click()
    await expectSound(page, 'hand-over-dialog')

    const plain = await openQuietly(ben, '/')
    await plain.getByRole('button', { name: 'Leave' }).click()
    await expect(dialogOf(plain).getByRole('button', { name: 'Confirm' })).toBeVisible()
    await expectSound(plain, 'leave', { picture: true })
  })

  test('adding an invitation: none yet, the options, a refusal, the code', async ({ site }) => {
    const ana = await site.person('Ana')
    await site.organization(ana, 'Seabird Watch')
    const page = await openQuietly(ana, '/invitations')
    await expect(page.getByText('No invitations yet')).toBeVisible()
    await expectSound(page, 'invitations-none')
    await page.getByRole('button', { name: 'Add invitation' }).click()
    await expect(dialogOf(page)).toBeVisible()
    await expectSound(page, 'add-invitation-plain')
    await dialogOf(page).getByRole('button', { name: 'Options' }).click()
    await expect(dialogOf(page).getByLabel('Note')).toBeVisible()
    await expectSound(page, 'add-invitation', { picture: true })
    await dialogOf(page).getByRole('combobox', { name: 'Only for' }).click()
    await page.getByRole('option', { name: 'One domain' }).click()
    await dialogOf(page).getByLabel('Domain').fill('not a domain')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(dialogOf(page).getByText('Enter a domain, for example example.org.')).toBeVisible()
    await expectSound(page, 'add-invitation-refused', { provoked: /400 .*invitations$/ })
    await dialogOf(page).getByLabel('Domain').fill('reef.example')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByRole('img', { name: /QR/ })).toBeVisible()
    await expectSound(page, 'invitation', { picture: true })
    await closeDialog(page)
  })

  test('the invitations: in all states, with a person to approve', async ({ site }) => {
    const [ana, ben, cleo, dan] = await Promise.all([
      site.person('Ana'),
      site.person('Ben', 'Reyes'),
      site.person('Cleo', 'Santos'),
      site.person('Dan', 'Ramos'),
    ])
    await site.organization(ana, 'Turtle Watch')
    const page = await openQuietly(ana, '/invitations')
    await site.code(ana, { boundTo: { domain: 'reef.example' } })
    await site.code(ana, { note: 'From last year' })
    await expire(page, 'From last year')
    await site.code(ana, { note: 'A student who found another place' })
    await page
      .getByRole('row')
      .filter({ hasText: 'another place' })
      .getByRole('button', { name: /^Revoke/ })
      .click()
    await expectSound(page, 'revoke-dialog')
    await dialogOf(page).getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Revoked' })).toBeVisible()
    await site.join(cleo, ana, { grantsAdmin: true })
    await site.join(dan, ana, { note: 'For the newcomers', needsApproval: true })
    await site.join(ben, ana, { note: 'For the students of the summer school', uses: 3 })
    await page.reload()
    await expect(page.getByRole('row').filter({ hasText: 'Expired' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Waiting for approval' })).toBeVisible()
    await expectSound(page, 'invitations', { picture: true })
    await page.getByRole('button', { name: /^Approve/ }).click()
    await expectSound(page, 'approve-dialog')
    await closeDialog(page)
    await page.getByRole('searchbox').fill('nothing like it')
    await expect(page.getByText('No matching invitations')).toBeVisible()
    await expectSound(page, 'invitations-not-found')
    await page.route(invitationList, (route) => route.abort())
    await page.goto('/invitations')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(page, 'invitations-unreachable', { provoked: /ERR_FAILED/ })
  })

  test('users and privileges, activity', async ({ site }) => {
    const [ana, ben, cleo] = await Promise.all([
      site.person('Ana'),
      site.person('Ben', 'Reyes'),
      site.person('Cleo', 'Santos'),
    ])
    await site.organization(ana, 'Whale Watch')
    await site.join(ben, ana)
    await site.join(cleo, ana, { grantsAdmin: true, note: 'For Cleo' })
    await site.code(cleo)
    const page = await openQuietly(ana, '/users')
    await expect(page.getByRole('row').filter({ hasText: 'Cleo Santos' })).toBeVisible()
    await expectSound(page, 'users', { picture: true })
    await page.getByRole('checkbox', { name: 'Admin privileges of Ben Reyes' }).click()
    await expectSound(page, 'grant-dialog')
    await closeDialog(page)
    await page.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' }).click()
    await expectSound(page, 'revoke-own-privileges-dialog')
    await closeDialog(page)
    await page.getByRole('button', { name: 'Remove user Cleo Santos' }).click()
    await expect(dialogOf(page)).toContainText('1 pending invitation')
    await expectSound(page, 'remove-dialog')
    await closeDialog(page)
    await page.getByRole('searchbox').fill('nothing like it')
    await expect(page.getByText('No matching members')).toBeVisible()
    await expectSound(page, 'users-not-found')

    await page.goto('/activity')
    await expect(page.getByText('Ben Reyes accepted an invitation and joined Whale Watch.')).toBeVisible()
    await expectSound(page, 'activity', { picture: true })
    await page.getByRole('combobox', { name: 'Event type' }).click()
    await expect(page.getByRole('option', { name: 'Invitation accepted' })).toBeVisible()
    await expectSound(page, 'activity-kinds')

    const readOnly = await openQuietly(ben, '/users')
    await expect(readOnly.getByRole('row').filter({ hasText: 'Cleo Santos' })).toBeVisible()
    await expectSound(readOnly, 'users-read-only')
    await readOnly.getByRole('button', { name: 'Menu', exact: true }).click()
    await expect(readOnly.getByRole('navigation').getByRole('link', { name: 'Account' })).toBeInViewport()
    await expectSound(readOnly, 'menu')

    const { account, organization } = await (await ben.api.get('/api/me')).json()
    await post(ben.api, `/api/organizations/${organization.id}/leave`)
    await page.goto(`/activity?accountId=${account.id}`)
    await expect(page.getByText('Ben Reyes left Whale Watch.')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Person' })).toHaveValue('Ben Reyes')
    await page.getByRole('button', { name: 'Ana Cruz' }).click()
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
    await expectSound(page, 'activity-of-a-person-who-left')
  })

  test('tokens: none, creating one, what is shown once, and the lists', async ({ site }) => {
    test.slow()
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const id = await site.organization(ana, 'Seahorse Watch')
    await site.join(ben, ana, { grantsAdmin: true })
    const page = await openQuietly(ana, '/tokens')
    await expect(page.getByText('No tokens yet')).toBeVisible()
    await expectSound(page, 'tokens-none', { picture: true })
    await page.getByRole('button', { name: 'Create token' }).click()
    await expect(dialogOf(page)).toBeVisible()
    await expectSound(page, 'create-token', { picture: true })
    const create = dialogOf(page).getByRole('button', { name: 'Create token' })
    await create.click()
    await expect(dialogOf(page).getByText('Choose at least one scope.')).toBeVisible()
    await expectSound(page, 'create-token-refused', { picture: true, provoked: /400 .*tokens$/ })
    await dialogOf(page).getByLabel('Name').fill('Directory sync')
    for (const box of await dialogOf(page).getByRole('checkbox').all()) await box.check()
    await create.click()
    await expect(page.getByRole('button', { name: 'Copy token' })).toBeVisible()
    await expectSound(page, 'token', { picture: true })
    await page.getByRole('button', { name: 'I have saved the token' }).click()

    const path = `/api/organizations/${id}/tokens`
    await post(ben.api, path, { name: 'Invoices of the aquarium', scopes: ['read:organizations'] })
    await post(ana.api, path, { name: 'Last year’s export', scopes: ['read:events', 'read:memberships'] })
    await post(ben.api, `/api/organizations/${id}/leave`)
    await expireTokens(page, 'Last year’s export')
    await page.goto('/tokens')
    await expect(row(page, 'Invoices of the aquarium')).toContainText('Ended when Ben Reyes left')
    await expect(row(page, 'Last year’s export')).toContainText('Expired')
    await expectSound(page, 'tokens', { picture: true })
    await page.getByRole('button', { name: 'Renew Directory sync' }).click()
    await expectSound(page, 'renew-token', { picture: true })
    await closeDialog(page)
    await page.getByRole('button', { name: 'End Directory sync' }).click()
    await expectSound(page, 'end-token', { picture: true })
    await closeDialog(page)

    const section = page.getByRole('region', { name: 'Personal tokens' })
    await page.goto('/account')
    await expect(section.getByText('No personal tokens')).toBeVisible()
    await expectSound(page, 'account-tokens-none', { picture: true, from: section })
    await post(ana.api, '/api/me/tokens', { name: 'Nightly report', scopes: ['read:entitlements'] })
    await post(ana.api, '/api/me/tokens', { name: 'N'.repeat(60), scopes: ['read:events', 'write:notifications'] })
    await expireTokens(page, 'N'.repeat(60))
    await page.reload()
    await expect(section.getByText('Expired')).toBeVisible()
    await expectSound(page, 'account-tokens', { picture: true, from: section })
    await section.getByRole('button', { name: 'Create token' }).click()
    await expect(dialogOf(page)).toBeVisible()
    await expectSound(page, 'create-personal-token', { picture: true })
    await closeDialog(page)

    await page.route(tokenList, (route) => route.abort())
    await page.goto('/tokens')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expectSound(page, 'tokens-unreachable', { provoked: /ERR_FAILED/ })
  })

  test('the longest names', async ({ site }) => {
    const long = (words: string, length: number) => words.repeat(20).slice(0, length).trim().padEnd(length, 'x')
    const name = long('Society for the Observation of the Coral Reefs of the Sulu Sea ', 120)
    const [ana, ben] = [
      await site.person(long('Maria Concepcion ', 80), long('de la Cruz y Santos ', 80)),
      await site.person('W'.repeat(80), 'Reyes'.repeat(16)),
    ]
    const id = await request(ana, name, {
      ...details,
      website: `https://${'coral'.repeat(12)}.example/${'reef'.repeat(20)}`,
    })
    await decide(site.operator.api, id, 'accept')
    await site.join(ben, ana, { note: 'N'.repeat(200) })
    const page = await openQuietly(ana, '/')
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await expectSound(page, 'long-organization')
    await page.getByRole('button', { name: 'Leave' }).click()
    await expectSound(page, 'long-leave')
    await closeDialog(page)
    await page.goto('/users')
    await expect(page.getByRole('row').filter({ hasText: ben.name })).toBeVisible()
    await expectSound(page, 'long-users')
    await page.goto('/invitations')
    await expect(page.getByRole('row').filter({ hasText: ben.name })).toBeVisible()
    await expectSound(page, 'long-invitations')
    await page.goto('/activity')
    await expect(page.getByText(ben.name).first()).toBeVisible()
    await expectSound(page, 'long-activity')
    const operator = await openQuietly(site.operator, `/operator/organizations/${id}`)
    await expect(operator.getByRole('heading', { level: 1, name })).toBeVisible()
    await expectSound(operator, 'long-operator-organization')
    await operator.goto('/operator/accounts')
    await expect(operator.getByRole('row').filter({ hasText: ben.name })).toBeVisible()
    await expectSound(operator, 'long-operator-accounts')
    await operator.goto('/operator/organizations')
    await expect(operator.getByRole('row').filter({ hasText: name })).toBeVisible()
    await expectSound(operator, 'long-operator-organizations')
  })
})

const invitationList = /\/api\/organizations\/[^/]+\/invitations(\?|$)/

/** A day is the shortest life of an invitation, so this one is shown as expired. */
async function expire(page: Page, note: string): Promise<void> {
  await page.route(invitationList, async (route) => {
    const response = await route.fetch()
    const answer = await response.json()
    const expired = { state: 'expired', expiresAt: new Date(Date.now() - 3 * 86_400_000) }
    for (const invitation of answer.items) if (invitation.note === note) Object.assign(invitation, expired)
    await route.fulfill({ response, json: answer })
  })
}

const tokenList = /\/api\/(me|organizations\/[^/]+)\/tokens$/

/** A day is the shortest life of a token, too. */
async function expireTokens(page: Page, name: string): Promise<void> {
  await page.route(tokenList, async (route) => {
    const response = await route.fetch()
    const answer = await response.json()
    const expired = { expired: true, expiresAt: new Date(Date.now() - 3 * 86_400_000) }
    for (const token of answer.tokens ?? []) if (token.name === name) Object.assign(token, expired)
    await route.fulfill({ response, json: answer })
  })
}
