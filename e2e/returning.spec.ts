import { expect } from '@playwright/test'
import { expectSound, openQuietly } from './support/looks'
import { test } from './support/site'
import { expectToast } from './support/toasts'
import { confirm, newName } from './support/words'

test('a removed person reads before and after accepting that an admin has to approve them, and the admin reads why', async ({
  site,
}) => {
  const admin = await site.person('Ana')
  const name = newName('Kelp Watch')
  await site.organization(admin, name)
  const member = await site.person('Ben')
  await site.join(member, admin)
  const page = await openQuietly(admin, '/users')
  await page.getByRole('button', { name: 'Remove user Ben Cruz' }).click()
  await expect(page.getByRole('dialog')).toContainText(
    'To come back, they need an admin’s approval, or a new invitation that only their e-mail address can use.',
  )
  await expectSound(page, 'removing-a-user')
  await confirm(page)
  await expect(page.getByRole('row').filter({ hasText: 'Ben Cruz' })).toHaveCount(0)

  const theirs = await openQuietly(member, '/organization')
  await theirs.getByRole('button', { name: 'Provide invitation code' }).click()
  await theirs.getByLabel('Invitation code', { exact: true }).fill(await site.code(admin))
  await expect(theirs.getByText(/You were removed from this organization on .*, so an admin has to/)).toBeVisible()
  await expect(theirs.getByText('You become a member immediately.')).toBeHidden()
  await expectSound(theirs, 'invitation-code-after-a-removal')
  await theirs.getByRole('button', { name: 'Accept invitation' }).press('Enter')
  await expect(theirs.getByRole('heading', { name: `Waiting for ${name}` })).toBeVisible()
  await expect(theirs.getByText(new RegExp(`You were removed from ${name} on `))).toBeVisible()
  await expectSound(theirs, 'waiting-after-a-removal')

  await page.goto('/invitations')
  const waiting = page.getByRole('region', { name: 'Waiting for approval' })
  await expect(waiting).toContainText(/Was removed on \d/)
  // What the dialog said about them was asked for once more when they were gone.
  const provoked = /status of 404 .*\/memberships\//
  await expectSound(page, 'waiting-for-approval-after-a-removal', { provoked })
  await waiting.getByRole('button', { name: 'Approve' }).press('Enter')
  await expect(page.getByRole('dialog')).toContainText('An admin removed Ben Cruz from this organization before.')
  await expectSound(page, 'approving-after-a-removal')
  await confirm(page)
  await expectToast(page, `Ben Cruz is now a member of ${name}.`)
  await expect(theirs.getByRole('heading', { name: 'Manage assignment' })).toBeVisible()
})
