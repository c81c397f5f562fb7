import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { type Person, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose } from './support/words'

const button = (page: Page) => page.getByRole('button', { name: 'Download CSV' })

/** A page whose CSV the test controls: `send` delivers rows, `cut` breaks the connection. */
async function slowly(person: Person, path: string) {
  const page = await person.page('about:blank')
  await page.addInitScript(() => {
    const real = window.fetch
    window.fetch = async (input, init) => {
      if (!String(input).includes('/events.csv')) return real(input, init)
      const start = (controller: ReadableStreamDefaultController) => {
        init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        Object.assign(window, { csv: controller })
      }
      return new Response(new ReadableStream({ start }))
    }
  })
  await page.goto(path)
  const stream = () => page.waitForFunction(() => (window as never as { csv?: ReadableStreamDefaultController }).csv)
  return {
    page,
    async send(rows: number) {
      const text = 'time,what\r\n'.concat('then,this\r\n'.repeat(rows))
      await (await stream()).evaluate((csv, text) => csv?.enqueue(new TextEncoder().encode(text)), text)
    },
    async cut() {
      await (await stream()).evaluate((csv) => csv?.error(new TypeError('network error')))
    },
  }
}

test.describe('Activity as a file', () => {
  test('it is what the server gives, narrowed as the list is; an operator’s too', async ({ site }) => {
    const admin = await site.person('Ana')
    const organizationId = await site.organization(admin)
    await site.code(admin)
    const page = await admin.page('/activity?kind=invitation_created')
    await expect(page.getByRole('list', { name: 'Activity' }).getByRole('listitem')).toHaveCount(1)
    const [download] = await Promise.all([page.waitForEvent('download'), button(page).click()])
    await expectToast(page, 'Activity downloaded: 1 row.')
    expect(download.suggestedFilename()).toBe('activity.csv')
    const given = await admin.api.get(`/api/organizations/${organizationId}/events.csv?kind=invitation_created`)
    expect(readFileSync(await download.path(), 'utf8')).toBe(await given.text())

    const operator = await site.operator.page()
    await choose(operator, 'Activity')
    const [all] = await Promise.all([operator.waitForEvent('download'), button(operator).click()])
    expect(readFileSync(await all.path(), 'utf8')).toContain('organization_accepted')
  })

  test('a long one says how far it is, and can be called off', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const { page, send } = await slowly(admin, '/activity')
    await button(page).focus()
    await page.keyboard.press('Enter')
    const cancel = page.getByRole('button', { name: 'Cancel download' })
    await expect(cancel).toBeVisible()
    await expect(button(page)).toBeFocused()
    await send(12_000)
    await expect(page.getByText('12,000 rows so far').first()).toBeVisible()
    await cancel.focus()
    await page.keyboard.press('Enter')
    await expect(cancel).toHaveCount(0)
    await expect(page.getByText('rows so far')).toHaveCount(0)
    await expect(button(page)).toBeFocused()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('one that breaks off says so, and so does one that is refused; the pages stay sound', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const { page, send, cut } = await slowly(admin, '/activity')
    await button(page).click()
    await send(3)
    await expect(page.getByText('3 rows so far').first()).toBeVisible()
    await cut()
    await expect(page.getByRole('alert')).toHaveText('The download stopped after 3 rows. Nothing was saved. Try again.')
    await expect(page.getByRole('button', { name: 'Cancel download' })).toHaveCount(0)

    const quiet = await openQuietly(admin, '/activity')
    await quiet.route('**/events.csv*', (route) => route.abort())
    await button(quiet).click()
    await expect(quiet.getByRole('alert')).toHaveText(/The site can’t be reached/)
    await expectSound(quiet, 'activity-download-failed', { provoked: /ERR_FAILED/ })
    await quiet.unroute('**/events.csv*')
    const [download] = await Promise.all([quiet.waitForEvent('download'), button(quiet).click()])
    expect(readFileSync(await download.path(), 'utf8')).toContain('organization_accepted')
    await expect(quiet.getByRole('alert')).toHaveCount(0)
  })
})
