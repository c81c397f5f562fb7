import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePassword, requestPasswordReset, resetPassword } from '../../src/identity/passwords/schema'
import {
  changeOwnAddress,
  confirmOwnAddress,
  deleteOwnAccount,
  mailConfirmationLink,
} from '../../src/membership/me/schema'
import { identifierOf } from '../../src/platform/access/one-time-links'
import { sql } from '../../src/platform/db/sql'
import { Browser } from '../support/browser'
import { type Cluster, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { newHolder } from '../support/holder'
import { password } from '../support/site'
import { type Catcher, openCatcher } from '../support/smtp'

// One-time links against everything that ends them. Accounts are locked before links, so none of these deadlocks.

let cluster: Cluster
let catcher: Catcher
let hash: string
const another = 'staple battery correct'
const rounds = roundsOf(15)

beforeAll(async () => {
  catcher = await openCatcher()
  cluster = await openCluster({ smtp: catcher.url })
  hash = await cluster.hashing.hash(password)
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  await catcher.close()
  expect(broken).toEqual([])
})

const holder = () => newHolder(cluster, hash)
const elsewhere = () => new Browser({ url: cluster.urls[1] })

/** Inserts a link as if it had been mailed to them, and returns its token. */
async function link(purpose: 'reset-password' | 'confirm-address', { id, email }: Browser): Promise<string> {
  const token = crypto.randomUUID().replaceAll('-', '')
  await cluster.db.rows(sql`
    insert into verifications (id, identifier, value, account_id, expires_at)
    values (gen_random_uuid(), ${identifierOf(purpose, token)}, ${email}, ${id}, now() + interval '1 hour')`)
  return token
}

const linksOf = async ({ id }: Browser) =>
  cluster.db.only<{ links: number; mails: number }>(sql`
    select (select count(*)::int from verifications where account_id = ${id}) as links,
      (select count(*)::int from mails where account_id = ${id} and template in ('reset_password', 'confirm_address')) as mails`)

describe(`no link is created for an account that is deleted concurrently (${rounds} rounds)`, () => {
  test.each<[string, (browser: Browser) => Promise<{ code: string | undefined }>]>([
    ['asking for a new password', ({ email }) => elsewhere().try(requestPasswordReset, { email })],
    ['having the confirmation mailed again', (browser) => browser.try(mailConfirmationLink, {})],
    [
      'asking for another address',
      (browser) => browser.try(changeOwnAddress, { email: `new.${browser.id}@example.org` }),
    ],
  ])('%s', async (name, ask) => {
    const codes: (string | undefined)[] = []
    await repeat(rounds, 4, async () => {
      const browser = await holder()
      await cluster.db.rows(
        sql`update accounts set email_verified = ${name !== 'having the confirmation mailed again'} where id = ${browser.id}`,
      )
      const [asked, deleted] = await Promise.all([ask(browser), browser.try(deleteOwnAccount, {})])
      codes.push(asked.code, deleted.code)
      expect(deleted.status).toBe(200)
      expect(await linksOf(browser)).toEqual({ links: 0, mails: 0 })
    })
    console.log(`${name} against deletion, ${rounds} rounds:`, tally(codes))
  })
})

describe(`two at once about one account’s links and password (${rounds} rounds)`, () => {
  type Act = (browser: Browser) => Promise<() => Promise<{ code: string | undefined }>>
  const acts: Record<string, Act> = {
    'changing the password': async (browser) => () => browser.try(changePassword, { password: another }),
    'resetting the password': async (browser) => {
      const token = await link('reset-password', browser)
      return () => elsewhere().try(resetPassword, { token, password: another })
    },
    'confirming the address': async (browser) => {
      const token = await link('confirm-address', browser)
      return () => browser.try(confirmOwnAddress, { token })
    },
    'deleting the account': async (browser) => () => browser.try(deleteOwnAccount, {}),
  }
  const names = Object.keys(acts)
  test.each(names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const)))(
    '%s against %s',
    async (one, other) => {
      const codes: (string | undefined)[] = []
      await repeat(rounds, 4, async () => {
        const browser = await holder()
        const both = [await acts[one]!(browser), await acts[other]!(browser)]
        const answers = await Promise.all(both.map((act) => act()))
        codes.push(...answers.map(({ code }) => code))
        // The second request finds the link used or the session ended. One of them always succeeds.
        expect(answers.some(({ code }) => code === undefined)).toBe(true)
      })
      console.log(`${one} against ${other}, ${rounds} rounds:`, tally(codes))
    },
  )
})
