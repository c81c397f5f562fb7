import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { type Catcher, openCatcher } from '../../../tests/support/smtp'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { setS3KeyEnd } from '../../connections/s3-keys/schema'
import { createServiceKey } from '../../connections/service-keys/schema'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { createOrganizationToken, createToken, endToken, renewOrganizationToken } from '../../membership/tokens/schema'
import { type Sql, sql } from '../../platform/db/sql'
import { importCatalogue } from '../../roles/services/schema'
import { listNotifications, setNotificationPreferences } from '../notifications/schema'
import { notificationSentence } from '../notifications/sentence'
import { tellOfExpiries } from './store'
import { ReminderWorker } from './worker'

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

/** Makes a token or key appear as old as that, with its end so far away. */
const age = (table: Sql, id: string, { days = 90, left = 6 } = {}) =>
  site.db.rows(sql`
    update ${table} set expires_at = now() + make_interval(days => ${left}::int),
      created_at = now() + make_interval(days => ${left}::int) - make_interval(days => ${days}::int)
    where id = ${id}`)
const tokens = sql`tokens`
const scopes = ['read:entitlements']
const reminders = async (person: Person) =>
  (await person.call(listNotifications, { limit: 50 })).items.filter(({ kind }) => kind.endsWith('_expiring'))
const sentences = async (person: Person) =>
  (await reminders(person)).map((item) => notificationSentence(item, { timeZone: 'UTC' }).sentence)
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const tell = () => tellOfExpiries(site.db)

describe('a week before it expires', () => {
  test('the holder of a personal token is reminded once, also by mail', async () => {
    const person = await site.person('Ana')
    const { id } = await person.call(createToken, { name: 'Nightly report', scopes })
    await tell()
    expect(await sentences(person)).toEqual([])
    await age(tokens, id)
    await tell()
    await tell()
    expect(await sentences(person)).toEqual([expect.stringMatching(/^Your token Nightly report expires on \d/)])
    const mail = await catcher.mailTo(person.email)
    expect(mail.subject).toMatch(/^Your token Nightly report expires on /)
  })

  test('by the server itself', async () => {
    const person = await site.person('Ana')
    const { id } = await person.call(createToken, { name: 'Nightly report', scopes })
    await age(tokens, id)
    let told = 0
    const worker = new ReminderWorker(site.db, { error: () => expect.unreachable() }, () => {
      told++
    })
    worker.start()
    await until(async () => (await reminders(person)).length > 0)
    await worker.stop()
    expect(told).toBeGreaterThan(0)
  })

  test('the admins are reminded of a token of the organization, and of the one that replaced it', async () => {
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const member = await newMember(site, organizationId, admin)
    const { id } = await admin.call(createOrganizationToken, { organizationId, name: 'Sync', scopes: ['read:events'] })
    await age(tokens, id)
    await tell()
    const told = expect.stringMatching(/^The token Sync of Coral Watch expires on \d/)
    for (const person of [admin, second]) expect(await sentences(person)).toEqual([told])
    expect(await sentences(member)).toEqual([])
    const renewed = await second.call(renewOrganizationToken, { organizationId, tokenId: id })
    await tell()
    expect(await sentences(admin)).toEqual([told])
    await age(tokens, renewed.id)
    await tell()
    expect(await sentences(admin)).toEqual([told, told])
  })

  test('operators are reminded of a service key, unless its service was retired', async () => {
    const key = 'maps'
    await operator.call(importCatalogue, { services: [{ key, name: 'Maps', roles: [] }] })
    const made = () => operator.call(createServiceKey, { key, name: 'Front end' })
    const [first, second] = [await made(), await made()]
    await age(sql`service_keys`, first.id)
    await tell()
    await tell()
    expect(await sentences(operator)).toEqual([
      expect.stringMatching(/^The key Front end of the service maps expires on \d/),
    ])
    const [item] = await reminders(operator)
    expect(item).toMatchObject({ organization: null, program: { name: 'Front end', service: key } })
    expect(notificationSentence(item!).path).toBe('/operator/services/maps/keys')
    await site.db.rows(sql`update services set retired_at = now() where key = ${key}`)
    await age(sql`service_keys`, second.id)
    await tell()
    expect(await sentences(operator)).toHaveLength(1)
  })

  test('a person is reminded of an S3 key once more after its end was moved, unless they moved it into this week', async () => {
    const key = 'store'
    const member = await site.person('Ana')
    await operator.call(importCatalogue, { services: [{ key, name: 'Object store', roles: [], s3Keys: 2 }] })
    const { id: keyId } = await site.db.only<{ id: string }>(sql`
      with made as (
        insert into s3_keys (id, service_id, account_id, name, access_key, secret_sealed)
        select gen_random_uuid(), id, ${member.id}, 'Laptop', 'ABCDEFGHIJKLMNOPQRST', 'sealed' from services where key = ${key} returning id
      ), told as (
        insert into events (kind, actor_id, subject_id, details)
        select 's3_key_created', ${member.id}, ${member.id}, jsonb_build_object('keyId', id) from made
      ) select id from made`)
    await age(sql`s3_keys`, keyId)
    await tell()
    await tell()
    const told = expect.stringMatching(/^Your S3 key Laptop of \S+ expires on \d/)
    expect(await sentences(member)).toEqual([told])
    const [item] = await reminders(member)
    expect(item).toMatchObject({ organization: null, program: { name: 'Laptop', service: key } })
    expect(notificationSentence(item!).path).toBe('/s3-keys')
    await member.call(setS3KeyEnd, { keyId, expiresAt: inDays(60) })
    await age(sql`s3_keys`, keyId)
    await tell()
    expect(await sentences(member)).toEqual([told, told])
    await member.call(setS3KeyEnd, { keyId, expiresAt: inDays(3) })
    await tell()
    expect(await sentences(member)).toHaveLength(2)
  })

  test.each([
    ['expires later', { left: 8 }],
    ['was made for a week', { days: 7 }],
    ['has expired', { left: -1 }],
  ])('no one is reminded of what %s', async (_, when) => {
    const person = await site.person()
    const { id } = await person.call(createToken, { name: 'Short', scopes })
    await age(tokens, id, when)
    await tell()
    expect(await sentences(person)).toEqual([])
  })

  test('no one is reminded of what was ended, or by mail if they prefer so', async () => {
    const person = await site.person('Carla')
    const chosen = { organization: true, members: true, roles: true, programs: false }
    await person.call(setNotificationPreferences, chosen)
    const [ended, other] = [
      await person.call(createToken, { name: 'Ended', scopes }),
      await person.call(createToken, { name: 'Other', scopes }),
    ]
    for (const { id } of [ended, other]) await age(tokens, id)
    await person.call(endToken, { tokenId: ended.id })
    await tell()
    expect((await reminders(person)).map(({ program }) => program?.name)).toEqual(['Other'])
    expect(await site.db.rows(sql`select id from mails where address = ${person.email}`)).toEqual([])
  })
})

test('a notification names the token with which it was done', async () => {
  const made = await admin.call(createOrganizationToken, {
    organizationId,
    name: 'Sync',
    scopes: ['write:invitations'],
  })
  const program = new TokenHolder(site, made.token)
  const { code } = await program.call(createInvitation, { organizationId, needsApproval: true })
  const person = await site.person('Wendy')
  await person.call(acceptInvitation, { code })
  const [waiting] = (await admin.call(listNotifications, {})).items
  // Wendy did that herself.
  expect(waiting).toMatchObject({ kind: 'acceptance_awaiting_approval', token: null })
  const { id } = await site.db.only<{ id: string }>(sql`select id from acceptances where account_id = ${person.id}`)
  const path = `/api/organizations/${organizationId}/acceptances/${id}/approve`
  await program.raw('POST', path, JSON.stringify({ email: person.email }))
  const [approved] = (await person.call(listNotifications, {})).items
  expect(approved).toMatchObject({ kind: 'acceptance_approved', token: { name: 'Sync' } })
  await until(async () => catcher.mails.some(({ text }) => text?.includes('This was done with the token Sync.')))
})
