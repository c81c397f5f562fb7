import { expect } from '@playwright/test'
import { test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

test.describe('Manage users and privileges', () => {
  test('Admin privileges ticked → Confirm → toast; unticked; the user removed, whose open page notices', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Kelp Watch')
    await site.organization(admin, name)
    const member = await site.person('Ben')
    await site.join(member, admin)
    const [page, theirs] = [await admin.page(), await member.page('/users')]
    await choose(page, 'Users & privileges')
    const checkbox = page.getByRole('checkbox', { name: 'Admin privileges of Ben Cruz' })
    await expect(checkbox).not.toBeChecked()
    await expect(theirs.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' })).toBeDisabled()

    await checkbox.click()
    await confirm(page)
    await expectToast(page, /Ben Cruz/)
    await expect(checkbox).toBeChecked()
    await expect(theirs.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' })).toBeEnabled()

    await checkbox.click()
    await confirm(page)
    await expect(checkbox).not.toBeChecked()

    await page.getByRole('button', { name: 'Remove user Ben Cruz' }).click()
    await confirm(page)
    await expectToast(page, /Ben Cruz/)
    await expect(page.getByRole('row').filter({ hasText: 'Ben Cruz' })).toHaveCount(0)
    await expect(theirs.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
    await expectToast(theirs, `You are no longer a member of ${name}.`)
  })

  test('unticking says how many pending invitations it revokes; the last admin keeps the privileges', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const second = await site.person('Ben')
    await site.join(second, admin, { grantsAdmin: true })
    await site.code(second)
    await site.code(second)
    const page = await admin.page('/users')
    await page.getByRole('checkbox', { name: 'Admin privileges of Ben Cruz' }).click()
    await expect(page.getByRole('dialog')).toContainText(/2 pending invitations/)
    await confirm(page)
    await expectToast(page, /Ben Cruz/)
    await page.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('You are the only admin')
    await expect(dialog.getByRole('button', { name: 'Confirm' })).toBeDisabled()
  })

  test('the list searches and pages on the server', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    for (const name of ['Ben', 'Cleo', 'Dan']) await site.join(await site.person(name), admin)
    const page = await admin.page('/users')
    await expect(page.getByRole('row')).toHaveCount(5)
    await page.getByRole('searchbox').fill('cleo')
    await expect(page.getByRole('row')).toHaveCount(2)
    await expect(page.getByRole('row').filter({ hasText: 'Cleo Cruz' })).toBeVisible()
  })

  test('what was done stands under Activity', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const member = await site.person('Ben')
    await site.join(member, admin)
    const page = await admin.page()
    await choose(page, 'Activity')
    await expect(page.getByText(/Ben Cruz.*accepted|Ben Cruz.*joined/).first()).toBeVisible()
  })
})
