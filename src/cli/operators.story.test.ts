import { expect, test } from 'vitest'
import { asSeen } from '../../tests/support/seen'
import { sharedSite } from '../../tests/support/shared-site'
import { disableAccount, enableAccount } from '../identity/accounts/schema'
import { deleteOwnAccount } from '../membership/me/schema'
import { sql } from '../platform/db/sql'
import { makeOperator } from './operators'

const site = sharedSite()

test('making an operator of an unconfirmed address says so, each time', async () => {
  const { email } = await site.person('Ana')
  const warning = expect.stringContaining('this address is not confirmed')
  expect(await makeOperator(site.db, email)).toEqual([`${email} is now an operator.`, warning])
  expect(await makeOperator(site.db, email)).toEqual([`${email} is already an operator.`, warning])
})

test('making an operator of a confirmed address says no more than that', async () => {
  const { email } = await site.person('Ben', { confirmed: true })
  expect(await makeOperator(site.db, email.toUpperCase())).toEqual([`${email} is now an operator.`])
  expect(await makeOperator(site.db, email)).toEqual([`${email} is already an operator.`])
})

test('an address without an account is refused, and the error says what to do', async () => {
  await expect(makeOperator(site.db, 'nobody@example.org')).rejects.toThrow('Register it in the portal first.')
})

test('a disabled account is refused, because no one can sign in to it, even if it was an operator’s', async () => {
  const clerk = await site.person('Olga', { operator: true })
  for (const operator of [false, true]) {
    const { id: accountId, email } = await site.person('Dan', { operator, confirmed: true })
    await clerk.call(disableAccount, { accountId, reason: 'Away.' })
    await expect(makeOperator(site.db, email)).rejects.toThrow('enable it first')
    expect(await site.db.rows(sql`select operator from accounts where id = ${accountId}`)).toEqual([{ operator }])
    await asSeen(clerk).call(enableAccount, { accountId })
    expect(await makeOperator(site.db, email)).toEqual([`${email} is ${operator ? 'already' : 'now'} an operator.`])
  }
})

test('a deleted account is not found by what has become of its address', async () => {
  const person = await site.person('Eve')
  await person.call(deleteOwnAccount, {})
  const answer = await makeOperator(site.db, `deleted-${person.id}@invalid`).catch(({ message }: Error) => message)
  expect(answer).toContain('There is no account')
  expect(await site.db.rows(sql`select operator from accounts where id = ${person.id}`)).toEqual([{ operator: false }])
})
