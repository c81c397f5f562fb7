import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hookedService } from '../../../tests/support/hooked-service'
import { newMember } from '../../../tests/support/organizations'
import { openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { watchedPool } from '../../../tests/support/watched-pool'
import { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { deleteConnection, resyncConnection } from '../connection-settings/schema'
import { getAccessEnd } from '../delivery-status/schema'

// What happens after the transaction of a comparison has begun, and before it has its lock.

let beforeLock: (() => Promise<unknown>) | undefined

const site = sharedSite({
  outboundAllow: [receiverAddress],
  database: ({ pool, kind }) => {
    const query: Parameters<typeof watchedPool>[1]['query'] = async (text, run) => {
      const happen = text.includes('and id = $2 order by id for no key update') ? beforeLock : undefined
      if (happen) beforeLock = undefined
      await happen?.()
      return run()
    }
    return new Database(watchedPool(pool, { query }), kind)
  },
})
let operator: Person
let receiver: Receiver

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  receiver = await openReceiver()
})
beforeEach(() => site.db.rows(sql`update connections set enabled = false`))
afterAll(() => receiver.close())

const hooked = () => hookedService(site, operator, receiver)

test('a connection is deleted soon, although a comparison had just begun', async () => {
  const hub = await hooked()
  await hub.isApplied(hub.admin)
  const { connectionId } = hub
  const held: (() => void)[] = []
  receiver.answer = (response) => held.push(() => response.writeHead(204).end())
  beforeLock = async () => {
    await operator.call(deleteConnection, { connectionId, revoke: true })
    await until(async () => held.length > 0)
  }
  await operator.call(resyncConnection, { connectionId })
  held[0]!()
  receiver.answer = (response) => response.writeHead(204).end()
  await until(async () => (await hub.state()) === undefined)
  expect(hub.told(hub.admin).at(-1)).toBe('access.ended')
})

test('admins see an end of access that a comparison finds, which had begun before it', async () => {
  const { admin, organizationId, connectionId, ...hub } = await hooked()
  const member = await newMember(site, organizationId, admin)
  await hub.isApplied(member)
  let membershipId = ''
  beforeLock = async () => {
    membershipId = await hub.remove(member)
  }
  await operator.call(resyncConnection, { connectionId })
  await until(async () => (await hub.row(member))!.proved)
  const { services } = await admin.call(getAccessEnd, { organizationId, membershipId })
  expect(services).toEqual([expect.objectContaining({ confirmedAt: expect.any(String) })])
})
