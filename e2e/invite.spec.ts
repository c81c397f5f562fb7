import { expect } from '@playwright/test'
import { post, test } from './support/site'
import { expectToast } from './support/toasts'
import { choose, confirm } from './support/words'

test.describe('Invite a user to the organization', () => {
  test('Invitations → Add invitation → Confirm → the code, copied; the row; the eye icon; the newcomer without reloading', async ({
    site,
  }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page()
    await choose(page, 'Invitations')

    await page.getByRole('button', { name: 'Add invitation' }).click()
    await confirm(page)
    const shown = page.getByRole('dialog').getByLabel('Invitation code', { exact: true })
    await expect(shown).toBeVisible()
    const code = (await shown.textContent())!.trim()
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    await page.getByRole('button', { name: 'Copy code' }).click()
    await expect(page.getByText('Copied.')).toBeAttached()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code)
    await expect(page.getByRole('dialog').getByRole('img', { name: /QR/ })).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()

    const row = page.getByRole('row').filter({ hasText: 'Pending' })
    await expect(row).toHaveCount(1)
    await row.getByRole('button', { name: 'Show code' }).click()
    await expect(page.getByRole('dialog').getByLabel('Invitation code', { exact: true })).toHaveText(code)
    await page.keyboard.press('Escape')

    const newcomer = await site.person('Ben')
    await choose(page, 'Users & privileges')
    await expect(page.getByRole('row').filter({ hasText: 'Ana Cruz' })).toBeVisible()
    await post(newcomer.api, '/api/invitations/accept', { code })
    await expect(page.getByRole('row').filter({ hasText: newcomer.name })).toBeVisible()
    await choose(page, 'Invitations')
    await expect(page.getByRole('row').filter({ hasText: '1 of 1' })).toContainText(newcomer.name)
  })

  test('with options: a note, several uses, one domain, admin privileges, approval', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const page = await admin.page('/invitations')
    await page.getByRole('button', { name: 'Add invitation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Options' }).click()
    await page.getByLabel('Note').fill('For the students')
    await page.getByLabel('Number of uses').fill('3')
    await page.getByLabel('Needs an admin’s approval').check()
    await confirm(page)
    const whoMayUseIt = page.getByText('Anyone who has it can use it. An admin then has to approve them.')
    await expect(whoMayUseIt).toBeVisible()
    const code = (await page.getByRole('dialog').getByLabel('Invitation code', { exact: true }).textContent())!
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
    await expect(page.getByRole('row').filter({ hasText: 'For the students' })).toContainText('0 of 3')

    const student = await site.person('Sol')
    await post(student.api, '/api/invitations/accept', { code })
    const waiting = page.getByRole('region', { name: 'Waiting for approval' })
    await expect(waiting).toContainText(student.name)
    await waiting.getByRole('button', { name: /^Approve/ }).click()
    await confirm(page)
    await expectToast(page, student.name)
    await choose(page, 'Users & privileges')
    await expect(page.getByRole('row').filter({ hasText: student.name })).toBeVisible()
  })

  test('what is passed on says whom it lets in', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    await site.code(admin, { note: 'Plain' })
    await site.code(admin, { note: 'Address', boundTo: { email: 'ben@reef.example' }, needsApproval: true })
    const page = await admin.page('/invitations')
    const expectSaid = async (text: string) => {
      await expect(page.getByRole('dialog', { name: 'Share this invitation' })).toContainText(text)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    const show = (note: string) =>
      page.getByRole('row').filter({ hasText: note }).getByRole('button', { name: 'Show code' }).click()
    await show('Plain')
    await expectSaid('Anyone who has it can use it. It is valid')
    await show('Address')
    await expectSaid(
      'Only the account with the confirmed e-mail address ben@reef.example can use it. An admin then has to approve them.',
    )
    await page.getByRole('button', { name: 'Add invitation' }).click()
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByRole('combobox', { name: 'Only for' }).click()
    await page.getByRole('option', { name: 'One domain' }).click()
    await page.getByLabel('Domain', { exact: true }).fill('reef.example')
    await confirm(page)
    await expectSaid('Only people with a confirmed e-mail address at reef.example can use it. It is valid')
  })

  test('a revoked invitation stays on the list, and its code says why it no longer works', async ({ site }) => {
    const admin = await site.person('Ana')
    await site.organization(admin)
    const code = await site.code(admin)
    const page = await admin.page('/invitations')
    await page
      .getByRole('row')
      .filter({ hasText: 'Pending' })
      .getByRole('button', { name: /^Revoke/ })
      .click()
    await confirm(page)
    await expectToast(page, /revoked/)
    await expect(page.getByRole('row').filter({ hasText: 'Revoked' })).toBeVisible()

    const late = await (await site.person('Lee')).page()
    await late.getByRole('button', { name: 'Provide invitation code' }).click()
    await late.getByLabel('Invitation code', { exact: true }).fill(code)
    await late.getByRole('button', { name: 'Accept invitation' }).click()
    await expect(late.getByText('This invitation was revoked. Ask for a new one.')).toBeVisible()
  })
})
