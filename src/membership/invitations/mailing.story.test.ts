import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, isMember, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { openSite, type Person, password, secretIn, testBaseUrl } from '../../../tests/support/site'
import { addressOf, type Catcher, openCatcher } from '../../../tests/support/smtp'
import { registerAccount } from '../../identity/accounts/schema'
import { requestPasswordReset } from '../../identity/passwords/schema'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { sealSecret } from '../../messaging/mails/outbox'
import type { Admin } from '../../platform/access/admit'
import { sql } from '../../platform/db/sql'
import { hashCode, newCode, sealCode } from '../../platform/invitation-codes/secrecy'
import { mailPolicies } from '../../platform/limits/policies'
import { confirmOwnAddress, getMe } from '../me/schema'
import { removeMember, setAdminPrivileges } from '../memberships/schema'
import { suspendOrganization } from '../organizations/schema'
import { acceptInvitation, createInvitation, listInvitations, showInvitationCode } from './schema'
import { insertInvitation } from './store'

let catcher: Catcher
afterAll(() => catcher.close())
const site = sharedSite(async () => {
  catcher = await openCatcher()
  return { smtp: catcher.url }
})
let organizationId: string
let admin: Person
let operator: Person

beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Coral Watch'))
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

  test('proves nothing about the address by its code: one that is bound to it still waits for confirmation', async () => {
    const person = await site.person(undefined, { confirmed: false })
    const options = { sendTo: person.email, boundTo: { email: person.email } }
    const { code } = await admin.call(createInvitation, { organizationId, ...options })
    await catcher.mailTo(person.email)
    expect(await person.try(acceptInvitation, { code })).toMatchObject({ code: 'address_to_confirm' })
  })
})

describe('the secret in a mailed link', () => {
  let home: { id: string; admin: Person }
  beforeAll(async () => {
    home = await acceptedOrganization(site)
  })

  /** An invitation that is mailed to the address: what the admin sees, and the content of the e-mail. */
  async function mailTo(sendTo: string, options = {}) {
    const made = await home.admin.call(createInvitation, { organizationId: home.id, sendTo, ...options })
    const secret = secretIn(await catcher.mailTo(sendTo), '/join')
    return { ...made, secret, proof: secret.split('.')[1]! }
  }
  const register = async (email: string, code: string) => {
    await site.anonymous.call(registerAccount, {
      email,
      password,
      firstName: 'Nia',
      lastName: 'Reyes',
      country: 'PH',
      code,
    })
    return site.signedIn(email)
  }
  const confirmed = async (person: Person) => (await person.call(getMe, {})).account.emailConfirmed
  const mailsOf = (address: string) =>
    site.db.rows<{ template: string }>(sql`select template from mails where address = ${address} order by created_at`)

  test('confirms the address of a person who registers with it, without another mail; the invitation bound to it can be accepted', async () => {
    const sendTo = newAddress()
    const { secret, code } = await mailTo(sendTo, { boundTo: { email: sendTo } })
    const person = await register(sendTo.toUpperCase(), `${testBaseUrl}/join%23${secret}.`)
    expect(await confirmed(person)).toBe(true)
    expect(await mailsOf(sendTo)).toEqual([{ template: 'invitation' }])
    await person.call(acceptInvitation, { code })
    expect(await isMember(person)).toBe(true)
  })

  test('is in that mail alone: what the admin sees, the copied link and the code confirm nothing', async () => {
    const sendTo = newAddress()
    const { id, code, link, proof } = await mailTo(sendTo)
    expect(proof).toMatch(/^[\w-]{32}$/)
    const shown = await home.admin.call(showInvitationCode, { organizationId: home.id, invitationId: id })
    const listed = await home.admin.call(listInvitations, { organizationId: home.id })
    expect(JSON.stringify([code, link, shown, listed])).not.toContain(proof)
    const kept = await site.db.only<{ text: string }>(sql`
      select coalesce((select string_agg(i::text, ' ') from invitations i), '')
        || (select string_agg(m::text, ' ') from mails m) || (select string_agg(e::text, ' ') from events e) as text`)
    expect(kept.text).not.toContain(proof)
    const person = await register(sendTo, link)
    expect(await confirmed(person)).toBe(false)
    expect((await mailsOf(sendTo)).map(({ template }) => template)).toEqual(['invitation', 'confirm_address'])
  })

  test('confirms no other address, and is not used up by it', async () => {
    const sendTo = newAddress()
    const { secret } = await mailTo(sendTo)
    expect(await confirmed(await register(newAddress(), secret))).toBe(false)
    expect(await confirmed(await register(sendTo, secret))).toBe(true)
  })

  test('confirms the address of an account that has it already, once, and no other address', async () => {
    const person = await site.person(undefined, { confirmed: false })
    const other = await site.person(undefined, { confirmed: false })
    const { proof, code } = await mailTo(person.email)
    expect(await other.try(confirmOwnAddress, { token: proof })).toMatchObject({ code: 'link_for_somebody_else' })
    expect(await person.call(confirmOwnAddress, { token: proof })).toEqual({ email: person.email })
    expect([await confirmed(person), await confirmed(other)]).toEqual([true, false])
    await site.db.rows(sql`update accounts set email_verified = false where id = ${person.id}`)
    expect(await person.try(confirmOwnAddress, { token: proof })).toMatchObject({ code: 'link_not_valid' })
    await site.db.rows(sql`update accounts set email_verified = true where id = ${person.id}`)
    await person.call(acceptInvitation, { code })
  })

  test.each([
    ['revoked', sql`revoked_at = now(), revoked_reason = 'by_admin'`],
    ['expired', sql`expires_at = now() - interval '1 second'`],
    ['used up', sql`uses_spent = uses`],
  ])('confirms nothing once the invitation is %s', async (_, end) => {
    const person = await site.person(undefined, { confirmed: false })
    const sendTo = newAddress()
    const [mine, theirs] = [await mailTo(person.email), await mailTo(sendTo)]
    await site.db.rows(sql`update invitations set ${end} where id in (${mine.id}, ${theirs.id})`)
    expect(await person.try(confirmOwnAddress, { token: mine.proof })).toMatchObject({ code: 'link_not_valid' })
    expect(await confirmed(await register(sendTo, theirs.secret))).toBe(false)
    await site.db.rows(sql`update invitations set uses_spent = 0 where id in (${mine.id}, ${theirs.id})`)
  })

  test('goes with the code in a form that can be typed', async () => {
    const sendTo = newAddress()
    const { code } = await home.admin.call(createInvitation, { organizationId: home.id, sendTo })
    const mail = await catcher.mailTo(sendTo)
    for (const part of [mail.text, mail.html]) expect(part).toContain(code)
  })
})

describe('an invitation for a person who is a member', () => {
  test('is not created, and nothing is mailed; an account elsewhere is not revealed', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const stranger = await acceptedOrganization(site)
    const refused = await admin.try(createInvitation, { organizationId: id, sendTo: member.email.toUpperCase() })
    expect(refused).toMatchObject({
      status: 409,
      code: 'invitee_is_a_member',
      problem: { errors: [{ path: 'sendTo' }] },
    })
    expect(await mailsTo(member.email)).toEqual([])
    expect(await admin.try(createInvitation, { organizationId: id, sendTo: stranger.admin.email })).toMatchObject({
      status: 201,
    })
    expect(await stranger.admin.try(createInvitation, { organizationId: id, sendTo: member.email })).toMatchObject({
      status: 404,
    })
  })
})

describe('no mail is written, and no invitation made', () => {
  const invitations = async () => (await admin.call(listInvitations, { organizationId, limit: 100 })).items.length

  test('by a person who has lost admin privileges, or for a suspended organization', async () => {
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

  test('beyond the limit of an address, whatever the senders, and however many at once', async () => {
    const sendTo = newAddress()
    const before = await invitations()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.try(createInvitation, { organizationId, sendTo })),
    )
    const made = answers.filter(({ status }) => status === 201)
    expect(made).toHaveLength(mailPolicies.perRecipient.tries)
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ code }) => code))).toEqual(
      new Set(['too_many_mails']),
    )
    expect(await mailsTo(sendTo)).toHaveLength(mailPolicies.perRecipient.tries)
    expect(await invitations()).toBe(before + mailPolicies.perRecipient.tries)
    const other = await acceptedOrganization(site)
    const refused = await other.admin.try(createInvitation, { organizationId: other.id, sendTo })
    expect(refused).toMatchObject({ code: 'too_many_mails' })
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(600)
    expect(wait).toBeLessThanOrEqual(720)
    // It works without an e-mail.
    await other.admin.call(createInvitation, { organizationId: other.id })
  })

  test('beyond the limit, where all of them were let through before the first was made', async () => {
    const sendTo = newAddress()
    const by = { id: admin.id, membershipId: await membershipOf(admin), organizationId } as Admin
    const form = createInvitation.input.parse({ organizationId, sendTo })
    const saves = Array.from({ length: 20 }, () => {
      const [id, code] = [randomUUID(), newCode()]
      const [codeHash, codeSealed] = [hashCode(code, site.keys), sealCode(code, id, site.keys)]
      const mailed = { address: sendTo, proofHash: randomUUID(), secret: sealSecret(code, site.keys) }
      return insertInvitation(site.db, { id, by, form, code, codeHash, codeSealed, mailed })
    })
    const made = (await Promise.all(saves)).filter((saved) => saved !== undefined)
    expect(made).toHaveLength(mailPolicies.perRecipient.tries)
    expect(await mailsTo(sendTo)).toHaveLength(mailPolicies.perRecipient.tries)
  })

  test('but mails of other kinds to the address, which anyone can trigger, do not count toward the limit', async () => {
    const { email } = await site.person('Vera')
    const form = { email, password, firstName: 'Vera', lastName: 'Cruz', country: 'PH' }
    for (let n = 0; n < mailPolicies.perRecipient.tries; n++) {
      await site.anonymous.call(registerAccount, form)
      await site.anonymous.call(requestPasswordReset, { email })
    }
    const before = (await mailsTo(email)).length
    expect(await admin.try(createInvitation, { organizationId, sendTo: email })).toMatchObject({ status: 201 })
    expect(await mailsTo(email)).toHaveLength(before + 1)
  })

  test('beyond the limit of a sender, for an hour', async () => {
    const other = await acceptedOrganization(site)
    const send = () => other.admin.try(createInvitation, { organizationId: other.id, sendTo: newAddress() })
    for (let n = 0; n < mailPolicies.perSender.tries; n++) expect(await send()).toMatchObject({ status: 201 })
    expect(await send()).toMatchObject({ code: 'too_many_mails' })
    await site.db.rows(sql`
      update tries set drained_at = drained_at - interval '61 minutes' where key = ${`invitation mails of ${other.admin.id}`}`)
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
