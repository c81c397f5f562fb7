import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, policy, testBaseUrl } from '../../../tests/support/site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { until } from '../../../tests/support/until'
import { disableAccount } from '../../identity/accounts/schema'
import { makeResetLink, resetPassword } from '../../identity/passwords/schema'
import { setSitePolicy } from '../../identity/site/schema'
import { removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { saveMailConfigured } from '../../messaging/mails/store'
import { sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../roles/services/schema'
import { createConnection, listConnections, switchConnection } from '../connection-settings/schema'
import { resync } from '../ledger/enqueueing'
import { deleteOldTombstones } from '../ledger/store'
import { createServiceKey } from '../service-keys/schema'
import { type AccountChange, listChanges } from './schema'

const site = sharedSite()
const reason = 'A test.'
const expired = { status: 410, code: 'cursor_expired' }
let operator: Person
let admin: Person
let organizationId: string
let maps: Service
let hub: TokenHolder
let connectionId: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small', limits: [{ name: 'Storage', value: 10, unit: 'GB' }] },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  hub = new TokenHolder(site, (await operator.call(createServiceKey, { key: 'maps', name: 'Hub' })).secret)
  expect(await hub.try(listChanges, {})).toMatchObject({ status: 404, code: 'no_change_feed' })
  ;({ id: connectionId } = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Hub' }))
  await operator.call(switchConnection, { connectionId, enabled: true })
  // The comparison a minute later would find what a signal has missed.
  await site.db.rows(sql`update connections set enabled_at = now() - interval '1 hour'`)
})
beforeEach(async () => {
  maps = (await operator.call(listServices, {})).services[0]!
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
})

const grant = (expiresAt?: string) =>
  Promise.all(
    maps.roles.map((role) =>
      asSeen(operator).call(grantRole, {
        organizationId,
        roleId: role.id,
        roleVersion: role.version,
        reason,
        ...(expiresAt && { expiresAt }),
      }),
    ),
  )

/** Every account's newest state, from the beginning of the feed. */
async function states(): Promise<Map<string, AccountChange>> {
  const known = new Map<string, AccountChange>()
  for (let after: string | undefined; ; ) {
    const { items, cursor, more } = await hub.call(listChanges, { limit: 3, ...(after && { after }) })
    for (const change of items) known.set(change.accountId, change)
    if (!more) return known
    after = cursor
  }
}
const heldBy = async ({ id }: Person) => (await states()).get(id)?.held
const comesToHold = (person: Person) => until(async () => Boolean(await heldBy(person)))
const loses = (person: Person) => until(async () => (await heldBy(person)) === null)

const signals = async () =>
  (await site.db.only<{ count: number }>(sql`select count(*)::int as count from change_signals`)).count
/** What follows is told apart from what came before. */
const signalsTaken = () => until(async () => (await signals()) === 0)

/** As a start records whether mail can be sent. */
const configureMail = (configured: boolean) => saveMailConfigured(site.db, configured)

describe('the change feed', () => {
  test('has what each person may use, with keys and numbers', async () => {
    await grant()
    await comesToHold(admin)
    expect(await heldBy(admin)).toEqual({
      organizationId,
      access: { key: 'reader', until: null },
      quota: { key: 'small', until: null, limits: [{ key: 'storage', name: 'Storage', value: 10, unit: 'GB' }] },
    })
  })

  test('says that it ended for people with unconfirmed addresses once mail is configured', async () => {
    await grant()
    await comesToHold(admin)
    await signalsTaken()
    await configureMail(true)
    await loses(admin).finally(() => configureMail(false))
    await comesToHold(admin)
  })

  test.each<[string, (member: Person) => Promise<unknown>]>([
    [
      'being removed',
      async (member) => admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) }),
    ],
    ['suspending', () => asSeen(operator).call(suspendOrganization, { organizationId, reason })],
    ['disabling', (member) => operator.call(disableAccount, { accountId: member.id, reason })],
    [
      'revoking',
      async () => {
        const { items } = await operator.call(listRoleAssignments, { organizationId })
        await operator.call(revokeRole, { organizationId, assignmentId: items[0]!.id, reason })
      },
    ],
  ])('says that it ended after %s', async (_, end) => {
    await grant()
    const member = await newMember(site, organizationId, admin)
    await comesToHold(member)
    await signalsTaken()
    await end(member)
    await loses(member)
  })

  test('says that it ended at the end date, which no event announces', async () => {
    await grant(new Date(Date.now() + 5000).toISOString())
    await comesToHold(admin)
    await loses(admin)
  })

  test('begins and ends with a default for everyone', async () => {
    const loner = await site.person()
    const roles = maps.roles.map(({ key, kind, name, limits }) => ({ key, kind, name, limits, default: true }))
    const catalogue = (all: typeof roles) =>
      operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles: all }] })
    await catalogue(roles)
    await comesToHold(loner)
    await catalogue(roles.map((role) => ({ ...role, default: false })))
    await loses(loner)
  })

  test('has a person who moves through states once, with the newest', async () => {
    await grant()
    await comesToHold(admin)
    const before = (await states()).get(admin.id)!.version
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await loses(admin)
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    await comesToHold(admin)
    const { items } = await hub.call(listChanges, { limit: 500 })
    expect(items.filter(({ accountId }) => accountId === admin.id)).toHaveLength(1)
    expect(items.find(({ accountId }) => accountId === admin.id)!.version).toBeGreaterThan(before)
  })

  test('goes on from a cursor, and has nothing new when nothing changed', async () => {
    await grant()
    await comesToHold(admin)
    const { cursor } = await hub.call(listChanges, { limit: 500 })
    expect(await hub.call(listChanges, { after: cursor })).toEqual({ items: [], cursor, more: false })
    await resync(site.db, testBaseUrl, connectionId)
    expect(await hub.call(listChanges, { after: cursor })).toEqual({ items: [], cursor, more: false })
    const member = await newMember(site, organizationId, admin)
    await comesToHold(member)
    expect((await hub.call(listChanges, { after: cursor })).items).toMatchObject([{ accountId: member.id }])
  })

  test('refuses a cursor that has missed something, and one that is none', async () => {
    await grant()
    await comesToHold(admin)
    const { cursor } = await hub.call(listChanges, { limit: 500 })
    const [epoch, version] = cursor.split('.').slice(1).map(Number)
    // From before a restore, and from after one: the restored database knows no such version. And of another connection.
    for (const wrong of [
      `${connectionId}.${epoch! + 1}.${version}.0`,
      `${connectionId}.${epoch}.${version! + 1000}.0`,
      `${operator.id}.${epoch}.${version}.0`,
    ])
      expect(await hub.try(listChanges, { after: wrong })).toMatchObject(expired)
    expect(await hub.try(listChanges, { after: 'x' })).toMatchObject({ status: 400, code: 'invalid_input' })
    await site.db.rows(sql`update connections set oldest_version = 5`)
    expect(await hub.try(listChanges, { after: `${connectionId}.${epoch}.4.0` })).toMatchObject(expired)
    expect(await hub.try(listChanges, { after: `${connectionId}.${epoch}.5.0` })).toMatchObject({ status: 200 })
    await site.db.rows(sql`update connections set oldest_version = 0`)
  })

  test('is read from the beginning page by page, whatever was deleted before', async () => {
    await grant()
    await comesToHold(admin)
    await comesToHold(await newMember(site, organizationId, admin))
    const member = await newMember(site, organizationId, admin)
    await comesToHold(member)
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    await loses(member)
    // Older than a service may be behind: the row of the member, with the highest version, is deleted.
    await site.db.rows(
      sql`update propagations set desired_at = now() - interval '91 days' where account_id = ${member.id}`,
    )
    const { cursor: begun } = await hub.call(listChanges, { limit: 1 })
    await deleteOldTombstones(site.db)
    expect(await hub.try(listChanges, { after: begun })).toMatchObject(expired)
    const known = new Set<string>()
    for (let after: string | undefined; ; ) {
      const { items, cursor, more } = await hub.call(listChanges, { limit: 1, ...(after && { after }) })
      for (const { accountId } of items) known.add(accountId)
      if (!more) break
      after = cursor
    }
    expect([known.has(admin.id), known.has(member.id)]).toEqual([true, false])
    await site.db.rows(sql`update connections set oldest_version = 0`)
  })

  test('says at once that a reset of the password took the terms away', async () => {
    await grant()
    await site.db.rows(sql`update accounts set terms_version = '1', terms_accepted_at = now()`)
    await asSeen(operator).call(setSitePolicy, { ...policy, terms: { version: '1', address: 'https://example.org' } })
    await comesToHold(admin)
    await signalsTaken()
    const { link } = await operator.call(makeResetLink, { accountId: admin.id, email: admin.email, reason })
    await site.anonymous.call(resetPassword, { token: link.split('#')[1]!, password: 'another correct horse' })
    await loses(admin)
    await site.db.rows(sql`update site set terms_version = null, terms_address = null`)
  })

  test('is found by the next comparison, if a signal was lost', async () => {
    await grant()
    const member = await newMember(site, organizationId, admin)
    await comesToHold(member)
    await signalsTaken()
    // As if the process that took the signal had lost it.
    await site.db.rows(sql`alter table events disable trigger events_signal_changes`)
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    await site.db.rows(sql`alter table events enable trigger events_signal_changes`)
    expect(await heldBy(member)).not.toBe(null)
    await site.db.rows(sql`update connections set compared_at = null`)
    await loses(member)
  })

  test('is found a minute after switching on, if an event was being written then', async () => {
    await grant()
    await comesToHold(admin)
    await signalsTaken()
    await site.db.rows(sql`alter table events disable trigger events_signal_changes`)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await site.db.rows(sql`alter table events enable trigger events_signal_changes`)
    await site.db.rows(sql`
      update connections set enabled_at = now() - interval '61 seconds', compared_at = now() - interval '60 seconds'`)
    await loses(admin)
  })
})

test('a connection that is off leaves no signals and keeps no ledger', async () => {
  await signalsTaken()
  await operator.call(switchConnection, { connectionId, enabled: false })
  await grant()
  expect(await signals()).toBe(0)
  await operator.call(switchConnection, { connectionId, enabled: true })
  await comesToHold(admin)
  expect((await operator.call(listConnections, {})).connections).toMatchObject([
    { id: connectionId, enabled: true, pending: 0, elsewhere: false },
  ])
})
