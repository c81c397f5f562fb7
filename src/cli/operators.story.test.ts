import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from '../testing/site'
import { makeOperator } from './operators'

let site: Site

beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  const broken = await site.check()
  await site.close()
  expect(broken).toEqual([])
})

test('making an operator of an address that nobody has confirmed says so, each time', async () => {
  const { email } = await site.person('Ana')
  const warning = expect.stringContaining('nobody has confirmed this address')
  expect(await makeOperator(site.db, email)).toEqual([`${email} is an operator now.`, warning])
  expect(await makeOperator(site.db, email)).toEqual([`${email} is an operator already.`, warning])
})

test('making an operator of a confirmed address says no more than that', async () => {
  const { email } = await site.person('Ben', { confirmed: true })
  expect(await makeOperator(site.db, email.toUpperCase())).toEqual([`${email} is an operator now.`])
  expect(await makeOperator(site.db, email)).toEqual([`${email} is an operator already.`])
})

test('nobody with the address: what to do is said', async () => {
  await expect(makeOperator(site.db, 'nobody@example.org')).rejects.toThrow('Register it in the portal first.')
})
