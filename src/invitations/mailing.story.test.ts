import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../db/sql'
import { listOrganizationEvents } from '../events/schema'
import { sealSecret } from '../mails/outbox'
import { mailLimits } from '../mails/rules'
import { removeMember, setAdminPrivileges } from '../memberships/schema'
import { suspendOrganization } from '../organizations/schema'
import type { Admin } from '../sessions/access'
import { acceptedOrganization, isMember, membershipOf, newMember } from '../testing/organizations'
import { asSeen } from '../testing/seen'
import { openSite, type Person, type Site, testBaseUrl } from '../testing/site'
import { addressOf, type Catcher, openCatcher } from '../testing/smtp'
import { acceptInvitation, createInvitation, listInvitations } from './schema'
import { hashCode, newCode, sealCode } from './secrecy'
import { insertInvitation } from './store'

let catcher: Catcher
let site: Site
let organizationId: string
let admin: Person
let operator: Person

beforeAll(async () => {
  catcher = await openCatcher()
  site = await openSite({ smtp: catcher.url })
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Coral Watch'))
})
afterAll(async () => {
  expect(await site.check()).toEqual([])
  await site.close()
  await catcher.close()
})

const newAddress = () => `somebody.${randomUUID().slice(0, 8)}@example.org`
const mailsTo = (address: string) => site.db.rows(sql`select id from mails where address = ${address}`)

describe('an invitation sent by mail', () => {
  test('arrives with its link, which lets in', async () => {
    const sendTo = newAddress()
    const { code, link } = await admin.call(createInvitation, { organizationId, sendTo })
    const mail = await catcher.mailTo(sendTo)
    expect(mail.subject).toBe(`${admin.name} Cruz invites you to Coral Watch`)
    expect(link).toBe(`${testBaseUrl}/join#${code.replaceAll('-', '')}`)
    for (const part of [mail.text, mail.html]) expect(part).toContain(link)
    const person = await site.person()
    await person.call(acceptInvitation, { code: mail.text!.match(/#(\w+)/)![1]! })
    expect(await isMember(person)).toBe(true)
  })

  test('leaves its code nowhere but sealed: not in the mail’s row, not in an event', async () => {
    const sendTo = newAddress()
    const { code } = await admin.call(createInvitation, { organizationId, sendTo })
    await catcher.mailTo(sendTo)
    const symbols = code.replaceAll('-', '')
    const [dump] = await site.db.rows<{ text: string }>(sql`
      select coalesce((select string_agg(m::text, ' ') from mails m), '') || (select string_agg(e::text, ' ') from events e) as text`)
    expect(dump!.text).not.toContain(symbols)
    expect(dump!.text).not.toContain(code)
    const { items } = await admin.call(listOrganizationEvents, { organizationId, kind: 'invitation_created', limit: 1 })
    expect(items[0]!.details).toMatchObject({ mailed: true })
    expect(JSON.stringify(items)).not.toContain(sendTo)
  })

  test('proves nothing about the address: one that is bound to it still waits for confirmation', async () => {
    const person = await site.person(undefined, { confirmed: false })
    const options = { sendTo: person.email, boundTo: { email: person.email } }
    const { code } = await admin.call(createInvitation, { organizationId, ...options })
    await catcher.mailTo(person.email)
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ code: 'address_to_confirm' })
  })
})

describe('no mail is written, and no invitation made', () => {
  const invitations = async () => (await admin.call(listInvitations, { organizationId, limit: 100 })).items.length

  test('by whoever has lost admin privileges, or for an organization that is suspended', async () => {
    const sendTo = newAddress()
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const membershipId = await membershipOf(second)
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
    expect(await second.try(createInvitation, { organizationId, sendTo })).toMatchObject({ status: 403 })
    await admin.call(removeMember, { organizationId, membershipId })
    const other = await acceptedOrganization(site)
    await asSeen(operator).call(suspendOrganization, { organizationId: other.id, reason: 'A test.' })
    const refused = await other.admin.try(createInvitation, { organizationId: other.id, sendTo })
    expect(refused).toMatchObject({ code: 'organization_suspended' })
    expect(await mailsTo(sendTo)).toEqual([])
  })

  test('beyond the limit of an address, whoever sends, and however many at once', async () => {
    const sendTo = newAddress()
    const before = await invitations()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.try(createInvitation, { organizationId, sendTo })),
    )
    const made = answers.filter(({ status }) => status === 201)
    expect(made).toHaveLength(mailLimits.perRecipient)
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ code }) => code))).toEqual(
      new Set(['too_many_mails']),
    )
    expect(await mailsTo(sendTo)).toHaveLength(mailLimits.perRecipient)
    expect(await invitations()).toBe(before + mailLimits.perRecipient)
    const other = await acceptedOrganization(site)
    const refused = await other.admin.try(createInvitation, { organizationId: other.id, sendTo })
    expect(refused).toMatchObject({ code: 'too_many_mails' })
    expect(refused.headers.get('retry-after')).toBe('3600')
    // Without the mail it goes on.
    await other.admin.call(createInvitation, { organizationId: other.id })
  })

  test('beyond the limit, where all of them were let through before the first was made', async () => {
    const sendTo = newAddress()
    const by = { id: admin.id, membershipId: await membershipOf(admin), organizationId } as Admin
    const form = createInvitation.input.parse({ organizationId, sendTo })
    const saves = Array.from({ length: 20 }, () => {
      const [id, code] = [randomUUID(), newCode()]
      const [codeHash, codeSealed] = [hashCode(code, site.keys), sealCode(code, id, site.keys)]
      const mailed = { address: sendTo, secret: sealSecret(code, site.keys) }
      return insertInvitation(site.db, { id, by, form, code, codeHash, codeSealed, mailed })
    })
    const made = (await Promise.all(saves)).filter((saved) => saved !== undefined)
    expect(made).toHaveLength(mailLimits.perRecipient)
    expect(await mailsTo(sendTo)).toHaveLength(mailLimits.perRecipient)
  })

  test('beyond the limit of a sender, for an hour', async () => {
    const other = await acceptedOrganization(site)
    const send = () => other.admin.try(createInvitation, { organizationId: other.id, sendTo: newAddress() })
    for (let n = 0; n < mailLimits.perSender; n++) expect(await send()).toMatchObject({ status: 201 })
    expect(await send()).toMatchObject({ code: 'too_many_mails' })
    await site.db.rows(sql`
      update mail_counts set since = since - interval '61 minutes' where key = ${`from:${other.admin.id}`}`)
    expect(await send()).toMatchObject({ status: 201 })
  })

  test('to what is no address, or is several', async () => {
    for (const sendTo of ['ana', 'ana@example.org, eve@example.org', 'ana@example.org\r\nBcc: eve@example.org'])
      expect(await admin.try(createInvitation, { organizationId, sendTo })).toMatchObject({ code: 'invalid_input' })
    expect(catcher.mails.map(addressOf)).not.toContain('eve@example.org')
  })
})

test('a site without mail says so', async () => {
  const silent = await openSite()
  const { id, admin } = await acceptedOrganization(silent)
  const refused = await admin.try(createInvitation, { organizationId: id, sendTo: newAddress() })
  expect(refused).toMatchObject({ code: 'mail_not_configured' })
  await admin.call(createInvitation, { organizationId: id })
  await silent.close()
})
