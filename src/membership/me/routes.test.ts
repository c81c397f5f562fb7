import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whileHeld } from '../../../tests/support/held'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { openSite, type Person, password, policy, type Site, secretIn } from '../../../tests/support/site'
import { type Catcher, openCatcher } from '../../../tests/support/smtp'
import { listAccounts, registerAccount } from '../../identity/accounts/schema'
import { signIn } from '../../identity/authentication/schema'
import { startPasskey } from '../../identity/passkeys/schema'
import { startSecondFactor } from '../../identity/second-factors/schema'
import { getSignInMethods } from '../../identity/sign-in-methods/schema'
import { setSitePolicy } from '../../identity/site/schema'
import { listEvents } from '../../messaging/events/schema'
import { sql } from '../../platform/db/sql'
import { policies } from '../../platform/limits/policies'
import { getMyEntitlements } from '../../roles/entitlements/schema'
import { createInvitation } from '../invitations/schema'
import { listMemberships } from '../memberships/schema'
import { createToken } from '../tokens/schema'
import {
  acceptTerms,
  changeOwnAddress,
  confirmOwnAddress,
  deleteOwnAccount,
  exportOwnAccount,
  getMe,
  mailConfirmationLink,
  updateOwnAccount,
} from './schema'

const form = (email: string) => ({ email, password, firstName: 'Ana', lastName: 'de la Cruz', country: 'PH' })

/** A person who registered and signed in over HTTP. */
async function register(site: Site, email: string): Promise<Person> {
  await site.anonymous.call(registerAccount, form(email))
  return site.signedIn(email)
}

const kindsOf = async (operator: Person, accountId: string) =>
  (await operator.call(listEvents, { accountId })).items.map(({ kind }) => kind)

describe('on a site without mail', () => {
  let site: Site
  let operator: Person
  beforeAll(async () => {
    site = await openSite()
    operator = await site.person('Olga', { operator: true })
  })
  afterAll(async () => {
    expect(await site.check()).toEqual([])
    await site.close()
  })

  test('name and country are one’s own to change', async () => {
    const person = await site.person()
    const details = { firstName: 'Bea', lastName: 'Reyes', country: 'SG' }
    await person.call(updateOwnAccount, details)
    // Saving the current values is no change and writes no event.
    await person.call(updateOwnAccount, details)
    expect((await person.call(getMe, {})).account).toMatchObject({ firstName: 'Bea', lastName: 'Reyes', country: 'SG' })
    expect(await kindsOf(operator, person.id)).toEqual(['account_updated', 'account_registered'])
  })

  test('another address is taken at once, and is not confirmed', async () => {
    const [person, other] = [await site.person('Ana', { confirmed: true }), await site.person()]
    expect(await person.call(changeOwnAddress, { email: 'new@example.org' })).toEqual({ mailed: false })
    expect((await person.call(getMe, {})).account).toMatchObject({ email: 'new@example.org', emailConfirmed: false })
    expect(await person.call(changeOwnAddress, { email: 'new@example.org' })).toEqual({ mailed: false })
    expect(await person.try(changeOwnAddress, { email: other.email })).toMatchObject({
      status: 409,
      code: 'address_taken',
    })
    expect(await kindsOf(operator, person.id)).toEqual(['address_changed', 'account_registered'])
    if (process.env.TEST_DATABASE !== 'postgres') return
    // A server that starts with mail configured records this.
    const changing = () => person.try(changeOwnAddress, { email: 'newer@example.org' })
    const starting = { text: 'update site set mail_configured = $1', values: [true] }
    expect(await whileHeld(site, 'site', changing, starting, 'site')).toMatchObject({ body: { mailed: true } })
    await site.db.rows(sql`update site set mail_configured = false`)
  })

  test('no link is mailed, and the refusal says who can help', async () => {
    const person = await site.person()
    expect(await person.try(mailConfirmationLink, {})).toMatchObject({ status: 409, code: 'mail_not_configured' })
  })

  test('new terms are accepted in the version that was read, before anything else', async () => {
    const own = await openSite()
    const [clerk, person] = [await own.person('Clara', { operator: true }), await own.person()]
    const terms = { version: '2026-11', address: 'https://example.org/terms' }
    await asSeen(clerk).call(setSitePolicy, { ...policy, terms })
    expect((await person.call(getMe, {})).todo).toEqual(['accept_terms'])
    expect(await person.try(getMyEntitlements, {})).toMatchObject({ status: 403, code: 'terms_to_accept' })
    expect(await person.try(acceptTerms, { version: '2025-01' })).toMatchObject({ status: 409, code: 'terms_changed' })
    await person.call(acceptTerms, { version: terms.version })
    await person.call(getMyEntitlements, {})
    expect((await person.call(exportOwnAccount, {})).account.terms).toMatchObject({ version: terms.version })
    const unread = await own.anonymous.try(registerAccount, form('new@example.org'))
    expect(unread).toMatchObject({ status: 409, code: 'terms_changed' })
    await own.anonymous.call(registerAccount, { ...form('new@example.org'), termsVersion: terms.version })
    expect(await own.check()).toEqual([])
    await own.close()
  })

  test('only whom the policy lets registers: with an invitation that could be accepted, or from its domains', async () => {
    const own = await openSite()
    const { id: organizationId, admin, operator: clerk } = await acceptedOrganization(own)
    const { code } = await admin.call(createInvitation, { organizationId })
    const closed = { status: 403, code: 'registration_closed' }
    await asSeen(clerk).call(setSitePolicy, { ...policy, registration: 'invitation' })
    expect(await own.anonymous.try(registerAccount, form('a@example.org'))).toMatchObject(closed)
    expect(await own.anonymous.try(registerAccount, { ...form('a@example.org'), code: 'nonsense' })).toMatchObject(
      closed,
    )
    await own.anonymous.call(registerAccount, { ...form('a@example.org'), code })
    const noDomain = await asSeen(clerk).try(setSitePolicy, { ...policy, registration: 'domain' })
    expect(noDomain).toMatchObject({ code: 'invalid_input', problem: { errors: [{ path: 'registrationDomains' }] } })
    await asSeen(clerk).call(setSitePolicy, {
      ...policy,
      registration: 'domain',
      registrationDomains: ['Reef.example.org'],
    })
    for (const email of ['b@example.org', 'b@evil-reef.example.org', 'b@reef.example.org.evil.org'])
      expect(await own.anonymous.try(registerAccount, form(email))).toMatchObject(closed)
    await own.anonymous.call(registerAccount, form('b@reef.example.org'))
    if (process.env.TEST_DATABASE === 'postgres') {
      const registering = () => own.anonymous.try(registerAccount, form('c@reef.example.org'))
      const closing = { text: 'update site set registration = $1', values: ['invitation'] }
      expect(await whileHeld(own, 'site', registering, closing, 'site')).toMatchObject(closed)
    }
    expect(await own.check()).toEqual([])
    await own.close()
  })

  describe('deleting', () => {
    test('leaves nothing of the person, and the history true', async () => {
      const { id: organizationId, admin } = await acceptedOrganization(site)
      const member = await newMember(site, organizationId, admin, { grantsAdmin: true })
      const bound = await admin.call(createInvitation, { organizationId, boundTo: { email: member.email } })
      // As if the link had been sent there; this site sends no mail.
      await site.db.rows(
        sql`update invitations set mailed_to = ${member.email}, mail_proof = 'x' where id = ${bound.id}`,
      )
      await member.call(deleteOwnAccount, {})
      expect(await member.try(getMe, {})).toMatchObject({ status: 401, code: 'not_signed_in' })
      const everything = await site.db.rows(sql`
        select to_jsonb(a) from accounts a union all select to_jsonb(i) - 'code_hash' - 'code_sealed' from invitations i
        union all select to_jsonb(e) from events e union all select to_jsonb(m) from mails m`)
      expect(JSON.stringify(everything)).not.toContain(member.email)
      expect(JSON.stringify(everything)).not.toContain(`"${member.name}"`)
      const { items } = await admin.call(listMemberships, { organizationId })
      expect(items.map(({ account }) => account.id)).toEqual([admin.id])
      expect((await operator.call(listAccounts, {})).items.map(({ id }) => id)).not.toContain(member.id)
      const [last] = (await operator.call(listEvents, { accountId: member.id })).items
      expect(last).toMatchObject({ kind: 'account_deleted', actor: { id: member.id, firstName: 'Deleted' } })
      const again = await site.anonymous.try(registerAccount, form(member.email))
      expect(again).toMatchObject({ status: 201 })
      expect(bound.code).toBeTruthy()
    })

    test('is refused to the only admin, with the ways out, and to the only operator', async () => {
      const own = await openSite()
      const { admin, operator: clerk } = await acceptedOrganization(own)
      expect(await admin.try(deleteOwnAccount, {})).toMatchObject({ status: 409, code: 'last_admin' })
      expect(await clerk.try(deleteOwnAccount, {})).toMatchObject({ status: 409, code: 'last_operator' })
      await own.person('Second', { operator: true })
      await clerk.call(deleteOwnAccount, {})
      expect(await own.check()).toEqual([])
      await own.close()
    })
  })

  test('everything stored about the caller comes as one document, without data of other people', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const scopes = ['read:entitlements']
    const { token } = await member.call(createToken, { name: 'Nightly report', scopes })
    const data = await member.call(exportOwnAccount, {})
    expect(data.tokens).toEqual([
      {
        name: 'Nightly report',
        organization: null,
        scopes,
        createdAt: expect.any(String),
        expiresAt: expect.any(String),
        lastUsedAt: null,
        endedAt: null,
      },
    ])
    expect(JSON.stringify(data)).not.toContain(token)
    expect(data.account).toMatchObject({ email: member.email, secondFactor: false, terms: null })
    expect(data.memberships).toMatchObject([{ admin: false, until: null }])
    expect(data.acceptances).toMatchObject([{ state: 'joined' }])
    expect(data.sessions).toHaveLength(1)
    expect(data.events.map(({ kind }) => kind)).toEqual(['token_created', 'invitation_accepted', 'account_registered'])
    expect(JSON.stringify(data)).not.toContain(admin.email)
  })
})

describe('on a site that sends mail', () => {
  let catcher: Catcher
  let site: Site
  beforeAll(async () => {
    catcher = await openCatcher()
    site = await openSite({ smtp: catcher.url })
  })
  afterAll(async () => {
    expect(await site.check()).toEqual([])
    await site.close()
    await catcher.close()
  })

  test('a person who registers reaches only their own account until they open the mailed link', async () => {
    const ana = await register(site, 'ana@example.org')
    expect((await ana.call(getMe, {})).todo).toEqual(['confirm_address'])
    expect(await ana.try(getMyEntitlements, {})).toMatchObject({ status: 403, code: 'address_to_confirm' })
    const token = secretIn(await catcher.mailTo('ana@example.org'), '/confirm-address')
    expect(await ana.call(confirmOwnAddress, { token })).toEqual({ email: 'ana@example.org' })
    await ana.call(getMyEntitlements, {})
    expect(await ana.try(confirmOwnAddress, { token })).toMatchObject({ status: 410, code: 'link_not_valid' })
  })

  test('until an address is confirmed nothing that signs in is added, and what is there ends with the first proof', async () => {
    const ivy = await register(site, 'ivy@example.org')
    const token = secretIn(await catcher.mailTo('ivy@example.org'), '/confirm-address')
    const unconfirmed = { status: 403, code: 'address_to_confirm' }
    expect(await ivy.try(startPasskey, {})).toMatchObject(unconfirmed)
    expect(await ivy.try(startSecondFactor, { password })).toMatchObject(unconfirmed)
    // As it may be if the account is from a time when the site sent no mail.
    await site.db.rows(sql`
      insert into passkeys (id, account_id, public_key, credential_id, counter, device_type, backed_up)
      values (gen_random_uuid(), ${ivy.id}, 'key', 'ivy', 0, 'singleDevice', false)`)
    await ivy.call(confirmOwnAddress, { token })
    expect((await ivy.call(getSignInMethods, {})).passkeys).toEqual([])
    await ivy.call(startPasskey, {})
  })

  test('mails to strangers’ addresses are limited per account and network, and contain no name that a user chose', async () => {
    const sue = await site.person('Sue WIN 500 now', { confirmed: true })
    await site.db.rows(sql`delete from tries`)
    const codes: (string | undefined)[] = []
    for (let tried = 0; tried < policies.mailLink.perAccount.tries + 2; tried++)
      codes.push((await sue.try(changeOwnAddress, { email: `stranger.${tried}@example.org` })).code)
    expect(codes.filter((code) => code === undefined)).toHaveLength(policies.mailLink.perAccount.tries)
    expect(codes.at(-1)).toBe('too_many_tries')
    const mail = await catcher.mailTo('stranger.0@example.org')
    for (const part of [mail.text, mail.html]) expect(part).not.toContain('WIN')
    await site.db.rows(sql`delete from tries`)
  })

  test('a link is for its own account: no one confirms by a click what another person registered', async () => {
    await register(site, 'victim@example.org')
    const token = secretIn(await catcher.mailTo('victim@example.org'), '/confirm-address')
    const another = await site.person('Una')
    const refused = { status: 403, code: 'link_for_somebody_else' }
    expect(await another.try(confirmOwnAddress, { token })).toMatchObject(refused)
    expect(await site.anonymous.try(confirmOwnAddress, { token })).toMatchObject({ status: 401 })
    await (await site.signedIn('victim@example.org')).call(confirmOwnAddress, { token })
  })

  test('registering returns the same response for an address that has an account; its holder gets a mail, its password stays', async () => {
    await register(site, 'taken@example.org')
    await catcher.mailTo('taken@example.org')
    const known = await site.anonymous.try(registerAccount, {
      ...form('taken@example.org'),
      password: 'another password of mine',
    })
    const unknown = await site.anonymous.try(registerAccount, form('fresh@example.org'))
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    expect((await catcher.mailTo('taken@example.org')).subject).toBe('You already have an account')
    await site.anonymous.call(signIn, { email: 'taken@example.org', password })
  })

  test('another address takes effect once its link is opened; both addresses get a mail', async () => {
    const bea = await site.person('Bea', { confirmed: true })
    expect(await bea.call(changeOwnAddress, { email: 'bea@new.example.org' })).toEqual({ mailed: true })
    expect((await bea.call(getMe, {})).account).toMatchObject({ email: bea.email, emailConfirmed: true })
    const token = secretIn(await catcher.mailTo('bea@new.example.org'), '/confirm-address')
    expect(await bea.call(confirmOwnAddress, { token })).toEqual({ email: 'bea@new.example.org' })
    expect((await bea.call(getMe, {})).account).toMatchObject({ email: 'bea@new.example.org', emailConfirmed: true })
    for (const address of [bea.email, 'bea@new.example.org'])
      expect((await catcher.mailTo(address)).subject).toBe('Your e-mail address was changed')
  })

  test('an address that is taken gets the same response as any other, and its holder gets a mail', async () => {
    const [cleo, dan] = [await site.person('Cleo', { confirmed: true }), await site.person('Dan', { confirmed: true })]
    expect(await cleo.call(changeOwnAddress, { email: dan.email })).toEqual({ mailed: true })
    expect((await catcher.mailTo(dan.email)).subject).toBe('You already have an account')
    expect((await cleo.call(getMe, {})).account.email).toBe(cleo.email)
  })

  test('a link for an address that was taken in the meantime does nothing', async () => {
    const [eve, fay] = [await site.person('Eve', { confirmed: true }), await site.person('Fay', { confirmed: true })]
    for (const person of [eve, fay]) await person.call(changeOwnAddress, { email: 'wanted@example.org' })
    const tokens = [await catcher.mailTo('wanted@example.org'), await catcher.mailTo('wanted@example.org')].map(
      (mail) => secretIn(mail, '/confirm-address'),
    )
    await eve.call(confirmOwnAddress, { token: tokens[0]! })
    expect(await fay.try(confirmOwnAddress, { token: tokens[1]! })).toMatchObject({
      status: 409,
      code: 'address_taken',
    })
  })

  test('the link can be sent again', async () => {
    const gus = await site.person('Gus', { confirmed: false })
    await gus.call(mailConfirmationLink, {})
    const token = secretIn(await catcher.mailTo(gus.email), '/confirm-address')
    await gus.call(confirmOwnAddress, { token })
    await gus.call(mailConfirmationLink, {})
    expect(catcher.mails.filter((mail) => JSON.stringify(mail.to).includes(gus.email))).toHaveLength(1)
  })

  test('an old link, a link for something else, and half a link are none', async () => {
    const hal = await site.person('Hal', { confirmed: false })
    await hal.call(mailConfirmationLink, {})
    const token = secretIn(await catcher.mailTo(hal.email), '/confirm-address')
    await site.db.rows(sql`update verifications set expires_at = now() where account_id = ${hal.id}`)
    for (const wrong of [token, token.slice(1), `${token}x`, token.toLowerCase()])
      expect(await hal.try(confirmOwnAddress, { token: wrong })).toMatchObject({ status: 410, code: 'link_not_valid' })
  })
})
