import { expect } from '@playwright/test'
import { test } from './support/site'
import { choose, newName } from './support/words'

test('names that are markup stay text, wherever they are shown', async ({ site }) => {
  const markup = '<img src=x onerror="document.title=`run`"><b>bold</b>'
  const name = newName(markup)
  const admin = await site.person(markup.slice(0, 40), '<script>document.title=`run`</script>')
  await site.organization(admin, name)
  await site.code(admin, { note: markup })
  const page = await admin.page()
  const [ours, theirs] = [page, await site.operator.page()]

  const seenAsText = async (where: typeof page, text: string) => {
    await expect(where.getByText(text).first()).toBeVisible()
    expect(await where.locator('main').locator('b, img[src="x"], script').count()).toBe(0)
    expect(await where.title()).not.toBe('run')
  }
  await seenAsText(ours, name)
  await choose(ours, 'Users & privileges')
  await seenAsText(ours, '<script>document.title=`run`</script>')
  await choose(ours, 'Invitations')
  await seenAsText(ours, markup)
  await choose(ours, 'Activity')
  await seenAsText(ours, '<script>document.title=`run`</script>')
  await choose(theirs, 'Organizations')
  await seenAsText(theirs, name)
})
