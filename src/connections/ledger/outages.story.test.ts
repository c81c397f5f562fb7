import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hookedService } from '../../../tests/support/hooked-service'
import { acceptedOrganization, newMember } from '../../../tests/support/organizations'
import { type Message, openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { deleteConnection, switchConnection } from '../connection-settings/schema'
import { createWebhook, setWebhookAddress } from '../webhooks/schema'

// What a service hears that was away, or that another connection reached before.

/** So long that a second pause, or the last wait after failures, would be seen. */
const tooLong = 3600
const site = sharedSite({ outboundAllow: [receiverAddress], schedule: [0.01, 0.01, tooLong], pause: tooLong })
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
type Hub = Awaited<ReturnType<typeof hooked>>

const refuse = (status: number, people?: Person[]) => {
  receiver.answer = (response, { body: { data } }) =>
    response.writeHead(!people || people.some(({ id }) => id === data.accountId) ? status : 204).end()
}
const accept = () => {
  receiver.answer = (response) => response.writeHead(204).end()
}
const countRows = async ({ connectionId }: Hub, what = sql`true`) =>
  (
    await site.db.only<{ rows: number }>(
      sql`select count(*)::int as rows from propagations where connection_id = ${connectionId} and ${what}`,
    )
  ).rows
/** Once nothing is in progress that could fail and begin another pause. */
async function endPause(hub: Hub): Promise<void> {
  await until(async () => (await countRows(hub, sql`claim is not null`)) === 0)
  await site.db.rows(sql`update connections set paused_until = null where id = ${hub.connectionId}`)
}
/** Several members of its organization, of whom the service knows. */
async function known(hub: Hub, many: number): Promise<Person[]> {
  const people: Person[] = []
  for (let number = 0; number < many; number++) people.push(await newMember(site, hub.organizationId, hub.admin))
  for (const person of [hub.admin, ...people]) await hub.isApplied(person)
  return people
}
/** The service refuses everything, and the connection pauses because of an end that waits for long now. */
async function fails(hub: Hub, person: Person): Promise<void> {
  refuse(401)
  await hub.remove(person)
  await until(async () => (await hub.state()).pausedUntil !== null)
  for (const _ of [1, 2]) {
    const { attempts } = (await hub.row(person))!
    await endPause(hub)
    await until(async () => (await hub.row(person))!.attempts > attempts)
  }
}

describe('once the pause of a connection is over, its service hears of an end', () => {
  test('although rows have changed that need nothing now', async () => {
    const hub = await hooked()
    const other = await acceptedOrganization(site)
    await hub.grantTo(other.id)
    for (let number = 0; number < 9; number++) await newMember(site, other.id, other.admin)
    const [broken, leaver] = await known(hub, 2)
    await until(async () => (await countRows(hub, sql`applied is not null`)) === 13)
    await fails(hub, broken!)
    await asSeen(operator).call(suspendOrganization, { organizationId: other.id, reason: 'A test.' })
    await until(async () => (await countRows(hub, sql`desired is null`)) === 11)
    await asSeen(operator).call(reinstateOrganization, { organizationId: other.id, reason: 'A test.' })
    await until(async () => (await countRows(hub, sql`desired is null`)) === 1)
    const visitor = await newMember(site, hub.organizationId, hub.admin)
    await until(async () => hub.row(visitor))
    await hub.remove(visitor)
    await hub.remove(leaver!)
    accept()
    await endPause(hub)
    await until(async () => hub.told(leaver!).includes('access.ended'))
    await until(async () => (await hub.row(broken!))!.proved)
    await until(async () => (await countRows(hub, sql`next_attempt_at <= now()`)) === 0)
  })

  test('although only rows were due that need nothing', async () => {
    const hub = await hooked()
    const [leaver] = await known(hub, 1)
    // As when its service could not be listed again and again.
    await site.db.rows(
      sql`update connections set failures = 5, paused_until = now() + interval '1 hour' where id = ${hub.connectionId}`,
    )
    await site.db.rows(sql`update propagations set next_attempt_at = now() where connection_id = ${hub.connectionId}`)
    await endPause(hub)
    await until(async () => (await countRows(hub, sql`next_attempt_at <= now()`)) === 0)
    await hub.remove(leaver!)
    await until(async () => hub.told(leaver!).includes('access.ended'))
  })

  test('although all that is left waits for long after failures', async () => {
    const hub = await hooked()
    const [broken] = await known(hub, 1)
    await fails(hub, broken!)
    accept()
    await endPause(hub)
    await until(async () => (await hub.row(broken!))!.proved)
  })

  test('before the accounts that it refuses are tried again', async () => {
    const hub = await hooked()
    const people = await known(hub, 6)
    const refused = people.slice(0, 5)
    refuse(500, refused)
    for (const person of refused) await hub.remove(person)
    // It pauses once each of them was refused.
    await until(async () => (await hub.state()).pausedUntil !== null)
    await hub.remove(people[5]!)
    await until(async () => (await countRows(hub, sql`desired is null`)) === 6)
    await endPause(hub)
    await until(async () => hub.told(people[5]!).includes('access.ended'))
  })
})

test('an end that fails at the former address while it is corrected goes to the corrected one', async () => {
  const hub = await hooked()
  const [member] = await known(hub, 1)
  const held: (() => void)[] = []
  refuse(500)
  await hub.remove(member!)
  await until(async () => (await hub.row(member!))!.attempts === 3)
  receiver.answer = (response) => held.push(() => response.writeHead(500).end())
  await site.db.rows(sql`
    update propagations set next_attempt_at = now() where connection_id = ${hub.connectionId} and account_id = ${member!.id}`)
  await until(async () => held.length > 0)
  const corrected = await openReceiver()
  await operator.call(setWebhookAddress, { connectionId: hub.connectionId, url: corrected.url })
  held[0]!()
  await until(async () => corrected.messages.some(({ body }) => body.data.accountId === member!.id))
  await until(async () => (await hub.row(member!))!.proved)
  await corrected.close()
})

test('a grant that was being told when its connection was deleted is taken back by the next one', async () => {
  const hub = await hooked()
  await hub.isApplied(hub.admin)
  const held: (() => void)[] = []
  receiver.answer = (response) => held.push(() => response.writeHead(204).end())
  const member = await newMember(site, hub.organizationId, hub.admin)
  await until(async () => held.length > 0)
  accept()
  await operator.call(deleteConnection, { connectionId: hub.connectionId, revoke: false })
  await hub.remove(member)
  const { id } = await operator.call(createWebhook, { service: hub.key, name: 'Again', url: receiver.url })
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  await until(async () => hub.told(member).at(-1) === 'access.ended')
  held[0]!()
})

test('a webhook that moves to where a later one was is believed there, and ends what that one left', async () => {
  const believed = new Map<string, Message['body']['data']>()
  const target = await openReceiver()
  target.answer = (response, { body: { data } }) => {
    const { epoch = 0, version = 0 } = believed.get(data.accountId!) ?? {}
    if (data.epoch! > epoch || (data.epoch === epoch && data.version! > version)) believed.set(data.accountId!, data)
    response.writeHead(204).end()
  }
  const hub = await hooked()
  const [member, left] = await known(hub, 2)
  const second = await operator.call(createWebhook, { service: hub.key, name: 'Second', url: target.url })
  await operator.call(switchConnection, { connectionId: second.id, enabled: true })
  await until(async () => believed.get(left!.id)?.held && believed.get(member!.id)?.held)
  await operator.call(deleteConnection, { connectionId: second.id, revoke: false })
  await hub.remove(left!)
  await until(async () => (await hub.row(left!))!.proved)
  await operator.call(setWebhookAddress, { connectionId: hub.connectionId, url: target.url })
  await until(async () => believed.get(left!.id)!.held === null)
  await hub.remove(member!)
  await until(async () => believed.get(member!.id)!.held === null)
  await until(async () => believed.get(hub.admin.id)!.epoch === 3)
  await target.close()
})

test('a service has one webhook for an address', async () => {
  const hub = await hooked()
  const webhook = { service: hub.key, name: 'Again', url: receiver.url }
  for (const url of [receiver.url, `${receiver.url}#twin`])
    expect(await operator.try(createWebhook, { ...webhook, url })).toMatchObject({
      status: 409,
      code: 'webhook_exists',
    })
  const { id } = await operator.call(createWebhook, { ...webhook, url: `${receiver.url}/other` })
  const moved = await operator.try(setWebhookAddress, { connectionId: id, url: receiver.url })
  expect(moved).toMatchObject({ status: 409, code: 'webhook_exists' })
})
