import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whileHeld } from '../../../tests/support/held'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { openSite, type Person, password, secretIn } from '../../../tests/support/site'
import { type Catcher, openCatcher } from '../../../tests/support/smtp'
import { changeOwnAddress, confirmOwnAddress, getMe } from '../../membership/me/schema'
import { listEvents } from '../../messaging/events/schema'
import { newLink } from '../../platform/access/one-time-links'
import { sql } from '../../platform/db/sql'
import { confirmAddress, disableAccount, enableAccount, registerAccount } from '../accounts/schema'
import { signIn } from '../authentication/schema'
import { getSignInMethods } from '../sign-in-methods/schema'
import { changePassword, makeResetLink, previewReset, requestPasswordReset, resetPassword } from './schema'

let catcher: Catcher
afterAll(() => catcher.close())
const site = sharedSite(async () => {
  catcher = await openCatcher()
  return { smtp: catcher.url }
})
let operator: Person
const another = 'another password of mine'
const reason = 'They showed their passport at the desk.'

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true, confirmed: true })
})

/** A person who has registered, confirmed the address and signed in. */
async function registered(email: string): Promise<Person> {
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  await site.db.rows(sql`update accounts set email_verified = true, address_proved_at = now() where email = ${email}`)
  await catcher.mailTo(email)
  return site.signedIn(email)
}

/** A passkey, a second factor and a provider link, inserted directly into the database. */
const attachEverything = (accountId: string) =>
  site.db.rows(sql`
    with passkey as (
      insert into passkeys (id, account_id, public_key, credential_id, counter, device_type, backed_up)
      values (gen_random_uuid(), ${accountId}, 'key', ${accountId}, 0, 'singleDevice', false)
    ), factor as (
      insert into two_factors (id, account_id, secret, backup_codes) values (gen_random_uuid(), ${accountId}, 'secret', 'codes')
    ), link as (
      insert into credentials (id, account_id, provider_id, provider_account_id)
      values (gen_random_uuid(), ${accountId}, 'oidc-0123456789abcdef', ${accountId})
    )
    update accounts set two_factor_enabled = true where id = ${accountId}`)

const attachedTo = (accountId: string) =>
  site.db.only(sql`
    select (select count(*)::int from passkeys where account_id = ${accountId}) as passkeys,
      (select count(*)::int from two_factors where account_id = ${accountId}) as factors,
      (select count(*)::int from credentials where account_id = ${accountId} and provider_id <> 'credential') as links`)

describe('a new password', () => {
  test('set by the account holder ends every other session, and is announced by mail', async () => {
    const email = 'change@example.org'
    const [here, there] = [await registered(email), await site.signedIn(email)]
    await here.call(changePassword, { password: another })
    await here.call(getMe, {})
    expect(await there.try(getMe, {})).toMatchObject({ status: 401 })
    expect(await site.anonymous.try(signIn, { email, password })).toMatchObject({ code: 'wrong_credentials' })
    await site.anonymous.call(signIn, { email, password: another })
    expect((await catcher.mailTo(email)).subject).toBe('Your password was changed')
    const { items } = await operator.call(listEvents, { accountId: here.id, kind: 'password_changed' })
    expect(items).toMatchObject([{ actor: { id: here.id }, subject: { id: here.id } }])
  })

  test('is as long as one that stands alone has to be', async () => {
    const person = await site.person('Short', { confirmed: true })
    expect(await person.try(changePassword, { password: '14 characters.' })).toMatchObject({ status: 400 })
  })

  test('set with a mailed link ends all sessions, works once, and proves the address', async () => {
    const email = 'reset@example.org'
    const person = await registered(email)
    await site.db.rows(sql`update accounts set email_verified = false where email = ${email}`)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    await site.anonymous.call(resetPassword, { token, password: another })
    expect(await person.try(getMe, {})).toMatchObject({ status: 401 })
    expect((await (await site.signedIn(email, another)).call(getMe, {})).account.emailConfirmed).toBe(true)
    const again = await site.anonymous.try(resetPassword, { token, password: 'yet another password' })
    expect(again).toMatchObject({ status: 410, code: 'link_not_valid' })
    await site.anonymous.call(signIn, { email, password: another })
    expect((await catcher.mailTo(email)).subject).toBe('Your password was changed')
  })

  test('set with the link that first proves the address ends every way to sign in that was attached before', async () => {
    const email = 'hijacked@example.org'
    const stranger = await registered(email)
    await attachEverything(stranger.id)
    await site.db.rows(sql`update accounts set email_verified = false, address_proved_at = null where email = ${email}`)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    await site.anonymous.call(resetPassword, { token, password: another })
    const holder = await site.signedIn(email, another)
    expect(await holder.call(getSignInMethods, {})).toMatchObject({ password: true, secondFactor: false, passkeys: [] })
    expect(await attachedTo(holder.id)).toEqual({ passkeys: 0, factors: 0, links: 0 })
  })

  test('set with the first mailed link does so also where an operator had confirmed the address', async () => {
    const email = 'vouched@example.org'
    await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
    await catcher.mailTo(email)
    const stranger = await site.signedIn(email)
    await operator.call(confirmAddress, { accountId: stranger.id, email })
    await attachEverything(stranger.id)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    await site.anonymous.call(resetPassword, { token, password: another })
    expect(await attachedTo(stranger.id)).toEqual({ passkeys: 0, factors: 0, links: 0 })
  })

  test('set with the first link that proves the address requires the terms to be accepted again: a stranger may have accepted them', async () => {
    const email = 'accepted-for@example.org'
    await registered(email)
    const reset = async () => {
      await site.db.rows(sql`update accounts set terms_version = '1', terms_accepted_at = now() where email = ${email}`)
      await site.anonymous.call(requestPasswordReset, { email })
      const token = secretIn(await catcher.mailTo(email), '/reset')
      await site.anonymous.call(resetPassword, { token, password: another })
      // The e-mail that says that it was changed.
      await catcher.mailTo(email)
      const accepted = sql`select terms_version as version, terms_accepted_at is not null as known from accounts where email = ${email}`
      return site.db.only(accepted)
    }
    await site.db.rows(sql`update accounts set address_proved_at = null where email = ${email}`)
    expect(await reset()).toEqual({ version: null, known: false })
    expect(await reset()).toEqual({ version: '1', known: true })
  })

  test('set with a mailed link leaves what was attached after the address was proved', async () => {
    const email = 'proved@example.org'
    const person = await registered(email)
    await attachEverything(person.id)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    await site.anonymous.call(resetPassword, { token, password: another })
    expect(await attachedTo(person.id)).toEqual({ passkeys: 1, factors: 1, links: 1 })
  })

  test('set with one link makes the others useless', async () => {
    const email = 'several@example.org'
    await registered(email)
    for (let n = 0; n < 2; n++) await site.anonymous.call(requestPasswordReset, { email })
    const tokens = [secretIn(await catcher.mailTo(email), '/reset'), secretIn(await catcher.mailTo(email), '/reset')]
    await site.anonymous.call(resetPassword, { token: tokens[1]!, password: another })
    const other = await site.anonymous.try(resetPassword, { token: tokens[0]!, password: 'yet another password' })
    expect(other).toMatchObject({ status: 410 })
  })

  test('is not set with a link that was mailed before the account had another address, or before it was disabled', async () => {
    const email = 'moved@example.org'
    const person = await registered(email)
    const mailedToken = async () => {
      await site.anonymous.call(requestPasswordReset, { email })
      return secretIn(await catcher.mailTo(email), '/reset')
    }
    const expectEnded = async (token: string) =>
      expect(await site.anonymous.try(resetPassword, { token, password: another })).toMatchObject({
        status: 410,
        code: 'link_not_valid',
      })
    const beforeDisabling = await mailedToken()
    await operator.call(disableAccount, { accountId: person.id, reason })
    await asSeen(operator).call(enableAccount, { accountId: person.id })
    expect((await catcher.mailTo(email)).subject).toMatch(/disabled/)
    await expectEnded(beforeDisabling)
    const beforeMoving = await mailedToken()
    const moving = await site.signedIn(email)
    await moving.call(changeOwnAddress, { email: 'moved@new.example.org' })
    const token = secretIn(await catcher.mailTo('moved@new.example.org'), '/confirm-address')
    await moving.call(confirmOwnAddress, { token })
    await expectEnded(beforeMoving)
  })

  test('is set for the account of the link, whose address password managers see', async () => {
    const email = 'managed@example.org'
    await registered(email)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    expect(await site.anonymous.call(previewReset, { token })).toEqual({ email })
    await site.anonymous.call(resetPassword, { token, password: another })
    expect(await site.anonymous.try(previewReset, { token })).toMatchObject({ status: 410, code: 'link_not_valid' })
  })

  test('of many who use a link at once, one sets it', async () => {
    const email = 'together@example.org'
    await registered(email)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        site.anonymous.try(resetPassword, { token, password: `password number ${n} of mine` }),
      ),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(410)])
  })
})

if (process.env.TEST_DATABASE === 'postgres')
  describe('a new password that waits for the account', () => {
    test.each<[string, (person: Person, token: string) => Promise<{ status: number }>]>([
      ['set by the account holder', (person) => person.try(changePassword, { password: another })],
      ['set with a link', (_, token) => site.anonymous.try(resetPassword, { token, password: another })],
    ])('%s also ends links that are created concurrently', async (how, set) => {
      const email = `waiting.${how.length}@example.org`
      const person = await registered(email)
      await site.anonymous.call(requestPasswordReset, { email })
      const token = secretIn(await catcher.mailTo(email), '/reset')
      const text = `insert into verifications (id, identifier, value, account_id, expires_at)
        values (gen_random_uuid(), $1, $2, $3, now() + interval '1 hour')`
      const madeMeanwhile = newLink('reset-password')
      const values = [madeMeanwhile.identifier, email, person.id]
      expect(await whileHeld(site, person.id, () => set(person, token), { text, values })).toMatchObject({
        status: 200,
      })
      const late = await site.anonymous.try(resetPassword, {
        token: madeMeanwhile.token,
        password: 'yet another password',
      })
      expect(late).toMatchObject({ status: 410, code: 'link_not_valid' })
    })
  })

describe('asking for a link', () => {
  test('returns the same response for an unknown address, and sends no mail', async () => {
    const email = 'asked@example.org'
    await registered(email)
    const [known, unknown] = [
      await site.anonymous.try(requestPasswordReset, { email }),
      await site.anonymous.try(requestPasswordReset, { email: 'nobody@example.org' }),
    ]
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    await catcher.mailTo(email)
    expect(await site.db.rows(sql`select from mails where address = 'nobody@example.org'`)).toEqual([])
  })

  test('says, on a site without mail, who can help', async () => {
    const other = await openSite()
    const refused = await other.anonymous.try(requestPasswordReset, { email: 'nobody@example.org' })
    expect(refused).toMatchObject({ status: 409, code: 'mail_not_configured' })
    await other.close()
  })

  test('leaves nothing in the database with which a password could be set', async () => {
    const email = 'canary@example.org'
    await registered(email)
    await site.anonymous.call(requestPasswordReset, { email })
    const token = secretIn(await catcher.mailTo(email), '/reset')
    const everything = await site.db.rows(sql`
      select to_jsonb(v) from verifications v union all select to_jsonb(m) from mails m union all select to_jsonb(e) from events e`)
    expect(JSON.stringify(everything)).not.toContain(token)
  })
})

describe('a link that an operator hands over', () => {
  test('sets a password, proves no address, and is an event with the reason', async () => {
    const email = 'desk@example.org'
    const person = await registered(email)
    await site.db.rows(sql`update accounts set email_verified = false where email = ${email}`)
    const { link } = await operator.call(makeResetLink, { accountId: person.id, email: person.email, reason })
    await site.anonymous.call(resetPassword, { token: link.split('#')[1]!, password: another })
    expect((await (await site.signedIn(email, another)).call(getMe, {})).account.emailConfirmed).toBe(false)
    const { items } = await operator.call(listEvents, { accountId: person.id, kind: 'reset_link_made' })
    expect(items).toMatchObject([{ actor: { id: operator.id }, details: { reason } }])
    expect(JSON.stringify(items)).not.toContain(link.split('#')[1])
  })

  test('ends what signs in beside the password, where nothing ever proved the address', async () => {
    for (const [email, isProved, left] of [
      ['vouched-for@example.org', false, { passkeys: 0, factors: 1, links: 0 }],
      ['proved-before@example.org', true, { passkeys: 1, factors: 1, links: 1 }],
    ] as const) {
      const { id: accountId } = await registered(email)
      if (!isProved) await site.db.rows(sql`update accounts set address_proved_at = null where id = ${accountId}`)
      await attachEverything(accountId)
      const { link } = await operator.call(makeResetLink, { accountId, email, reason })
      await site.anonymous.call(resetPassword, { token: link.split('#')[1]!, password: another })
      expect(await attachedTo(accountId)).toEqual(left)
    }
  })

  test('ends when the operator who made it is one no longer', async () => {
    const rogue = await site.person('Rex', { operator: true, confirmed: true })
    const { id: accountId, email } = await registered('victim@example.org')
    const tokens: string[] = []
    for (const end of [
      () => site.db.rows(sql`update accounts set operator = false where id = ${rogue.id}`),
      () => operator.call(disableAccount, { accountId: rogue.id, reason }),
    ]) {
      await site.db.rows(sql`update accounts set operator = true where id = ${rogue.id}`)
      const { link } = await rogue.call(makeResetLink, { accountId, email, reason })
      tokens.push(link.split('#')[1]!)
      await end()
    }
    for (const token of tokens)
      expect(await site.anonymous.try(resetPassword, { token, password: another })).toMatchObject({ status: 410 })
  })

  test('is refused for the operator’s own account', async () => {
    const refused = await operator.try(makeResetLink, { accountId: operator.id, email: operator.email, reason })
    expect(refused).toMatchObject({ status: 409, code: 'not_yourself' })
  })
})
