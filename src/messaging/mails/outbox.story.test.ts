import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, details } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, password, secretIn, testBaseUrl } from '../../../tests/support/site'
import { addressOf, type Catcher, openCatcher } from '../../../tests/support/smtp'
import { until } from '../../../tests/support/until'
import { disableAccount, registerAccount } from '../../identity/accounts/schema'
import { changePassword, requestPasswordReset } from '../../identity/passwords/schema'
import { acceptInvitation, createInvitation, revokeInvitation } from '../../membership/invitations/schema'
import { changeOwnAddress, confirmOwnAddress, deleteOwnAccount, getMe } from '../../membership/me/schema'
import { acceptOrganization, createOrganization, rejectOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { limitsInDatabase, mailPolicies } from '../../platform/limits/policies'
import type { MailCancellation } from './cancellations'
import { mailing, type OutgoingMail, sealSecret } from './outbox'
import { delays } from './rules'
import { type MailDetails, type TemplateName, unasked } from './templates'

let catcher: Catcher
afterAll(() => catcher.close())
const site = sharedSite(async () => {
  catcher = await openCatcher()
  return { smtp: catcher.url }
})

const newAddress = () => `somebody.${randomUUID().slice(0, 8)}@example.org`
const expiresAt = new Date(Date.now() + 3600_000).toISOString()

/** Writes an e-mail as a save would; `rows` is the number of rows of the change. */
const save = <Name extends TemplateName>(mail: Omit<OutgoingMail<Name>, 'account'> & { account?: string }, rows = 1) =>
  site.db.rows(sql`
    with changed as (select n, true as confirmed from generate_series(1, ${rows}::int) n), ${mailing({ account: null, ...mail }, sql`changed`)}
    select n from changed`)

interface Row {
  id: string
  sent: boolean
  givenUp: boolean
  secret: boolean
  attempts: number
  error: string | null
  cancelled: string | null
}
const rowsFor = (address: string) =>
  site.db.rows<Row>(sql`
    select id, sent_at is not null as sent, given_up_at is not null as "givenUp", secret_sealed is not null as secret, attempts, last_error as error, cancelled
    from mails where address = ${address} order by created_at`)

/** The e-mails that an address received, once all that were written for it are sent or have failed. */
async function delivered(address: string) {
  await until(async () => (await rowsFor(address)).every(({ sent, givenUp }) => sent || givenUp))
  return catcher.mails.filter((mail) => addressOf(mail) === address)
}

/** Simulates an hour for a limit, by moving the time in its row. */
const anHourLater = (key: string) =>
  site.db.rows(sql`update tries set drained_at = drained_at - interval '61 minutes' where key = ${key}`)

/** Makes the next attempt for an address due now, instead of waiting for it. */
const due = (address: string) =>
  site.db.rows(sql`update mails set next_attempt_at = now() where address = ${address} and claimed_until is null`)

describe('a mail arrives', () => {
  const samples: { [Name in TemplateName]?: MailDetails[Name] } = {
    confirm_address: { expiresAt },
    address_in_use: {},
    reset_password: { expiresAt },
    password_changed: {},
    address_changed: { from: 'old@example.org', to: 'new@example.org' },
    second_factor_changed: { change: 'turned on' },
    new_sign_in_method: { method: 'Phone' },
    account_disabled: { reason: 'Left the project.' },
    account_deleted: {},
    invitation: { organization: 'Coral Watch', inviter: 'Ana Cruz', expiresAt, grantsAdmin: false },
  }
  const paths: Record<string, string> = {
    confirm_address: '/confirm-address',
    reset_password: '/reset',
    invitation: '/join',
  }

  test.each(Object.keys(samples) as TemplateName[])('%s, as text and as HTML, with its link', async (template) => {
    const token = `token-${randomUUID()}`
    const secret = paths[template] ? sealSecret(token, site.keys) : undefined
    const { id, email: address } = await site.person('Ana')
    await save({ template, account: id, address, details: samples[template]!, ...(secret ? { secret } : {}) })
    const mail = await catcher.mailTo(address)
    expect(mail.from!.text).toBe('"Guildhall" <portal@guildhall.test>')
    // Mails that anyone can trigger contain no text chosen by the person who triggered them.
    const greeting = unasked.includes(template) ? 'Hello,' : 'Hello Ana,'
    expect(mail.text).toContain(greeting)
    expect(mail.html).toContain(greeting)
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@guildhall\.test>$/)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    if (!secret) return
    const link = `${testBaseUrl}${paths[template]}#${token}`
    expect(mail.text).toContain(link)
    expect(mail.html).toContain(`href="${link}"`)
    await delivered(address)
    expect(await rowsFor(address)).toMatchObject([{ sent: true, secret: false }])
  })

  test('with names in it that are inert, whatever is in them', async () => {
    const address = newAddress()
    const nasty = '<script>alert(1)</script> "x"\r\nBcc: eve@example.org\u202e'
    await save({
      template: 'invitation',
      address,
      details: { organization: nasty, inviter: nasty, expiresAt, grantsAdmin: true },
      secret: sealSecret('code', site.keys),
    })
    const mail = await catcher.mailTo(address)
    expect(
      [mail.to, mail.cc, mail.bcc].flat().flatMap((field) => field?.value.map((one) => one.address) ?? []),
    ).toEqual([address])
    expect(mail.subject).toBe(
      [1, 2].map(() => '<script>alert(1)</\u2060script> "x" Bcc: eve@example.\u2060org').join(' invites you to '),
    )
    expect(mail.html).toContain('&lt;script&gt;')
    expect(mail.html).not.toContain('<script')
    expect(`${mail.text}${mail.html}`).not.toContain('\u202e')
  })

  test('to one address, also where it looks like several', async () => {
    const address = '"eve@example.org,"@example.org'
    await save({ template: 'password_changed', address, details: {} })
    await until(async () =>
      (await rowsFor(address)).every(({ sent, attempts, error }) => sent || (attempts > 0 && error)),
    )
    expect(catcher.mails.map(addressOf)).not.toContain('eve@example.org')
    await site.db.rows(sql`delete from mails where address = ${address}`)
  })
})

describe('the transaction is the change’s', () => {
  test('no change, no mail', async () => {
    const address = newAddress()
    await save({ template: 'password_changed', address, details: {} }, 0)
    expect(await rowsFor(address)).toEqual([])
  })

  test('a save that is refused leaves no mail, no count and no notification', async () => {
    const address = newAddress()
    const person = await site.person()
    const refused = site.db.rows(sql`
      with changed as (insert into accounts (id, email, first_name, last_name, country)
        select gen_random_uuid(), email, 'Ben', 'Cruz', 'PH' from accounts where id = ${person.id} returning id),
      ${mailing({ template: 'confirm_address', account: null, address, details: { expiresAt } }, sql`changed`)},
      told as (insert into events (kind, subject_id) select 'member_removed', ${person.id}::uuid from changed)
      select id from changed`)
    await expect(refused).rejects.toMatchObject({ constraint: 'accounts_email_key' })
    expect(await rowsFor(address)).toEqual([])
    expect(await site.db.rows(sql`select key from tries where key like ${`%${address}`}`)).toEqual([])
    expect(await site.db.rows(sql`select id from notifications where account_id = ${person.id}`)).toEqual([])
  })
})

describe('an address that its account has not confirmed', () => {
  const lure = 'You won 500 EUR, call me'
  const register = async (email: string) => {
    await site.anonymous.call(registerAccount, { email, password, firstName: lure, lastName: 'Cruz', country: 'PH' })
    return site.signedIn(email)
  }
  const templates = async (address: string) =>
    (await site.db.rows<{ template: string }>(sql`select template from mails where address = ${address}`)).map(
      ({ template }) => template,
    )

  test('gets no mail about the account’s actions, only how to confirm it', async () => {
    const [address, own] = [newAddress(), newAddress()]
    const stranger = await register(address)
    for (let n = 0; n < 3; n++) await stranger.call(changePassword, { password: `staple battery ${n} correct` })
    await stranger.call(changeOwnAddress, { email: own })
    expect(await templates(address)).toEqual(['confirm_address'])
    await stranger.call(confirmOwnAddress, { token: secretIn(await catcher.mailTo(own), '/confirm-address') })
    expect(await templates(address)).toEqual(['confirm_address'])
    expect((await templates(own)).sort()).toEqual(['address_changed', 'confirm_address'])

    for (let n = 0; n < 2; n++) await (await register(address)).call(deleteOwnAccount, {})
    const { id: accountId } = await register(address)
    const operator = await site.person('Olga', { operator: true })
    await operator.call(disableAccount, { accountId, reason: lure })
    expect(new Set(await templates(address))).toEqual(new Set(['confirm_address']))
    for (const mail of await delivered(address))
      for (const part of [mail.text, mail.html]) expect(part).not.toContain(lure)
  })

  test('gets a link for a new password, since its holder may ask for it, and no name in it', async () => {
    const address = newAddress()
    const { id } = await register(address)
    await site.anonymous.call(requestPasswordReset, { email: address })
    expect((await templates(address)).sort()).toEqual(['confirm_address', 'reset_password'])
    // As if it had been written while the address was confirmed.
    await save({ template: 'password_changed', account: id, address, details: {} })
    const mails = await delivered(address)
    expect(mails).toHaveLength(3)
    for (const { text, html } of mails) for (const part of [text, html]) expect(part).not.toContain(lure)
  })
})

test('a mail has the language of the site, not of the request that caused it', async () => {
  const { email } = await site.person('Pia')
  const headers = { origin: testBaseUrl, 'content-type': 'application/json', 'accept-language': 'en-XA' }
  const body = JSON.stringify({ email })
  await fetch(site.url + requestPasswordReset.path, { method: 'POST', headers, body })
  expect((await delivered(email)).map(({ subject }) => subject)).toEqual(['Reset your password'])
})

describe('when an account is deleted', () => {
  /** All rows of the outbox that mention this. */
  const saying = async (...words: string[]) =>
    (await site.db.rows<{ text: string }>(sql`select m::text as text from mails m`)).filter(({ text }) =>
      words.some((word) => text.includes(word)),
    )

  test('mails keep neither address nor name, and the last one arrives all the same', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const name = `Zebulon${randomUUID().slice(0, 8)}`
    const leaving = await site.person(name)
    const [other, third] = [newAddress(), newAddress()]
    const { code } = await admin.call(createInvitation, { organizationId, sendTo: leaving.email, grantsAdmin: true })
    await leaving.call(acceptInvitation, { code })
    await leaving.call(createInvitation, { organizationId, sendTo: third })
    await admin.call(createInvitation, { organizationId, sendTo: other })
    for (const address of [leaving.email, third, other]) await delivered(address)
    expect(await saying(leaving.email, name)).not.toEqual([])
    await leaving.call(deleteOwnAccount, {})
    expect(await until(async () => (await delivered(leaving.email)).at(-1)?.subject)).toBe('Your account was deleted')
    await until(async () => (await saying(leaving.email, name)).length === 0)
    // The state of e-mails to others is still visible.
    for (const address of [third, other]) expect(await rowsFor(address)).toMatchObject([{ sent: true }])
  })

  test('the address is erased even if the last mail fails', async () => {
    const leaving = await site.person()
    catcher.refuse(leaving.email)
    await leaving.call(deleteOwnAccount, {})
    await until(async () => (await saying(leaving.email)).length === 0)
    expect(catcher.mails.filter((mail) => addressOf(mail) === leaving.email)).toEqual([])
  })

  test('the mails of the address’s real owner stay, if the account had not confirmed it', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const stranger = await site.person(undefined, { confirmed: false })
    await admin.call(createInvitation, { organizationId, sendTo: stranger.email })
    await delivered(stranger.email)
    await stranger.call(deleteOwnAccount, {})
    expect(await rowsFor(stranger.email)).toHaveLength(1)
  })

  test('two people who invited each other and delete their accounts concurrently wait for each other in one order', async () => {
    const [one, two] = [await acceptedOrganization(site), await acceptedOrganization(site)]
    const [first, second] = [await site.person(), await site.person()]
    for (const [by, of, whom] of [
      [one, second, first],
      [two, first, second],
    ] as const) {
      const { code } = await by.admin.call(createInvitation, { organizationId: by.id, grantsAdmin: true })
      await of.call(acceptInvitation, { code })
      await of.call(createInvitation, { organizationId: by.id, sendTo: whom.email })
    }
    for (const { email } of [first, second]) await delivered(email)
    const gone = await Promise.all([first, second].map((person) => person.try(deleteOwnAccount, {})))
    expect(gone.map(({ status }) => status)).toEqual([200, 200])
    await until(async () => (await saying(first.email, second.email)).length === 0)
  })
})

describe('a flood', () => {
  test('of mails caused by one account ends after a few an hour, counted per kind', async () => {
    const person = await site.person('Pat')
    for (let n = 0; n < mailPolicies.perRecipient.tries + 3; n++)
      await person.call(changePassword, { password: `staple battery ${n} correct` })
    expect(await rowsFor(person.email)).toHaveLength(mailPolicies.perRecipient.tries)
    await person.call(deleteOwnAccount, {})
    expect(await until(async () => (await delivered(person.email)).at(-1)?.subject)).toBe('Your account was deleted')
  })

  test('of mails that anyone can trigger ends after a few per hour and address, even if they come at once', async () => {
    const address = newAddress()
    const other = newAddress()
    const attempts = Array.from({ length: 30 }, () =>
      save({ template: 'reset_password', address, details: { expiresAt }, secret: sealSecret('token', site.keys) }),
    )
    const changes = await Promise.all(attempts)
    expect(changes.every(({ length }) => length === 1)).toBe(true)
    expect(await delivered(address)).toHaveLength(mailPolicies.perRecipient.tries)
    await save({ template: 'password_changed', address, details: {} })
    expect(await delivered(address)).toHaveLength(mailPolicies.perRecipient.tries + 1)
    await save({
      template: 'reset_password',
      address: other,
      details: { expiresAt },
      secret: sealSecret('token', site.keys),
    })
    expect(await delivered(other)).toHaveLength(1)
  })

  test.each(unasked)('of %s keeps back no mail of another kind', async (template) => {
    const address = newAddress()
    const written = async (name: TemplateName) => {
      await save({ template: name, address, details: { expiresAt }, secret: sealSecret('token', site.keys) })
      return site.db.rows(sql`select id from mails where address = ${address} and template = ${name}`)
    }
    const most = template === 'address_in_use' ? mailPolicies.addressInUse.tries : mailPolicies.perRecipient.tries
    for (let n = 0; n < 10; n++) await written(template)
    expect(await written(template)).toHaveLength(most)
    for (const another of unasked.filter((name) => name !== template)) expect(await written(another)).toHaveLength(1)
  })

  test('of mails that strangers set off does not keep a person from a new password', async () => {
    const victim = await site.person('Vera')
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const form = { email: victim.email, password, firstName: 'Vera', lastName: 'Cruz', country: 'PH' }
    for (let n = 0; n < 5; n++) {
      await site.anonymous.call(registerAccount, form)
      await admin.call(createInvitation, { organizationId, sendTo: victim.email })
    }
    await site.anonymous.call(requestPasswordReset, { email: victim.email })
    const subjects = (await delivered(victim.email)).map(({ subject }) => subject)
    expect(subjects.filter((subject) => subject === 'You already have an account')).toHaveLength(
      mailPolicies.addressInUse.tries,
    )
    expect(subjects).toContain('Reset your password')
  })

  test('of links to an address that others say is theirs does not keep its holder from registering with it', async () => {
    const address = newAddress()
    const stranger = await site.person('Sue')
    for (let n = 0; n <= mailPolicies.perRecipient.tries; n++) await stranger.call(changeOwnAddress, { email: address })
    expect(await rowsFor(address)).toHaveLength(mailPolicies.perRecipient.tries)
    const form = { email: address, password, firstName: 'Hal', lastName: 'Cruz', country: 'PH' }
    await site.anonymous.call(registerAccount, form)
    expect(await rowsFor(address)).toHaveLength(mailPolicies.perRecipient.tries + 1)
  })

  test('is counted from zero after an hour', async () => {
    const address = newAddress()
    for (let n = 0; n <= mailPolicies.addressInUse.tries; n++)
      await save({ template: 'address_in_use', address, details: {} })
    expect(await rowsFor(address)).toHaveLength(mailPolicies.addressInUse.tries)
    await anHourLater(`mail address_in_use to ${address}`)
    await save({ template: 'address_in_use', address, details: {} })
    expect(await delivered(address)).toHaveLength(mailPolicies.addressInUse.tries + 1)
  })
})

describe('a flood of notifications', () => {
  const most = limitsInDatabase.notificationMails.tries
  let organizationId: string
  beforeAll(async () => {
    ;({ id: organizationId } = await acceptedOrganization(site))
  })
  // There are many, and other tests wait for all e-mails.
  afterAll(() => site.db.rows(sql`delete from mails where template = 'notification'`))

  /** Each of these accounts caused this many notifications to each of those, in one statement and in order. */
  const act = (actors: (Person | null)[], subjects: Person[], times: number) =>
    site.db.rows(sql`
      insert into events (kind, actor_id, subject_id, organization_id)
      select 'admin_granted', actor, subject, ${organizationId}::uuid
      from unnest(${actors.map((actor) => actor?.id ?? null)}::uuid[]) with ordinality a (actor, n),
        unnest(${subjects.map(({ id }) => id)}::uuid[]) subject, generate_series(1, ${times}::int)
      order by n`)
  const received = async (person: Person) => ({
    notifications: (await site.db.rows(sql`select id from notifications where account_id = ${person.id}`)).length,
    mails: (await rowsFor(person.email)).length,
  })

  test('to one account, of what one other does, ends after some mails an hour; the bell has all', async () => {
    const [eve, ben, una] = [await site.person('Eve'), await site.person('Ben'), await site.person('Una')]
    for (let n = 0; n < most + 5; n++) await act([eve], [una], 1)
    expect(await received(una)).toEqual({ notifications: most + 5, mails: most })
    await act([ben], [una], 1)
    expect(await received(una)).toEqual({ notifications: most + 6, mails: most + 1 })
    await act([eve], [ben], 1)
    expect(await received(ben)).toEqual({ notifications: 1, mails: 1 })
    await anHourLater(`notification mails of ${eve.id} to ${una.id}`)
    await act([eve], [una], 2)
    expect(await received(una)).toEqual({ notifications: most + 8, mails: most + 3 })
  })

  test('ends so too where one statement has many, or several have some at once', async () => {
    const [eve, ben] = [await site.person('Eve'), await site.person('Ben')]
    const [una, uri] = [await site.person('Una'), await site.person('Uri')]
    await act([eve], [una], most - 2)
    await act([eve], [una], 5)
    expect(await received(una)).toEqual({ notifications: most + 3, mails: most })
    await act([eve, ben], [una, uri], most + 10)
    expect(await received(una)).toMatchObject({ mails: 2 * most })
    expect(await received(uri)).toMatchObject({ mails: 2 * most })
    const crowd = await Promise.all(Array.from({ length: 4 }, () => site.person()))
    const orders = Array.from({ length: 8 }, (_, n) => (n % 2 ? [crowd, [eve, ben]] : [crowd.toReversed(), [ben, eve]]))
    await Promise.all(orders.map(([some, others]) => act(others!, some!, 4)))
    for (const one of crowd) expect(await received(one)).toEqual({ notifications: 64, mails: 2 * most })
  })

  test('is not limited if no account caused it', async () => {
    const una = await site.person('Una')
    await act([null], [una], most + 10)
    expect(await received(una)).toEqual({ notifications: most + 10, mails: most + 10 })
  })
})

describe('the mail server', () => {
  test('is away for an hour: nothing else suffers, and each mail arrives once afterwards', async () => {
    await catcher.goAway()
    const address = newAddress()
    await acceptedOrganization(site)
    await save({ template: 'reset_password', address, details: { expiresAt }, secret: sealSecret('token', site.keys) })
    // Attempts at 0, 1, 6 and 21 minutes; each sets the time of the next.
    for (const [failed, minutes] of delays.slice(0, 4).entries()) {
      const row = await until(() =>
        site.db.first<{ attempts: number; error: string; minutes: number }>(sql`
          select attempts, last_error as error, round(extract(epoch from next_attempt_at - now()) / 60)::int as minutes
          from mails where address = ${address} and attempts = ${failed + 1} and claimed_until is null`),
      )
      expect(row).toMatchObject({ attempts: failed + 1, minutes, error: expect.stringContaining('ECONNREFUSED') })
      // In the meantime, people work as usual.
      const founder = await site.person('Ben', { confirmed: true })
      const operator = await site.person('Olga', { operator: true })
      const { id } = await founder.call(createOrganization, details())
      await asSeen(operator).call(acceptOrganization, { organizationId: id })
      await founder.call(createInvitation, { organizationId: id })
      expect((await founder.call(getMe, {})).organization!.state).toBe('accepted')
      if (failed < 3) await due(address)
    }
    await catcher.comeBack()
    const waiting = await site.db.rows<{ address: string }>(
      sql`select address from mails where sent_at is null and given_up_at is null`,
    )
    // The link, and for each organization the news that it was accepted.
    expect(waiting).toHaveLength(1 + 5)
    await site.db.rows(sql`update mails set next_attempt_at = now() where sent_at is null`)
    for (const one of waiting) expect(await delivered(one.address)).toHaveLength(1)
    expect(await rowsFor(address)).toMatchObject([{ sent: true, secret: false, error: null, attempts: 5 }])
  })

  test('refuses a recipient for good: given up at once, visibly, without the secret', async () => {
    const address = newAddress()
    catcher.refuse(address)
    await save({ template: 'reset_password', address, details: { expiresAt }, secret: sealSecret('token', site.keys) })
    await until(async () => (await rowsFor(address)).every(({ givenUp }) => givenUp))
    expect(await rowsFor(address)).toMatchObject([
      { sent: false, givenUp: true, secret: false, attempts: 1, error: '550 No such mailbox here' },
    ])
  })

  test('is away for more than two days: given up', async () => {
    await catcher.goAway()
    const address = newAddress()
    await save({ template: 'password_changed', address, details: {} })
    await until(async () => {
      await site.db.rows(sql`
        update mails set attempts = ${delays.length}, next_attempt_at = now() where address = ${address} and claimed_until is null`)
      return (await rowsFor(address)).every(({ givenUp }) => givenUp)
    })
    await catcher.comeBack()
    expect(await rowsFor(address)).toMatchObject([{ sent: false, error: expect.stringContaining('ECONNREFUSED') }])
  })

  test('comes back after the link has expired: a dead link is not sent', async () => {
    const address = newAddress()
    const past = new Date(Date.now() - 1000).toISOString()
    await save({
      template: 'confirm_address',
      address,
      details: { expiresAt: past },
      secret: sealSecret('token', site.keys),
    })
    await until(async () => (await rowsFor(address)).every(({ givenUp }) => givenUp))
    expect(await rowsFor(address)).toMatchObject([{ secret: false, cancelled: 'link_expired' }])
  })
})

describe('what a mail is for ends while the mail server is away', () => {
  const became = async (address: string) => {
    await until(async () => {
      // An attempt in progress finds no server and postpones the mail.
      await due(address)
      return (await rowsFor(address)).every(({ sent, givenUp }) => sent || givenUp)
    })
    return (await rowsFor(address)).map(({ sent, secret, cancelled }) => ({ sent, secret, cancelled }))
  }
  const givenUp = (cancelled: MailCancellation) => ({ sent: false, secret: false, cancelled })
  beforeEach(() => catcher.goAway())

  test('an invitation: it is not mailed once it was revoked or used up', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const [wanted, revoked, used] = [newAddress(), newAddress(), newAddress()]
    const invite = (sendTo: string) => admin.call(createInvitation, { organizationId, sendTo })
    await invite(wanted)
    const { id: invitationId } = await invite(revoked)
    const { code } = await invite(used)
    await admin.call(revokeInvitation, { organizationId, invitationId })
    await (await site.person('Uma')).call(acceptInvitation, { code })
    await catcher.comeBack()
    for (const address of [revoked, used]) expect(await became(address)).toEqual([givenUp('invitation_ended')])
    expect(await became(wanted)).toEqual([{ sent: true, secret: false, cancelled: null }])
    expect(await delivered(wanted)).toHaveLength(1)
    expect([...(await delivered(revoked)), ...(await delivered(used))]).toEqual([])
  })

  test('a link: it is not mailed once a new password has ended it', async () => {
    const person = await site.person('Pia')
    await site.anonymous.call(requestPasswordReset, { email: person.email })
    await person.call(changePassword, { password: 'staple battery horse correct' })
    await catcher.comeBack()
    expect(await became(person.email)).toEqual([givenUp('link_ended'), { sent: true, secret: false, cancelled: null }])
    expect((await delivered(person.email)).map(({ subject }) => subject)).toEqual(['Your password was changed'])
  })

  test('what tells of an account: it does not go to an address that the account no longer has, but that it has another', async () => {
    const person = await site.person('Mo')
    const to = newAddress()
    await save({ template: 'password_changed', account: person.id, address: person.email, details: {} })
    await site.db.rows(sql`update accounts set email = ${to} where id = ${person.id}`)
    await save({
      template: 'address_changed',
      account: person.id,
      address: person.email,
      details: { from: person.email, to },
    })
    await catcher.comeBack()
    expect(await became(person.email)).toEqual([
      givenUp('address_changed'),
      { sent: true, secret: false, cancelled: null },
    ])
    expect((await delivered(person.email)).map(({ subject }) => subject)).toEqual(['Your e-mail address was changed'])
  })
})

test('a process that ended while it sent: another tries again when its claim ends, under the same Message-ID', async () => {
  const address = newAddress()
  await save({ template: 'password_changed', address, details: {} })
  const first = await catcher.mailTo(address)
  await delivered(address)
  // As if the process had ended after the server accepted the e-mail and before the row was marked as sent.
  await site.db.rows(sql`update mails set sent_at = null, claimed_until = now() where address = ${address}`)
  const second = await catcher.mailTo(address)
  expect(second.messageId).toBe(first.messageId)
  await delivered(address)
})

describe('a secret', () => {
  test('is nowhere in the database as it is, and opens for its own mail alone', async () => {
    await catcher.goAway()
    const address = newAddress()
    await save({
      template: 'reset_password',
      address,
      details: { expiresAt },
      secret: sealSecret('CANARY-token', site.keys),
    })
    const [row] = await site.db.rows<{ text: string }>(sql`
      select mails::text || encode(secret_sealed, 'escape') as text from mails where address = ${address}`)
    expect(row!.text).not.toContain('CANARY')
    await until(async () => (await rowsFor(address)).every(({ error }) => error))
    await site.db.rows(sql`update mails set id = gen_random_uuid() where address = ${address}`)
    await catcher.comeBack()
    await until(async () => {
      await due(address)
      return (await rowsFor(address)).every(({ error }) => error && !error.includes('ECONNREFUSED'))
    })
    expect(catcher.mails.map(addressOf)).not.toContain(address)
    await site.db.rows(sql`delete from mails where address = ${address}`)
  })
})

describe('without mail', () => {
  beforeEach(() => site.db.rows(sql`update site set mail_configured = false`))
  afterEach(() => site.db.rows(sql`update site set mail_configured = true`))

  test('none is written, and everything works', async () => {
    const address = newAddress()
    await save({ template: 'reset_password', address, details: { expiresAt } })
    expect(await rowsFor(address)).toEqual([])
    const founder = await site.person('Ana', { confirmed: true })
    const operator = await site.person('Olga', { operator: true })
    const { id } = await founder.call(createOrganization, details())
    await asSeen(operator).call(rejectOrganization, { organizationId: id, reason: 'A test.' })
    expect(await rowsFor(founder.email)).toEqual([])
    expect(await site.db.rows(sql`select id from notifications where account_id = ${founder.id}`)).toHaveLength(1)
  })
})
