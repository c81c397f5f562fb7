import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './support/site'
import { expectToast } from './support/toasts'
import { newName } from './support/words'

/** Tabs until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible()
  // A window takes the focus a moment after it is there, and would take it back.
  const dialog = element.locator('xpath=ancestor::*[@role="dialog"]')
  if ((await dialog.count()) > 0) await expect.poll(() => focusIsInside(dialog)).toBe(true)
  for (let presses = 0; presses < 60; presses++) {
    if (await element.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(element).toBeFocused()
}

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
const focusIsInside = (dialog: Locator) => dialog.evaluate((one) => one.contains(document.activeElement))

test.describe('With the keyboard alone', () => {
  test('the skip link is the first stop and leads past the menu; the heading of the next page has the focus', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page()
    await expect(button(page, 'Leave')).toBeVisible()
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to content' })
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Edit details' })).toBeFocused()

    const menu = page.getByRole('navigation').getByRole('link', { name: 'Users & privileges' })
    await menu.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Users & privileges' })).toBeFocused()
  })

  test('inviting: the dialog takes the focus and keeps it, Escape gives it back, Enter confirms, the code is copied', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page('/invitations')
    const [add, dialog] = [button(page, 'Add invitation'), page.getByRole('dialog')]
    await tabTo(page, add)
    await page.keyboard.press('Enter')
    await expect(button(dialog, 'Confirm')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(add).toBeFocused()

    await page.keyboard.press('Space')
    await expect(button(dialog, 'Confirm')).toBeFocused()
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab')
      expect(await focusIsInside(dialog)).toBe(true)
    }
    await tabTo(page, button(dialog, 'Options'))
    await page.keyboard.press('Enter')
    await tabTo(page, dialog.getByLabel('Note'))
    await page.keyboard.type('For Ben')
    await tabTo(page, dialog.getByLabel('Needs an admin’s approval'))
    await page.keyboard.press('Space')
    await expect(dialog.getByLabel('Needs an admin’s approval')).toBeChecked()
    await tabTo(page, button(dialog, 'Confirm'))
    await page.keyboard.press('Enter')

    const code = dialog.getByLabel('Invitation code', { exact: true })
    await expect(code).toBeVisible()
    await expect(button(dialog, 'Copy code')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('Copied.')).toBeAttached()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent())
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(add).toBeFocused()

    const show = button(page.getByRole('row').filter({ hasText: 'For Ben' }), 'Show code')
    await tabTo(page, show)
    await page.keyboard.press('Enter')
    await expect(code).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(show).toBeFocused()
  })

  test('accepting an invitation: the heading of what the page is now has the focus', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await (await site.person('Ben')).page(`/join#${await site.code(admin)}`)
    await expect(page.getByText(/invited by/)).toBeVisible()
    // So that the button is far below the heading.
    await page.setViewportSize({ width: 320, height: 480 })
    await tabTo(page, button(page, 'Accept invitation'))
    await page.keyboard.press('Enter')
    await expectToast(page, /You are now a member/)
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeFocused()
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeInViewport()
  })

  test('marking all as read: the button goes, and the heading has the focus', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    await site.join(await site.person('Ben'), admin)
    const page = await admin.page('/notifications')
    await tabTo(page, button(page, 'Mark all as read'))
    await page.keyboard.press('Enter')
    await expectToast(page, /All notifications marked as read/)
    await expect(button(page, 'Mark all as read')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeFocused()
  })

  test('giving up one’s own privileges: what can no longer be used hands the focus to the heading', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    await site.join(await site.person('Ben'), admin, { grantsAdmin: true })
    const page = await admin.page('/users')
    const own = page.getByRole('checkbox', { name: 'Admin privileges of Ana Cruz' })
    await tabTo(page, own)
    await page.keyboard.press('Space')
    await expect(button(page.getByRole('dialog'), 'Confirm')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(own).toBeDisabled()
    await expect(page.getByRole('heading', { level: 1, name: 'Users & privileges' })).toBeFocused()
  })

  test('leaving: plainly, after thinking again', async ({ site }) => {
    const admin = await site.person('Ana')
    const name = newName('Keyboard Watch')
    await site.organization(admin, name)
    const member = await site.person('Ben')
    await site.join(member, admin)
    const page = await member.page()
    const [leave, dialog] = [button(page, 'Leave'), page.getByRole('dialog')]
    await tabTo(page, leave)
    await page.keyboard.press('Enter')
    await expect(button(dialog, 'Confirm')).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(button(dialog, 'Cancel')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(leave).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(button(dialog, 'Confirm')).toBeFocused()
    await page.keyboard.press('Enter')
    await expectToast(page, `You left ${name}.`)
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeFocused()
    await tabTo(page, button(page, 'Provide invitation code'))
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Invitation code', { exact: true })).toBeFocused()
  })

  test('leaving: the only admin hands over, choosing the successor by typing', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    await site.join(await site.person('Ben', 'Reyes'), admin)
    await site.join(await site.person('Cleo', 'Santos'), admin)
    const page = await admin.page()
    const [leave, dialog] = [button(page, 'Leave'), page.getByRole('dialog')]
    await tabTo(page, leave)
    await page.keyboard.press('Enter')
    await expect.poll(() => focusIsInside(dialog)).toBe(true)
    await tabTo(page, button(dialog, 'Hand over and leave'))
    await page.keyboard.press('Enter')
    const successor = dialog.getByRole('combobox', { name: 'Successor' })
    await expect(successor).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(leave).toBeFocused()

    await page.keyboard.press('Enter')
    await tabTo(page, button(dialog, 'Hand over and leave'))
    await page.keyboard.press('Enter')
    await expect(successor).toBeFocused()
    await page.keyboard.type('cleo')
    await expect(page.getByRole('option')).toHaveText([/Cleo Santos/])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(successor).toHaveValue(/Cleo Santos/)
    await tabTo(page, button(dialog, 'Confirm'))
    await page.keyboard.press('Enter')
    await expectToast(page, /handed over and left/)
    await expect(page.getByRole('heading', { level: 1, name: 'Organization' })).toBeFocused()
  })

  test('signing out from the menu with the person’s name', async ({ site }) => {
    const person = await site.person('Ana')
    const page = await person.page()
    const menu = button(page, 'Ana Cruz')
    await tabTo(page, menu)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Account' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Account' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })
})
