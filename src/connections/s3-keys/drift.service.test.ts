import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { clockShiftedBy } from '../../../tests/support/clock'
import { gatewayHost, type ObjectStore, objectStore } from '../../../tests/support/object-store'
import { membershipOf, newMember } from '../../../tests/support/organizations'
import { program } from '../../../tests/support/program'
import { askS3, realGateway, succeeding } from '../../../tests/support/s3'
import { startServer } from '../../../tests/support/server'
import { sharedSite } from '../../../tests/support/shared-site'
import { testBaseUrl, testSecret } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { removeMember } from '../../membership/memberships/schema'
import { sql } from '../../platform/db/sql'
import { seal } from '../../platform/sealing'
import { resyncConnection } from '../connection-settings/schema'
import { listLedgerRows, observeConnection } from '../ledger-rows/schema'
import { newAccessKey, newS3Secret } from './drawing'

// What people change at the gateway by hand. PEOPLE=1000 is the long form.

// People and keys are inserted by SQL, because it takes many: without their events.
const site = sharedSite({ outboundAllow: [gatewayHost], schedule: [0.05] }, { unchecked: true })
const people = process.env.PEOPLE ? Number(process.env.PEOPLE) : 60
const planted = Math.max(10, Math.floor(people / 20))
let store: ObjectStore

beforeEach(async () => {
  await site.db.rows(sql`update connections set enabled = false`)
  store = await objectStore(site)
})
afterEach(() => store.proxy.close())

interface Holder {
  accountId: string
  uid: string
  accessKey: string
  secretKey: string
}

/** Members with a key each, which the gateway has. */
async function holders(count: number): Promise<Holder[]> {
  // In portions, each of which is waited for.
  if (count > 200) return [...(await holders(200)), ...(await holders(count - 200))]
  const keys = Array.from({ length: count }, () => {
    const [id, secret] = [randomUUID(), newS3Secret()]
    const [accessKey, sealed] = [newAccessKey(), seal(secret, id, site.keys.connectionSealing).toString('base64')]
    return { id, accountId: randomUUID(), membershipId: randomUUID(), accessKey, secret, sealed }
  })
  const rows = sql`jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (id uuid, "accountId" uuid, "membershipId" uuid, "accessKey" text, sealed text)`
  await site.db.rows(sql`
    insert into accounts (id, email, first_name, last_name, country, email_verified)
    select k."accountId", k."accountId" || '@example.org', 'Person', 'Cruz', 'PH', true from ${rows}`)
  await site.db.rows(sql`update organizations set member_limit = 100000 where id = ${store.organizationId}`)
  await site.db.rows(sql`
    insert into memberships (id, account_id, organization_id) select k."membershipId", k."accountId", ${store.organizationId} from ${rows}`)
  await site.db.rows(sql`
    insert into s3_keys (id, service_id, account_id, membership_id, name, access_key, secret_sealed)
    select k.id, s.id, k."accountId", k."membershipId", 'Key', k."accessKey", decode(k.sealed, 'base64') from ${rows}, services s where s.key = ${store.key}`)
  await store.operator.call(resyncConnection, { connectionId: store.connectionId })
  await store.settled()
  return keys.map(({ accountId, membershipId, accessKey, secret }) => {
    return { accountId, uid: `guildhall-${membershipId}`, accessKey, secretKey: secret }
  })
}

const plantings: Record<string, (holder: Holder) => Promise<unknown>> = {
  key_missing: ({ uid, accessKey }) => succeeding(realGateway().removeKey(uid, accessKey)),
  secret_differs: ({ uid, accessKey }) =>
    succeeding(realGateway().addKey(uid, { accessKey, secretKey: newS3Secret() })),
  quota_differs: ({ uid }) => succeeding(realGateway().setQuota(uid, { bytes: null, objects: null })),
  suspended: ({ uid }) => succeeding(realGateway().setSuspended(uid, true)),
}

/** Looks at everything now, and waits until that is done. */
async function observeAll() {
  const { now } = await site.db.only<{ now: string }>(sql`select to_json(now()) as now`)
  await store.operator.call(observeConnection, { connectionId: store.connectionId })
  await until(async () => {
    const { listed, left } = await site.db.only<{ listed: boolean; left: number }>(sql`
      select coalesce(c.listed_at > ${now}::timestamptz, false) as listed,
        (select count(*) from propagations p where p.connection_id = c.id and coalesce(p.observed_at < ${now}::timestamptz, true))::int as left
      from connections c where c.id = ${store.connectionId}`)
    return listed && left === 0
  })
  return now
}

const driftOf = (since: string) =>
  site.db.rows<{ accountId: string; codes: string }>(sql`
    select account_id as "accountId", answer as codes from propagation_attempts
    where connection_id = ${store.connectionId} and outcome = 'drifted' and at >= ${since}::timestamptz`)

test(`${planted} changes by hand among ${people} people are found in one cycle, and put right; strangers stay`, async () => {
  const all = await holders(people)
  const kinds = Object.keys(plantings)
  const changed = all.slice(0, planted)
  for (const [index, holder] of changed.entries()) await plantings[kinds[index % kinds.length]!]!(holder)
  const strangers = [`stranger-${randomUUID()}`, `guildhall-${randomUUID()}`]
  for (const uid of strangers) await succeeding(realGateway().createUser({ uid, displayName: 'By hand' }))
  const added = { accessKey: newAccessKey(), secretKey: newS3Secret() }
  const last = all.at(-1)!
  await succeeding(realGateway().addKey(last.uid, added))

  const began = performance.now()
  const since = await observeAll()
  await until(async () => (await store.state()).pending + (await store.state()).failed === 0)
  console.log(`${people} people looked at, ${planted} put right: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  const found = await driftOf(since)
  expect(new Set(found.map(({ accountId }) => accountId))).toEqual(new Set(changed.map(({ accountId }) => accountId)))
  for (const [index, holder] of changed.entries())
    expect(found.find(({ accountId }) => accountId === holder.accountId)?.codes).toBe(kinds[index % kinds.length])
  for (const holder of changed) {
    await until(async () => (await askS3('GET', '/', holder)) === 200)
    const { quota } = await succeeding(realGateway().findUser(holder.uid))
    expect(quota).toEqual({ bytes: 2_000_000_000, objects: 1000 })
  }
  const { strangers: reported, drifted } = await store.state()
  expect(reported!.count).toBeGreaterThanOrEqual(2)
  for (const uid of strangers)
    expect(await succeeding(realGateway().findUser(uid))).toMatchObject({ displayName: 'By hand' })
  // The key that was added by hand is reported at its user, and left alone.
  expect(drifted).toBe(1)
  const { items } = await store.operator.call(listLedgerRows, { connectionId: store.connectionId, state: 'drifted' })
  expect(items).toMatchObject([{ id: last.accountId, drift: ['unknown_key'] }])
  expect(await askS3('GET', '/', added)).toBe(200)
})

describe('of a person who was removed', () => {
  test('a user who is switched on by hand is switched off again', async () => {
    const member = await newMember(site, store.organizationId, store.admin)
    const key = await store.newKey(member)
    await until(async () => (await askS3('GET', '/', key)) === 200)
    const uid = await store.uidOf(member)
    const membershipId = await membershipOf(member)
    await store.admin.call(removeMember, { organizationId: store.organizationId, membershipId })
    await store.settled()
    await succeeding(realGateway().setSuspended(uid, false))
    await succeeding(realGateway().addKey(uid, key))
    expect(await askS3('GET', '/', key)).toBe(200)
    await observeAll()
    await until(async () => (await askS3('GET', '/', key)) !== 200)
    await until(async () => (await succeeding(realGateway().findUser(uid))).suspended)
  })
})

test('because a gateway suddenly lists nothing, or answers with a page, no access is removed', async () => {
  const [holder] = await holders(3)
  for (const body of ['{"keys":[],"truncated":"false"}', '<!doctype html><title>Sign in</title>']) {
    const [{ listed }] = (await site.db.rows<{ listed: string }>(sql`
      update connections set listed_at = '2000-01-01' where id = ${store.connectionId} returning to_json(listed_at) as listed`)) as [
      { listed: string },
    ]
    store.proxy.seen.length = 0
    store.proxy.answer = ({ path }) => (path.endsWith('/metadata/user') ? { status: 200, body } : undefined)
    expect(listed).toBeDefined()
    await until(async () => store.proxy.seen.some(({ path }) => path.endsWith('/metadata/user')))
    await until(async () => (await store.state()).pending === 0)
    expect(await askS3('GET', '/', holder!)).toBe(200)
    expect(await store.state()).toMatchObject({ held: 3 })
    await site.db.rows(sql`update connections set listing_claimed_until = null where id = ${store.connectionId}`)
  }
})

const half = JSON.stringify({ user_id: 'someone', display_name: 'Guildhall', suspended: 0, keys: [] }).slice(0, 40)
test.each([
  ['a page with 200', 200, '<!doctype html><title>Sign in</title>', 'unexpected_answer'],
  ['an error with 200', 200, '{"Code":"UnknownError"}', 'unexpected_answer'],
  ['half a document', 200, half, 'unexpected_answer'],
  ['10 MB', 200, JSON.stringify({ user_id: 'x'.repeat(10_000_000) }), 'unexpected_answer'],
])(
  'a gateway that answers %s is not believed: access ends once it answers as it should',
  async (_, status, body, code) => {
    const member = await newMember(site, store.organizationId, store.admin)
    const key = await store.newKey(member)
    await until(async () => (await askS3('GET', '/', key)) === 200)
    store.proxy.answer = () => ({ status, body })
    const membershipId = await membershipOf(member)
    await store.admin.call(removeMember, { organizationId: store.organizationId, membershipId })
    await until(async () => (await store.state()).problem === code)
    expect(await askS3('GET', '/', key)).toBe(200)
    store.proxy.answer = () => undefined
    await site.db.rows(sql`update connections set paused_until = null`)
    await until(async () => (await askS3('GET', '/', key)) !== 200)
  },
)

test('a server whose clock is an hour off takes nothing back, and operators see why: access ends once it is right', async () => {
  const member = await newMember(site, store.organizationId, store.admin)
  const key = await store.newKey(member)
  await until(async () => (await askS3('GET', '/', key)) === 200)
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-clock-'))
  const { name } = await site.db.only<{ name: string }>(sql`select current_database() as name`)
  // Another server on the same database, which alone works for this connection.
  const elsewhere = 'http://clock.test'
  const server = await startServer(['--require', clockShiftedBy(1, folder), ...(await program())], {
    ...{ DATABASE_URL: inject('postgres') + name, GUILDHALL_SECRET: testSecret },
    ...{ BASE_URL: elsewhere, OUTBOUND_ALLOW: gatewayHost },
  })
  const bind = (to: string) =>
    site.db.rows(sql`update connections set bound_to = ${to}, paused_until = null where id = ${store.connectionId}`)
  await site.db.rows(
    sql`update connections set paused_until = now() + interval '1 hour' where id = ${store.connectionId}`,
  )
  const membershipId = await membershipOf(member)
  await store.admin.call(removeMember, { organizationId: store.organizationId, membershipId })
  await until(async () => (await store.state()).pending === 1)
  await bind(elsewhere)
  await until(async () => (await store.state()).problem === 'clock_differs')
  await server.stop()
  expect(await askS3('GET', '/', key)).toBe(200)
  await bind(testBaseUrl)
  await until(async () => (await askS3('GET', '/', key)) !== 200)
  rmSync(folder, { recursive: true })
})
