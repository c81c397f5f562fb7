import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../../tests/support/organizations'
import { openReceiver, type Receiver, receiverAddress } from '../../../tests/support/receiver'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { listEvents } from '../../messaging/events/schema'
import { listNotifications } from '../../messaging/notifications/schema'
import { notificationSentence } from '../../messaging/notifications/sentence'
import { sql } from '../../platform/db/sql'
import { grantRole } from '../../roles/role-assignments/schema'
import { importCatalogue, listServices, type Service } from '../../roles/services/schema'
import { listConnections, switchConnection } from '../connection-settings/schema'
import { createWebhook, listDeliveries, redeliver, rotateWebhookSecret, sendTest, setWebhookAddress } from './schema'

const site = sharedSite({ outboundAllow: [receiverAddress], schedule: [0.01] })
const reason = 'A test.'
let operator: Person
let receiver: Receiver
let number = 0
/** Each test has a service, an organization and a webhook of its own. */
let maps: Service
let organizationId: string
let admin: Person
let connectionId: string
let secret: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})
beforeEach(async () => {
  receiver = await openReceiver()
  await site.db.rows(sql`update connections set enabled = false`)
  const key = `maps-${++number}`
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key, name: 'Maps', roles }] })
  maps = (await operator.call(listServices, {})).services.find((service) => service.key === key)!
  ;({ id: organizationId, admin } = await acceptedOrganization(site))
  ;({ id: connectionId, secret } = await operator.call(createWebhook, { service: key, name: 'Hub', url: receiver.url }))
  await operator.call(switchConnection, { connectionId, enabled: true })
})
afterAll(() => receiver.close())

const grant = () =>
  Promise.all(maps.roles.map((role) => asSeen(operator).call(grantRole, { organizationId, roleId: role.id, reason })))
const about = ({ id }: Person) => receiver.messages.filter(({ body }) => body.data.accountId === id)
const remove = async (member: Person) =>
  admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
const state = async () => (await operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!
/** All who may use the service, of whom there is at least one, have been told of. */
const settled = () =>
  until(async () => {
    const { held, pending } = await state()
    return held > 0 && pending === 0
  })
const verified = ({ text, headers }: Receiver['messages'][number], by = secret) => new Webhook(by).verify(text, headers)

describe('a webhook', () => {
  test('says what a person may use, and that it ended, each signed', async () => {
    await grant()
    await until(async () => about(admin).length === 1)
    const member = await newMember(site, organizationId, admin)
    await until(async () => about(member).length === 1)
    await remove(member)
    await until(async () => about(member).length === 2)
    const [granted, ended] = about(member)
    for (const message of [granted!, ended!]) expect(verified(message)).toEqual(message.body)
    expect(granted!.body).toMatchObject({
      type: 'access.granted',
      data: {
        service: maps.key,
        held: { organizationId, access: { key: 'reader' }, quota: { key: 'small', limits: [] } },
      },
    })
    expect(ended!.body).toMatchObject({ type: 'access.ended', data: { held: null } })
    expect(ended!.body.data.version).toBeGreaterThan(granted!.body.data.version!)
    await settled()
    expect(receiver.messages).toHaveLength(3)
  })

  test('is sent again with the same id until it is accepted, and then no more', async () => {
    let refusals = 3
    receiver.answer = (response) => response.writeHead(refusals-- > 0 ? 500 : 200).end('Try again.')
    await grant()
    await settled()
    const ids = about(admin).map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect(new Set(ids).size).toBe(1)
    const { items } = await operator.call(listDeliveries, { connectionId })
    expect(items.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['applied', 200],
      ['status_not_2xx', 500],
      ['status_not_2xx', 500],
      ['status_not_2xx', 500],
    ])
    const person = { id: admin.id, email: admin.email }
    expect(items[0]).toMatchObject({
      accountId: admin.id,
      person,
      answer: 'Try again.',
      request: { type: 'access.granted' },
    })
    expect(JSON.stringify(items)).not.toContain(secret.slice(8))
  })

  test('that changes while it is being sent is followed by what holds then', async () => {
    await grant()
    await until(async () => about(admin).length === 1)
    let hold: (() => void) | undefined
    receiver.answer = (response) => {
      hold = () => response.writeHead(204).end()
    }
    const member = await newMember(site, organizationId, admin)
    await until(async () => about(member).length === 1)
    await remove(member)
    receiver.answer = (response) => response.writeHead(204).end()
    hold!()
    await until(async () => about(member).length === 2)
    await settled()
    expect(about(member).map(({ body }) => body.type)).toEqual(['access.granted', 'access.ended'])
  })

  describe('that may have applied a grant without confirming it learns of the end', () => {
    const types = (member: Person) => about(member).map(({ body }) => body.type)

    /** A new member, of whom the receiver knows without having answered yet. */
    async function held() {
      let answer: ((how: 'accept' | 'lose') => void) | undefined
      receiver.answer = (response) => {
        answer = (how) => (how === 'accept' ? response.writeHead(204).end() : response.destroy())
        receiver.answer = (following) => following.writeHead(204).end()
      }
      const member = await newMember(site, organizationId, admin)
      await until(async () => answer !== undefined)
      return { member, answer: answer! }
    }

    beforeEach(async () => {
      await grant()
      await settled()
    })

    test('because its answer was lost', async () => {
      const { member, answer } = await held()
      await remove(member)
      answer('lose')
      await until(async () => about(member).length === 2)
      expect(types(member)).toEqual(['access.granted', 'access.ended'])
      await settled()
    })

    test('because the process that told it died', async () => {
      const { member, answer } = await held()
      await remove(member)
      // Its claim expires after the end is in the ledger.
      await until(async () => {
        const expired = await site.db.rows(sql`
          update propagations set claimed_until = now() where account_id = ${member.id} and desired is null returning 1`)
        return expired.length > 0
      })
      await until(async () => about(member).length === 2)
      expect(types(member)).toEqual(['access.granted', 'access.ended'])
      answer('accept')
      await settled()
    })

    test('because an operator delivered it again', async () => {
      const member = await newMember(site, organizationId, admin)
      await until(async () => about(member).length === 1)
      await member.call(leaveOrganization, { organizationId })
      await until(async () => about(member).length === 2)
      await settled()
      await site.db.rows(
        sql`update connections set paused_until = now() + interval '1 hour' where id = ${connectionId}`,
      )
      const { code } = await admin.call(createInvitation, { organizationId })
      await member.call(acceptInvitation, { code })
      await until(async () => (await state()).pending === 1)
      const { items } = await operator.call(listDeliveries, { connectionId })
      const { id: deliveryId } = items.find(({ accountId }) => accountId === member.id)!
      expect(await operator.call(redeliver, { connectionId, deliveryId })).toMatchObject({ outcome: 'applied' })
      await remove(member)
      await site.db.rows(sql`update connections set paused_until = null where id = ${connectionId}`)
      await until(async () => about(member).length === 4)
      expect(types(member)).toEqual(['access.granted', 'access.ended', 'access.granted', 'access.ended'])
      await settled()
    })
  })

  test('that keeps failing pauses, and operators see it once, and once that it works again', async () => {
    receiver.answer = (response) => response.writeHead(503).end()
    await grant()
    for (let count = 0; count < 4; count++) await newMember(site, organizationId, admin)
    await until(async () => (await state()).pausedUntil !== null)
    expect(await state()).toMatchObject({ problem: 'status_not_2xx', failingSince: expect.any(String) })
    receiver.answer = (response) => response.writeHead(204).end()
    await site.db.rows(sql`update connections set paused_until = null where id = ${connectionId}`)
    await settled()
    await until(async () => (await state()).problem === null)
    const { items } = await operator.call(listEvents, { limit: 100 })
    const kinds = items.filter(({ details }) => details.connectionId === connectionId).map(({ kind }) => kind)
    expect(kinds).toEqual([
      'connection_recovered',
      'connection_failing',
      'connection_switched_on',
      'connection_created',
    ])
    const told = (await operator.call(listNotifications, {})).items.filter(({ program }) => program !== null)
    expect(told.map((item) => notificationSentence(item).sentence)).toEqual([
      `The connection Hub to the service ${maps.key} works again.`,
      `The connection Hub to the service ${maps.key} is failing.`,
    ])
  })

  test('that the service refuses pauses at once', async () => {
    receiver.answer = (response) => response.writeHead(401).end()
    await grant()
    await until(async () => (await state()).problem === 'refused_by_service')
    expect(receiver.messages).toHaveLength(1)
    expect((await state()).pausedUntil).not.toBe(null)
  })

  test('is signed with every secret of a day, however often one is replaced', async () => {
    const replaced = async () => (await operator.call(rotateWebhookSecret, { connectionId })).secret
    const [second, third] = await Promise.all([replaced(), replaced()])
    await grant()
    await until(async () => about(admin).length === 1)
    for (const one of [secret, second, third]) expect(() => verified(about(admin)[0]!, one)).not.toThrow()
    await site.db.rows(sql`
      update connections set former_secrets = jsonb_set(former_secrets, '{1,until}', to_jsonb(now())) where id = ${connectionId}`)
    const member = await newMember(site, organizationId, admin)
    await until(async () => about(member).length === 1)
    for (const one of [second, third]) expect(verified(about(member)[0]!, one)).toBeTruthy()
    expect(() => verified(about(member)[0]!, secret)).toThrow()
  })

  test('keeps no former secret whose day is over', async () => {
    for (const _ of '12') await operator.call(rotateWebhookSecret, { connectionId })
    await site.db.rows(sql`
      update connections set former_secrets = jsonb_set(former_secrets, '{0,until}', to_jsonb(now())) where id = ${connectionId}`)
    await operator.call(rotateWebhookSecret, { connectionId })
    const { former } = await site.db.only<{ former: number }>(
      sql`select jsonb_array_length(former_secrets) as former from connections where id = ${connectionId}`,
    )
    expect(former).toBe(2)
  })

  test('is signed with twenty former secrets at most', async () => {
    for (let count = 0; count < 21; count++) await operator.call(rotateWebhookSecret, { connectionId })
    await grant()
    await until(async () => about(admin).length === 1)
    expect(String(about(admin)[0]!.headers['webhook-signature']).split(' ')).toHaveLength(21)
  })

  test('is delivered again by hand, and a test is sent', async () => {
    await grant()
    await settled()
    const [delivery] = (await operator.call(listDeliveries, { connectionId })).items
    expect(await operator.call(redeliver, { connectionId, deliveryId: delivery!.id })).toMatchObject({
      outcome: 'applied',
      status: 204,
    })
    expect(about(admin).map(({ id }) => id)).toEqual([about(admin)[0]!.id, about(admin)[0]!.id])
    expect(await operator.call(sendTest, { connectionId })).toMatchObject({ outcome: 'applied', status: 204 })
    expect(verified(receiver.messages.at(-1)!)).toMatchObject({ type: 'test' })
    const { items } = await operator.call(listDeliveries, { connectionId })
    expect(items[0]).toMatchObject({ accountId: null, person: null })
    const absent = '01890000-0000-7000-8000-000000000000'
    expect(await operator.try(redeliver, { connectionId, deliveryId: absent })).toMatchObject({
      code: 'delivery_not_found',
    })
    expect(await operator.try(sendTest, { connectionId: absent })).toMatchObject({ code: 'connection_not_found' })
  })

  test('goes to no address that is not allowed, and to another one after its address was changed', async () => {
    const port = new URL(receiver.url).port
    await operator.call(setWebhookAddress, { connectionId, url: `http://127.0.0.1:${port}/hook` })
    expect(await operator.call(sendTest, { connectionId })).toMatchObject({
      outcome: 'address_forbidden',
      status: null,
    })
    await operator.call(setWebhookAddress, { connectionId, url: receiver.url })
    expect(await operator.call(sendTest, { connectionId })).toMatchObject({ outcome: 'applied' })
  })

  test('that is switched off is sent nothing', async () => {
    await operator.call(switchConnection, { connectionId, enabled: false })
    await grant()
    await operator.call(sendTest, { connectionId })
    expect(receiver.messages.map(({ body }) => body.type)).toEqual(['test'])
  })
})
