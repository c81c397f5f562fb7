import { expect, type Page } from '@playwright/test'
import { streamEvents } from '../src/messaging/events/schema'
import { post, startSite, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

/** Counts the streams that a page has opened; more than before means that it listens again. */
function streamsOf(page: Page): () => number {
  let opened = 0
  page.on('response', (response) => {
    if (response.url().endsWith(streamEvents.path) && response.ok()) opened++
  })
  return () => opened
}

test.describe('What others do appears without a reload', () => {
  test('an open list changes, and so does what its reader may do', async ({ site }) => {
    const [admin, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const organizationId = await site.organization(admin)
    const code = await site.code(admin, { note: 'For Ben' })
    const [users, invitations] = [await admin.page('/users'), await admin.page('/invitations')]
    await expect(rowOf(users, 'Ana Cruz')).toBeVisible()
    await expect(rowOf(invitations, 'For Ben')).toContainText('0 of 1')
    await post(ben.api, '/api/invitations/accept', { code })
    await expect(rowOf(users, 'Ben Reyes')).toBeVisible()
    await expect(rowOf(invitations, 'For Ben')).toContainText('1 of 1')
    await expect(rowOf(invitations, 'For Ben')).toContainText('Ben Reyes')

    const theirs = await ben.page('/users')
    await expect(theirs.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' })).toBeDisabled()
    const { items } = await (await admin.api.get(`/api/organizations/${organizationId}/memberships?q=Reyes`)).json()
    await admin.api.put(`/api/organizations/${organizationId}/memberships/${items[0].id}/admin`, {
      data: { admin: true },
    })
    await expect(theirs.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' })).toBeEnabled()
    await expect(theirs.getByRole('navigation').getByRole('link', { name: 'Invitations' })).toBeVisible()
    await expectToast(theirs, 'You now have admin privileges.')
  })

  test('what happened between the first answer and the opening of the stream is not missed', async ({ site }) => {
    const [admin, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    await site.organization(admin)
    const page = await admin.page('about:blank')
    let letThrough = () => {}
    const held = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    await page.route(`**${streamEvents.path}`, async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/users')
    await expect(rowOf(page, 'Ana Cruz')).toBeVisible()
    await site.join(ben, admin)
    await expect(rowOf(page, 'Ben Reyes')).toHaveCount(0)
    letThrough()
    await expect(rowOf(page, 'Ben Reyes')).toBeVisible()
  })

  test('a removed member sees the page change, whatever dialog was open on it', async ({ site }) => {
    const [admin, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    const name = newName('Manta Watch')
    await site.organization(admin, name)
    await site.join(ben, admin, { grantsAdmin: true })
    const [page, theirs] = [await admin.page('/users'), await ben.page('/invitations')]
    await theirs.getByRole('button', { name: 'Add invitation' }).click()
    await page.getByRole('button', { name: 'Remove user Ben Reyes' }).click()
    await confirm(page)
    await expect(theirs.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
    await expect(theirs.getByRole('dialog')).toHaveCount(0)
    await expect(theirs.getByRole('navigation').getByRole('link', { name: 'Invitations' })).toHaveCount(0)
    await expectToast(theirs, `You are no longer a member of ${name}.`)
  })

  test('signing out in one tab turns the other to Sign in', async ({ site }) => {
    const person = await site.person('Ana')
    await site.organization(person)
    const page = await person.page('/users')
    const other = await page.context().newPage()
    await other.goto('/organization')
    await expect(other.getByRole('button', { name: 'Leave' })).toBeVisible()
    await choose(page, 'Account')
    await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })
})

test.describe('A lost connection comes back automatically, with what happened in the meantime', () => {
  test('the browser was offline', async ({ site }) => {
    const [admin, ben] = [await site.person('Ana'), await site.person('Ben', 'Reyes')]
    await site.organization(admin)
    const page = await admin.page('/users')
    await expect(rowOf(page, 'Ana Cruz')).toBeVisible()
    await page.context().setOffline(true)
    await site.join(ben, admin)
    await page.getByRole('searchbox').fill('no one')
    await expect(page.getByText('The site can’t be reached.')).toBeVisible()
    await page.getByRole('searchbox').fill('')
    await expect(rowOf(page, 'Ana Cruz')).toBeVisible()
    await page.context().setOffline(false)
    await expect(rowOf(page, 'Ben Reyes')).toBeVisible({ timeout: 30_000 })
  })

  test('the server was stopped and started again', async ({ browser }, { project }) => {
    const site = await startSite(project.name, browser)
    const [admin, ben, cleo] = [
      await site.person('Ana'),
      await site.person('Ben', 'Reyes'),
      await site.person('Cleo', 'Santos'),
    ]
    await site.organization(admin)
    const page = await admin.page('about:blank')
    const opened = streamsOf(page)
    await page.goto('/users')
    await expect(rowOf(page, 'Ana Cruz')).toBeVisible()
    await expect.poll(opened).toBe(1)
    await site.pause()
    await expect(rowOf(page, 'Ana Cruz')).toBeVisible()
    await page.getByRole('searchbox').fill('reyes')
    await expect(page.getByText('The site can’t be reached.')).toBeVisible()
    await site.resume()
    await site.join(ben, admin)
    await expect(rowOf(page, 'Ben Reyes')).toBeVisible({ timeout: 30_000 })
    await expect.poll(opened, { timeout: 30_000 }).toBe(2)

    await page.getByRole('searchbox').fill('')
    await site.join(cleo, admin)
    await expect(rowOf(page, 'Cleo Santos')).toBeVisible()
    await page.context().close()
    await site.stop()
  })
})
