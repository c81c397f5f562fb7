import { beforeAll, expect, test } from 'vitest'
import { acceptedOrganization, membershipOf, newMember } from '../../tests/support/organizations'
import { openReceiver, receiverAddress } from '../../tests/support/receiver'
import { asSeen } from '../../tests/support/seen'
import { sharedSite } from '../../tests/support/shared-site'
import { configFor, type Person, testBaseUrl } from '../../tests/support/site'
import { until } from '../../tests/support/until'
import { createConnection, switchConnection } from '../connections/connection-settings/schema'
import { createWebhook } from '../connections/webhooks/schema'
import { removeMember } from '../membership/memberships/schema'
import { sql } from '../platform/db/sql'
import { grantRole } from '../roles/role-assignments/schema'
import { importCatalogue, listServices } from '../roles/services/schema'
import { connectionLines, restoredConnections, resyncConnections, tryConnection } from './connections'

const site = sharedSite({ outboundAllow: [receiverAddress] })
const config = configFor()
let operator: Person
let connectionId: string

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
})

async function compare(only?: string): Promise<string[]> {
  const lines: string[] = []
  await resyncConnections(site.db, config, only, undefined, (line) => lines.push(line))
  return lines
}

test('without connections, it says so', async () => {
  expect(await connectionLines(site.db, config)).toEqual(['There are no connections.'])
  expect(await compare()).toEqual(['No connection is on.'])
})

test('lists each connection with its state, and compares those that are on', async () => {
  ;({ id: connectionId } = await operator.call(createConnection, { service: 'maps', kind: 'pull', name: 'Hub' }))
  expect(await connectionLines(site.db, config)).toEqual([`${connectionId}  maps  pull  off  0 accounts  Hub`])
  await operator.call(switchConnection, { connectionId, enabled: true })
  const { id: organizationId, admin } = await acceptedOrganization(site)
  for (const { id: roleId } of (await operator.call(listServices, {})).services[0]!.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  const line = `${connectionId}  maps  pull  on  1 account  Hub`
  await until(async () => (await connectionLines(site.db, config))[0] === line)
  expect(await compare()).toEqual(['1 of 1  maps  Hub: nothing differed'])
  const member = await newMember(site, organizationId, admin)
  await until(async () => (await connectionLines(site.db, config))[0]!.includes('2 accounts'))
  await site.db.rows(sql`alter table events disable trigger events_signal_changes`)
  await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
  await site.db.rows(sql`alter table events enable trigger events_signal_changes`)
  expect(await compare(connectionId)).toEqual(['1 of 1  maps  Hub: 1 account differed'])
  const copy = { ...config, baseUrl: `${testBaseUrl}.copy` }
  expect((await connectionLines(site.db, copy))[0]).toContain('belongs to another site')
})

test('losses are confirmed for one connection, since each withholds its own', async () => {
  await expect(resyncConnections(site.db, config, undefined, 25, () => {})).rejects.toThrow('Name the connection')
})

test('after a restore everything is applied again, once the connections are on again', async () => {
  const receiver = await openReceiver()
  const { id } = await operator.call(createWebhook, { service: 'maps', name: 'Restored', url: receiver.url })
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  await until(async () => receiver.messages.length > 0)
  const first = receiver.messages[0]!.body.data
  await until(async () => (await connectionLines(site.db, config)).every((line) => !line.includes('pending')))
  const lines = await restoredConnections(site.db)
  expect(lines).toContainEqual(expect.stringMatching(/^maps {2}\d+ accounts? {2}off {2}Restored$/))
  receiver.messages.length = 0
  await operator.call(switchConnection, { connectionId: id, enabled: true })
  await until(async () => receiver.messages.some(({ body }) => body.data.accountId === first.accountId))
  expect(receiver.messages[0]!.body.data.epoch).toBeGreaterThan(first.epoch!)
  await receiver.close()
})

test('tests a webhook, and knows only those that there are', async () => {
  const url = 'https://127.0.0.1/hook'
  const { id } = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url })
  expect(await tryConnection(site.db, site.keys, config, id)).toMatch(/^address_forbidden {2}\d+ ms$/)
  await expect(tryConnection(site.db, site.keys, config, connectionId)).rejects.toThrow('asks for its changes itself')
  await expect(compare('01890000-0000-7000-8000-000000000000')).rejects.toThrow('no such connection')
})
