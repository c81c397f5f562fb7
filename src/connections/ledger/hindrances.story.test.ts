import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hookedService } from '../../../tests/support/hooked-service'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { type Message, openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { watchedPool } from '../../../tests/support/watched-pool'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { suspendOrganization } from '../../membership/organizations/schema'
import { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { checkConnection, deleteConnection, resyncConnection, switchConnection } from '../connection-settings/schema'
import { getAccessEnd, listPendingAccess } from '../delivery-status/schema'
import { createWebhook, listDeliveries, redeliver, sendTest, setWebhookAddress } from '../webhooks/schema'
import { saveUnchanged } from './delivery-store'

// What keeps one change from being told keeps no other one, and never makes an end of access look confirmed.

interface Failing {
  /** A part of the statement. */
  text: string
  /** Whether it was committed, and only its answer is lost. Counts for one that returns rows. */
  committed?: true
}

/** For each, the next such statement fails, as when the connection to the database breaks. */
let failing: Failing[] = []
const broken = () => Object.assign(new Error('terminating connection'), { code: '57P01' })

const site = sharedSite({
  ...{ outboundAllow: [receiverAddress], schedule: [0.01, 0.01, 0.01, 0.01, 600], claim: 600 },
  database: ({ pool, kind }) => {
    const query: Parameters<typeof watchedPool>[1]['query'] = async (text, run) => {
      const failure = failing.find((one) => text.includes(one.text))
      const answer = failure?.committed || !failure ? await run() : undefined
      if (!failure || answer?.rows.length === 0) return answer!
      failing = failing.filter((one) => one !== failure)
      throw broken()
    }
    return new Database(watchedPool(pool, { query }), kind)
  },
})
let operator: Person
let receiver: Receiver

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})
beforeEach(async () => {
  await site.db.rows(sql`update connections set enabled = false`)
  receiver = await openReceiver()
})
afterEach(() => receiver.close())

const hooked = () => hookedService(site, operator, receiver)

test('no end of access is lost between two looks at its row', async () => {
  const hub = await hooked()
  const member = await newMember(site, hub.organizationId, hub.admin)
  await hub.isApplied(member)
  const { version } = (await hub.row(member))!
  const claim = '01890000-0000-7000-8000-000000000000'
  // As a worker that has found nothing to tell and is about to release the row.
  await site.db.rows(sql`
    update propagations set claim = ${claim}::uuid, claimed_until = now() + interval '1 hour'
    where connection_id = ${hub.connectionId} and account_id = ${member.id}`)
  await hub.remove(member)
  await until(async () => (await hub.row(member))!.version > version)
  const change = { accountId: member.id, version, at: '', desired: null, known: null, attempts: 0 }
  await saveUnchanged(site.db, hub.connectionId, claim, { ...change, drifted: false, uncertain: false })
  expect(await hub.row(member)).toMatchObject({ proved: false })
  await until(async () => hub.told(member).includes('access.ended'))
  await until(async () => (await hub.row(member))!.proved)
})

const updating = 'and id = $2 order by id for no key update'
test.each<[string, Failing[]]>([
  ['once before the call', [{ text: updating }]],
  ['once after the call', [{ text: 'insert into propagation_attempts' }]],
  ['when it has claimed the row', [{ text: 'uncertain = p.uncertain or p.claim is not null', committed: true }]],
  ['also when the row is given back', [{ text: updating }, { text: 'claimed_until = null, next_attempt_at = now()' }]],
])('if the database fails %s, an end of access does not wait until the claim expires', async (_, failures) => {
  const hub = await hooked()
  const member = await newMember(site, hub.organizationId, hub.admin)
  await hub.isApplied(member)
  failing = failures
  await hub.remove(member)
  await until(async () => hub.told(member).includes('access.ended'))
  await until(async () => (await hub.row(member))!.proved)
  expect(failing).toEqual([])
})

test('a connection whose secret cannot be decrypted fails, says why, and delays no other', async () => {
  const [bad, good] = [await hooked(), await hooked()]
  const [one, other] = [
    await newMember(site, bad.organizationId, bad.admin),
    await newMember(site, good.organizationId, good.admin),
  ]
  await bad.isApplied(one)
  await good.isApplied(other)
  const { sealed } = await site.db.only<{ sealed: string }>(
    sql`select encode(secret_sealed, 'hex') as sealed from connections where id = ${bad.connectionId}`,
  )
  await site.db.rows(sql`
    update connections set secret_sealed = set_byte(secret_sealed, 20, (get_byte(secret_sealed, 20) + 1) % 256) where id = ${bad.connectionId}`)
  await bad.remove(one)
  await good.remove(other)
  await until(async () => good.told(other).includes('access.ended'))
  await until(async () => (await bad.state()).problem === 'secret_unreadable')
  const { connectionId } = bad
  for (const endpoint of [checkConnection, sendTest])
    expect(await operator.call(endpoint, { connectionId })).toMatchObject({ outcome: 'secret_unreadable' })
  await site.db.rows(sql`
    update connections set secret_sealed = decode(${sealed}, 'hex'), paused_until = null where id = ${connectionId}`)
  await site.db.rows(sql`update propagations set next_attempt_at = now() where connection_id = ${connectionId}`)
  await until(async () => bad.told(one).includes('access.ended'))
})

test('services that do not answer keep no other from being told', async () => {
  const silent = await openReceiver()
  const services = []
  for (let place = 0; place < 5; place++) services.push(await hookedService(site, operator, silent))
  const { organizationId, admin } = services[0]!
  for (const { grantTo } of services.slice(1)) await grantTo(organizationId)
  const crowd = [admin]
  for (let place = 1; place < 10; place++) crowd.push(await newMember(site, organizationId, admin))
  for (const { isApplied } of services) for (const person of crowd) await isApplied(person)
  let [open, givenUp] = [0, 0]
  silent.answer = (response) => {
    open++
    response.on('close', () => givenUp++)
  }
  await asSeen(operator).call(suspendOrganization, { organizationId, reason: 'A test.' })
  // Of each service, as many as are told at once.
  await until(async () => open === 50)
  const hub = await hooked()
  const member = await newMember(site, hub.organizationId, hub.admin)
  await hub.isApplied(member)
  await hub.remove(member)
  await until(async () => hub.told(member).includes('access.ended'))
  expect(givenUp).toBe(0)
  await silent.close()
})

test('an account that a service refuses is no reason to tell it of the others later', async () => {
  const hub = await hooked()
  const [refused, other] = [
    await newMember(site, hub.organizationId, hub.admin),
    await newMember(site, hub.organizationId, hub.admin),
  ]
  await hub.isApplied(refused)
  await hub.isApplied(other)
  receiver.answer = (response, { body }) => response.writeHead(body.data.accountId === refused.id ? 500 : 204).end()
  await hub.remove(refused)
  await until(async () => (await hub.row(refused))!.attempts === 5)
  // Operators hear of it, but the connection does not pause.
  expect(await hub.state()).toMatchObject({ problem: 'status_not_2xx', pausedUntil: null })
  const { count } = await site.db.only<{ count: number }>(sql`
    select count(*)::int as count from events where kind = 'connection_failing' and details->>'connectionId' = ${hub.connectionId}`)
  expect(count).toBe(1)
  await hub.remove(other)
  await until(async () => hub.told(other).includes('access.ended'))
})

test('what failed is tried again at once at a new address, and once the service works again', async () => {
  const hub = await hooked()
  const members = []
  for (let count = 0; count < 6; count++) members.push(await newMember(site, hub.organizationId, hub.admin))
  for (const member of members) await hub.isApplied(member)
  const [first, ...others] = members
  receiver.answer = (response) => response.writeHead(500).end()
  await hub.remove(first!)
  await until(async () => (await hub.row(first!))!.attempts === 5)
  const corrected = await openReceiver()
  await operator.call(setWebhookAddress, { connectionId: hub.connectionId, url: corrected.url })
  await until(async () => corrected.messages.some(({ body }) => body.data.accountId === first!.id))
  corrected.answer = (response) => response.writeHead(500).end()
  for (const member of others) await hub.remove(member)
  await until(async () => (await hub.state()).pausedUntil !== null)
  corrected.answer = (response) => response.writeHead(204).end()
  // All wait for ten minutes; one is tried.
  await site.db.rows(sql`
    update propagations set attempts = 5, error = 'status_not_2xx', next_attempt_at = now() + interval '10 minutes'
    where connection_id = ${hub.connectionId} and desired is null and proved_at is null and claim is null`)
  await site.db.rows(sql`
    update propagations set next_attempt_at = now() where connection_id = ${hub.connectionId} and account_id = ${others[0]!.id}`)
  await site.db.rows(sql`update connections set paused_until = null where id = ${hub.connectionId}`)
  for (const member of others) await until(async () => (await hub.row(member))!.proved)
  await corrected.close()
})

describe('a connection that is deleted', () => {
  test('is there until a grant that was on its way is taken back too', async () => {
    const hub = await hooked()
    await hub.isApplied(hub.admin)
    const held: (() => void)[] = []
    receiver.answer = (response) => held.push(() => response.writeHead(204).end())
    const member = await newMember(site, hub.organizationId, hub.admin)
    await until(async () => held.length > 0)
    receiver.answer = (response) => response.writeHead(204).end()
    await operator.call(deleteConnection, { connectionId: hub.connectionId, revoke: true })
    await until(async () => hub.told(hub.admin).at(-1) === 'access.ended')
    await until(async () => (await hub.row(hub.admin))!.proved)
    expect(await hub.state()).toMatchObject({ endingSince: expect.any(String) })
    held[0]!()
    await until(async () => (await hub.state()) === undefined)
    expect(hub.told(member).at(-1)).toBe('access.ended')
  })

  test('and made again is believed by a service that compares epochs and versions', async () => {
    const known = new Map<string, Message['body']['data']>()
    receiver.answer = (response, { body: { data } }) => {
      const before = known.get(data.accountId!)
      const isNewer =
        !before || data.epoch! > before.epoch! || (data.epoch === before.epoch && data.version! > before.version!)
      if (isNewer) known.set(data.accountId!, data)
      response.writeHead(204).end()
    }
    const hub = await hooked()
    const member = await newMember(site, hub.organizationId, hub.admin)
    await hub.isApplied(member)
    // Its versions are higher than any that the next connection has.
    await site.db.rows(sql`update connections set version = version + 1000 where id = ${hub.connectionId}`)
    const late = await newMember(site, hub.organizationId, hub.admin)
    await hub.isApplied(late)
    await operator.call(deleteConnection, { connectionId: hub.connectionId, revoke: false })
    const again = await operator.call(createWebhook, { service: hub.key, name: 'Again', url: receiver.url })
    await operator.call(switchConnection, { connectionId: again.id, enabled: true })
    await until(async () => known.get(late.id)?.epoch === 2)
    await hub.remove(late)
    await until(async () => known.get(late.id)?.held === null)
    await operator.call(deleteConnection, { connectionId: again.id, revoke: false })
    // Of who loses access while there is no connection, the next one tells too.
    await hub.remove(member)
    const last = await operator.call(createWebhook, { service: hub.key, name: 'Last', url: receiver.url })
    await operator.call(switchConnection, { connectionId: last.id, enabled: true })
    await until(async () => known.get(member.id)?.held === null)
    expect(known.get(hub.admin.id)).toMatchObject({ held: expect.any(Object) })
  })
})

test('a connection that is off delivers nothing again, and one of a copy sends nothing at all', async () => {
  const hub = await hooked()
  await hub.isApplied(hub.admin)
  const { connectionId } = hub
  const { items } = await operator.call(listDeliveries, { connectionId })
  const deliveryId = items[0]!.id
  const requests = receiver.messages.length
  await operator.call(switchConnection, { connectionId, enabled: false })
  for (const answer of [
    await operator.try(redeliver, { connectionId, deliveryId }),
    await operator.try(resyncConnection, { connectionId }),
  ])
    expect(answer).toMatchObject({ status: 409, code: 'connection_off' })
  await operator.call(switchConnection, { connectionId, enabled: true })
  await site.db.rows(sql`update connections set bound_to = 'https://copy.example' where id = ${connectionId}`)
  for (const answer of [
    await operator.try(redeliver, { connectionId, deliveryId }),
    await operator.try(resyncConnection, { connectionId }),
    await operator.try(sendTest, { connectionId }),
    await operator.try(checkConnection, { connectionId }),
  ])
    expect(answer).toMatchObject({ status: 409, code: 'connection_elsewhere' })
  expect(receiver.messages).toHaveLength(requests)
})

describe('an end of access that a service has not confirmed is seen by admins', () => {
  const endOf = (hub: Awaited<ReturnType<typeof hooked>>, membershipId: string) =>
    hub.admin.call(getAccessEnd, { organizationId: hub.organizationId, membershipId })
  const open = [expect.objectContaining({ confirmedAt: null })]

  test('after the member has gone on to another organization, and whenever they look', async () => {
    const hub = await hooked()
    const other = await acceptedOrganization(site)
    await hub.grantTo(other.id)
    const member = await newMember(site, hub.organizationId, hub.admin)
    await hub.isApplied(member)
    receiver.answer = (response) => response.writeHead(500).end()
    const membershipId = await hub.remove(member)
    const { code } = await other.admin.call(createInvitation, { organizationId: other.id })
    await member.call(acceptInvitation, { code })
    await until(async () => (await hub.row(member))!.attempts > 0)
    expect((await endOf(hub, membershipId)).services).toEqual(open)
    const { ends } = await hub.admin.call(listPendingAccess, { organizationId: hub.organizationId })
    expect(ends).toEqual([{ membershipId, person: expect.objectContaining({ id: member.id }) }])
    receiver.answer = (response) => response.writeHead(204).end()
    await site.db.rows(sql`update propagations set next_attempt_at = now() where connection_id = ${hub.connectionId}`)
    await until(
      async () => (await hub.admin.call(listPendingAccess, { organizationId: hub.organizationId })).ends.length === 0,
    )
  })

  test('while the connection is off', async () => {
    const hub = await hooked()
    const member = await newMember(site, hub.organizationId, hub.admin)
    await hub.isApplied(member)
    await operator.call(switchConnection, { connectionId: hub.connectionId, enabled: false })
    const membershipId = await hub.remove(member)
    expect((await endOf(hub, membershipId)).services).toEqual(open)
  })
})
