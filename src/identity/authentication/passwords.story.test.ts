import { expect, test } from 'vitest'
import { tally } from '../../../tests/support/cluster'
import { callFrom } from '../../../tests/support/from-address'
import { anEighth, hashingAt } from '../../../tests/support/hashing'
import { sharedSite } from '../../../tests/support/shared-site'
import { password } from '../../../tests/support/site'
import { getMe } from '../../membership/me/schema'
import { sql } from '../../platform/db/sql'
import { registerAccount } from '../accounts/schema'
import { usualHashing } from './passwords'
import { signIn } from './schema'

// The production cost on PostgreSQL, which responds long before a hash is computed.
const hashing = process.env.TEST_DATABASE === 'postgres' ? usualHashing : hashingAt(anEighth)

const site = sharedSite({ trustedProxies: ['127.0.0.1'], hashing })

/** If the request got no response, the reason. */
const unanswered = ({ message }: Error) => ({ status: 0, code: message, retryAfter: undefined })

test('200 people who sign in at once are admitted or asked to retry later, and all other requests are served in the meantime', async () => {
  const person = await site.person()
  const email = 'ana@example.org'
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })

  let answered = 0
  const pile = Array.from({ length: 200 }, async (_, index) => {
    const credentials = index % 2 ? { email, password } : { email: `nobody${index}@example.org`, password }
    const from = { 'x-forwarded-for': `10.0.${index}.1` }
    const answer = await callFrom('127.0.0.1', site.url, signIn, credentials, from).catch(unanswered)
    answered++
    return answer
  })
  await person.call(getMe, {})
  expect(answered).toBeLessThan(200)

  const answers = await Promise.all(pile)
  const counts = tally(answers.map(({ code }) => code))
  console.log('200 sign-ins at once:', counts)
  expect(['done', 'too_busy', 'wrong_credentials']).toEqual(expect.arrayContaining(Object.keys(counts)))
  // The embedded database handles requests one after another, so there they may never overlap.
  if (process.env.TEST_DATABASE === 'postgres') expect(counts.too_busy ?? 0).toBeGreaterThan(0)
  expect(counts.done! + counts.wrong_credentials!).toBeGreaterThanOrEqual(32)
  for (const { code, status, retryAfter } of answers)
    if (code === 'too_busy') expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: 2 })

  // A rejected attempt does not count; only wrong passwords do.
  const [counted] = await site.db.rows<{ n: number }>(
    sql`select count(*)::int as n from tries where key like '% account % source %' and drained_at > now()`,
  )
  expect(counted!.n).toBe(counts.wrong_credentials)
})
