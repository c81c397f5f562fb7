import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listConnections, switchConnection } from '../../src/connections/connection-settings/schema'
import { createWebhook } from '../../src/connections/webhooks/schema'
import { removeMember } from '../../src/membership/memberships/schema'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../src/roles/services/schema'
import { selfSigned } from '../support/certificate'
import { openCluster } from '../support/cluster'
import { receiverAddress } from '../support/receiver'
import { asSeen } from '../support/seen'
import { until } from '../support/until'

// Server processes, because Node reads the authorities that it trusts when it starts.

test('a certificate that ends keeps a service from being asked, operators see why, and a new one ends the wait', async () => {
  const [first, ended, renewed] = [
    selfSigned(receiverAddress),
    selfSigned(receiverAddress, { until: Date.now() - 60_000 }),
    selfSigned(receiverAddress),
  ]
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-authorities-'))
  const authorities = join(folder, 'authorities.pem')
  writeFileSync(authorities, [first, ended, renewed].map(({ cert }) => cert).join(''))
  const types: string[] = []
  const receiver = createServer(first, async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    types.push(JSON.parse(text).type)
    response.writeHead(204).end()
  }).listen(0, receiverAddress)
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  const cluster = await openCluster({ more: { OUTBOUND_ALLOW: receiverAddress, NODE_EXTRA_CA_CERTS: authorities } })
  const operator = await cluster.person('Olga', { operator: true })
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  await operator.call(importCatalogue, { services: [{ key: 'maps', name: 'Maps', roles }] })
  const url = `https://${receiverAddress}:${port}/hook`
  const { id: connectionId } = await operator.call(createWebhook, { service: 'maps', name: 'Hub', url })
  await operator.call(switchConnection, { connectionId, enabled: true })
  const { id: organizationId, admins, members } = await cluster.organization(1, 1)
  for (const { id: roleId } of (await operator.call(listServices, {})).services[0]!.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  await until(async () => types.length === 2)

  receiver.setSecureContext(ended)
  receiver.closeIdleConnections()
  await admins[0]!.person.call(removeMember, { organizationId, membershipId: members[0]!.membershipId })
  const state = async () => (await operator.call(listConnections, {})).connections[0]!
  await until(async () => (await state()).problem === 'tls_failed')
  expect(types).toEqual(['access.granted', 'access.granted'])
  receiver.setSecureContext(renewed)
  await until(async () => types.includes('access.ended'))
  await until(async () => (await state()).problem === null)

  receiver.close()
  await cluster.close()
  rmSync(folder, { recursive: true })
})
