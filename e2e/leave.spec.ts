import { expect } from '@playwright/test'
import { test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm, newName } from './support/words'

test.describe('Leave the organization', () => {
  test('Organization → Manage assignment → Leave → Confirm → toast → create and join offered again', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    const name = newName('Blue Corridor')
    await site.organization(admin, name)
    const member = await site.person('Ben')
    await site.join(member, admin)
    const page = await member.page()
    await choose(page, 'Organization')
    const section = page.getByRole('region', { name: 'Manage assignment' })
    await section.getByRole('button', { name: 'Leave' }).click()
    await confirm(page)
    await expectToast(page, `You left ${name}.`)
    await expect(
      page
        .getByRole('button', { name: 'Create organization' })
        .or(page.getByRole('link', { name: 'Create organization' })),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })

  test('the only admin is refused, with the reason and the two ways out: hand over and leave', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const member = await site.person('Ben')
    await site.join(member, admin)
    const [page, successor] = [await admin.page(), await member.page('/users')]
    await page.getByRole('region', { name: 'Manage assignment' }).getByRole('button', { name: 'Leave' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(/only admin/)
    await expect(dialog.getByRole('button', { name: 'Confirm', exact: true })).toHaveCount(0)
    await expect(dialog).toContainText(/dissolve/i)
    await dialog.getByRole('button', { name: 'Hand over and leave' }).click()
    await page.getByRole('combobox', { name: /successor/i }).click()
    await page.getByRole('option', { name: /Ben Cruz/ }).click()
    await confirm(page)
    await expectToast(page, /left/)
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
    await expect(successor.getByRole('checkbox', { name: 'Admin privileges of Ben Cruz' })).toBeChecked()
  })

  test('the sole member dissolves', async ({ site }) => {
    const admin = await site.person('Ana')
    const name = newName('Short Lived')
    await site.organization(admin, name)
    const page = await admin.page()
    await page.getByRole('region', { name: 'Manage assignment' }).getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Dissolve organization' }).click()
    await confirm(page)
    await expectToast(page, /dissolved/)
    await expect(page.getByRole('button', { name: 'Provide invitation code' })).toBeVisible()
  })
})
