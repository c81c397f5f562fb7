import { expect } from '@playwright/test'
import { mailFrom } from '../tests/support/smtp'
import { expectSound, openQuietly } from './support/looks'
import { decide, post, startSite, testWithMail } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

const test = testWithMail()

const wide = { width: 1280, height: 800 }

test('the bell tells at once, leads to the page, and forgets nothing until it is read', async ({ site, mails }) => {
  const ana = await site.person('Ana')
  const { id } = await post(ana.api, '/api/organizations', {
    name: 'Coral Watch',
    country: 'PH',
    description: 'Counting corals from orbit.',
  })
  const page = await openQuietly(ana, '/organization')
  const bell = page.getByRole('banner').getByRole('link', { name: 'Notifications' })
  await expect(bell).toHaveAccessibleName('Notifications')
  await bell.click()
  await expect(page.getByText('No notifications yet')).toBeVisible()
  await expectSound(page, 'notifications-empty')

  await decide(site.operator.api, id, 'accept')
  await expect(bell).toHaveAccessibleName('Notifications, 1 unread')
  await decide(site.operator.api, id, 'suspend', { reason: 'Say which corals.' })
  await decide(site.operator.api, id, 'reinstate', { reason: 'Those of Tubbataha.' })
  const ben = await site.person('Ben', 'Reyes')
  await site.join(ben, ana)
  await expect(bell).toHaveAccessibleName('Notifications, 4 unread')
  const list = page.getByRole('list', { name: 'Notifications' })
  await expect(list.getByRole('listitem')).toHaveText([
    /Unread: Ben Reyes accepted your invitation and joined Coral Watch\./,
    /Unread: Coral Watch is no longer suspended\./,
    /Unread: Coral Watch was suspended\.\s*Say which corals\./,
    /Unread: Coral Watch was accepted\./,
  ])
  await page.getByRole('button', { name: 'Close this message' }).first().click()
  await expectSound(page, 'notifications', { picture: true })
  await page.setViewportSize(wide)

  await list.getByRole('link', { name: /Ben Reyes/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Invitations' })).toBeVisible()
  await expect(bell).toHaveAccessibleName('Notifications, 3 unread')
  await bell.click()
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await expectToast(page, 'All notifications marked as read.')
  await expect(bell).toHaveAccessibleName('Notifications')
  await expect(list.getByText('Unread')).toHaveCount(0)

  const mail = await mails.mailTo(ana.email)
  expect(mail.from!.text).toBe(mailFrom.replace('Guildhall', '"Guildhall"'))
  expect(mail.text).toContain('Hello Ana,')
  expect(mail.text).toContain(site.url)
})

test('each chooses which mails come', async ({ site, mails }) => {
  const ana = await site.person('Ana')
  const page = await openQuietly(ana, '/account')
  const section = page.getByRole('region', { name: 'Notifications' })
  await expect(section.getByLabel('Organization')).toBeChecked()
  await expectSound(page, 'account-notifications')
  await page.setViewportSize(wide)
  await section.getByLabel('Organization').uncheck()
  const discard = page.getByRole('dialog', { name: 'Discard changes?' })
  await page.getByRole('navigation').getByRole('link', { name: 'Organization', exact: true }).click()
  await expect(discard).toBeVisible()
  await discard.getByRole('button', { name: 'Keep editing' }).click()
  await section.getByRole('button', { name: 'Save' }).click()
  await expectToast(page, 'Notification settings saved.')
  await choose(page, 'Organization')
  await choose(page, 'Account')
  await page.reload()
  await expect(section.getByLabel('Organization')).not.toBeChecked()
  await expect(section.getByLabel('Members')).toBeChecked()

  await site.organization(ana, 'Reef Lab')
  const ben = await site.person('Ben')
  await site.join(ben, ana)
  // The first mail is the one of the member: that the organization was accepted came before, and was not wanted.
  expect((await mails.mailTo(ana.email)).subject).toBe('Ben Cruz accepted your invitation and joined Reef Lab')
})

test('operators see what could not be sent, and why, and have it tried again', async ({ site, mails }) => {
  const ana = await site.person('Ana')
  mails.refuse(ana.email)
  await site.organization(ana, 'Sea Grass')
  const page = await openQuietly(site.operator, '/operator/organizations')
  await choose(page, 'E-mails')
  const row = page.getByRole('row').filter({ hasText: ana.email }).filter({ hasText: 'Notification' })
  await expect(row).toContainText('Failed')
  await expect(row).toContainText('550 No such mailbox here')
  await expectSound(page, 'operator-mails', { picture: true })
  await page.setViewportSize(wide)
  mails.accept(ana.email)
  await row.getByRole('button', { name: 'Retry' }).click()
  await expectToast(page, 'Retrying delivery.')
  await expect(row).toContainText('Sent')
  expect((await mails.mailTo(ana.email)).subject).toBe('Sea Grass was accepted')
})

test('an admin sends an invitation by e-mail, and its link opens the form', async ({ site, mails }) => {
  const ana = await site.person('Ana')
  await site.organization(ana, 'Mangrove Group')
  const page = await openQuietly(ana, '/invitations')
  await page.getByRole('button', { name: 'Add invitation' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Options' }).click()
  await dialog.getByLabel('Send by e-mail to').fill('ben.reyes@example.org')
  await expectSound(page, 'invitation-by-mail')
  await page.setViewportSize(wide)
  await confirm(page)
  await expectToast(page, 'The link is on its way to ben.reyes@example.org.')
  const code = await dialog.getByLabel('Invitation code').textContent()
  const mail = await mails.mailTo('ben.reyes@example.org')
  const link = mail.text!.match(/^http\S+$/m)![0]
  // Behind the code is what confirms the address, which is in this mail alone.
  expect(link).toMatch(new RegExp(`^${site.url}/join#${code!.replaceAll('-', '')}\\.\\S+$`))
  const ben = await site.person('Ben', 'Reyes')
  const join = await ben.page(link)
  await expect(join.getByText('Mangrove Group').first()).toBeVisible()
  await expect(join).not.toHaveURL(/#/)
})

test('where no mail is configured, none is offered', async ({ browser }, { project }) => {
  const site = await startSite(project.name, browser)
  const ana = await site.person('Ana')
  await site.organization(ana, 'Quiet Bay')
  const page = await ana.page('/invitations')
  await page.getByRole('button', { name: 'Add invitation' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Options' }).click()
  await expect(page.getByRole('dialog').getByLabel('Note')).toBeVisible()
  await expect(page.getByRole('dialog').getByLabel('Send by e-mail to')).toHaveCount(0)
  await page.goto('/account')
  await expect(page.getByText('This site doesn’t send e-mail.')).toBeVisible()
  await page.goto('/notifications')
  await expect(page.getByText('Quiet Bay was accepted.')).toBeVisible()
  await page.context().close()
  await site.stop()
})
