import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyPage } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { type Catcher, openCatcher } from '../../../tests/support/smtp'
import { until } from '../../../tests/support/until'
import { sql } from '../../platform/db/sql'
import { mailing, sealSecret } from './outbox'
import { listMails, retryMail } from './schema'

let catcher: Catcher
afterAll(() => catcher.close())
const site = sharedSite(async () => {
  catcher = await openCatcher()
  return { smtp: catcher.url }
})
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const newAddress = () => `somebody.${randomUUID().slice(0, 8)}@example.org`
const find = async (address: string) => (await operator.call(listMails, { q: address })).items[0]
const inState = (address: string, state: string) =>
  until(async () => {
    const mail = await find(address)
    return mail?.state === state && mail
  })
const write = (address: string) =>
  site.db.rows(sql`
    with changed as (select true as confirmed), ${mailing({ template: 'password_changed', account: null, address, details: {} }, sql`changed`)}
    select * from changed`)

describe('operators', () => {
  test('see what was sent, what was given up and why, and try the latter again', async () => {
    const [sent, refused] = [newAddress(), newAddress()]
    catcher.refuse(refused)
    await write(sent)
    await write(refused)
    expect(await inState(sent, 'sent')).toMatchObject({
      template: 'password_changed',
      attempts: 1,
      nextAttemptAt: null,
    })
    const mail = await inState(refused, 'given_up')
    expect(mail).toMatchObject({ attempts: 1, lastError: '550 No such mailbox here', can: { retry: true } })
    expect((await operator.call(listMails, { state: 'given_up' })).items.map(({ address }) => address)).toEqual([
      refused,
    ])

    catcher.accept(refused)
    await operator.call(retryMail, { mailId: mail.id })
    await catcher.mailTo(refused)
    expect(await inState(refused, 'sent')).toMatchObject({ lastError: null, can: { retry: false } })
    expect(await operator.try(retryMail, { mailId: mail.id })).toMatchObject({ code: 'mail_not_retryable' })
  })

  test('have one that waits tried at once', async () => {
    await catcher.goAway()
    const address = newAddress()
    await write(address)
    const mail = await until(async () => {
      const found = await find(address)
      return found?.lastError ? found : undefined
    })
    expect(mail).toMatchObject({ state: 'waiting', can: { retry: true }, endedAt: null })
    expect(Date.parse(mail.nextAttemptAt!)).toBeGreaterThan(Date.now())
    await catcher.comeBack()
    await operator.call(retryMail, { mailId: mail.id })
    await catcher.mailTo(address)
  })

  test('cannot have one tried again that has lost its link', async () => {
    const address = newAddress()
    catcher.refuse(address)
    const expiresAt = new Date(Date.now() + 3600_000).toISOString()
    const secret = sealSecret('token', site.keys)
    await site.db.rows(sql`
      with changed as (select 1),
      ${mailing({ template: 'reset_password', account: null, address, details: { expiresAt }, secret }, sql`changed`)} select * from changed`)
    const mail = await inState(address, 'given_up')
    expect(mail.can.retry).toBe(false)
    expect(await operator.try(retryMail, { mailId: mail.id })).toMatchObject({ code: 'mail_not_retryable' })
    expect(await operator.try(retryMail, { mailId: randomUUID() })).toMatchObject({ code: 'mail_not_found' })
  })

  test('cannot have one tried again that is for nothing any more', async () => {
    await catcher.goAway()
    const person = await site.person('Mo')
    await site.db.rows(sql`
      with changed as (select true as confirmed),
      ${mailing({ template: 'password_changed', account: person.id, address: person.email, details: {} }, sql`changed`)}
      select * from changed`)
    const waiting = await until(async () => {
      const found = await find(person.email)
      return found?.lastError ? found : undefined
    })
    await site.db.rows(sql`update accounts set email = ${newAddress()} where id = ${person.id}`)
    expect(await operator.try(retryMail, { mailId: waiting.id })).toMatchObject({ code: 'mail_not_retryable' })
    await catcher.comeBack()
    await site.db.rows(sql`update mails set next_attempt_at = now() where id = ${waiting.id}`)
    expect(await inState(person.email, 'given_up')).toMatchObject({
      lastError: 'The account’s address changed before the e-mail could be sent.',
      nextAttemptAt: null,
      can: { retry: false },
    })
    expect(await operator.try(retryMail, { mailId: waiting.id })).toMatchObject({ code: 'mail_not_retryable' })
  })

  test('have one tried again that was cancelled, once the account has its address back', async () => {
    const person = await site.person('Mia')
    const moveTo = (email: string) => site.db.rows(sql`update accounts set email = ${email} where id = ${person.id}`)
    await moveTo(newAddress())
    await site.db.rows(sql`
      with changed as (select true as confirmed),
      ${mailing({ template: 'password_changed', account: person.id, address: person.email, details: {} }, sql`changed`)}
      select * from changed`)
    const cancelled = await inState(person.email, 'given_up')
    expect(cancelled).toMatchObject({ lastError: expect.stringContaining('address changed'), attempts: 0 })
    await moveTo(person.email)
    await operator.call(retryMail, { mailId: cancelled.id })
    expect(await inState(person.email, 'sent')).toMatchObject({ lastError: null, attempts: 1 })
  })

  test('page through them', async () => {
    await site.db.rows(sql`
      insert into mails (id, address, template, sent_at, created_at)
      select gen_random_uuid(), n || '@page.example.org', 'password_changed', now(), now() - (n / 4) * interval '1 minute'
      from generate_series(1, 25) n`)
    const pages = await everyPage((cursor) => operator.call(listMails, { q: '@page.', limit: 10, ...cursor }))
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5])
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(25)
  })
})
