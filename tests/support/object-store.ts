import { inject } from 'vitest'
import { listConnections, switchConnection } from '../../src/connections/connection-settings/schema'
import type { GatewayKeys } from '../../src/connections/kinds/s3/gateway'
import { createS3Gateway } from '../../src/connections/s3-gateways/schema'
import { createS3Key } from '../../src/connections/s3-keys/schema'
import { sql } from '../../src/platform/db/sql'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../src/roles/services/schema'
import { type GatewayProxy, openGatewayProxy } from './gateway-proxy'
import { acceptedOrganization } from './organizations'
import { asSeen } from './seen'
import type { Person, Site } from './site'
import { until } from './until'

/** Where tests reach the gateway’s proxy. */
export const gatewayHost = '127.0.0.2'

/** A service that gives S3 keys, connected to the real gateway through a proxy, and an organization that holds it. */
export interface ObjectStore {
  key: string
  operator: Person
  organizationId: string
  admin: Person
  connectionId: string
  proxy: GatewayProxy
  /** A key of this person. */
  newKey(person: Person, more?: { expiresAt?: string }): Promise<GatewayKeys & { id: string }>
  /** The name of the person’s user at the gateway. */
  uidOf(person: Person): Promise<string>
  state(): Promise<Awaited<ReturnType<typeof stateOf>>>
  /** Waits until the gateway has everything, also what has ended by its date. */
  settled(): Promise<unknown>
}

let stores = 0

const stateOf = async (operator: Person, connectionId: string) =>
  (await operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!

export async function objectStore(site: Site, most = 5): Promise<ObjectStore> {
  const operator = await site.person('Olga', { operator: true })
  const key = `store-${++stores}`
  const limits = [
    { key: 'stored', name: 'Stored', value: 2, unit: 'GB' },
    { key: 'objects', name: 'Objects', value: 1000, unit: '' },
  ]
  const roles = [
    { key: 'user', kind: 'access' as const, name: 'User' },
    { key: 'small', kind: 'quota' as const, name: 'Small', limits },
  ]
  await operator.call(importCatalogue, { services: [{ key, name: 'Object store', roles, s3Keys: most }] })
  const service = (await operator.call(listServices, {})).services.find((one) => one.key === key)!
  const { id: organizationId, admin } = await acceptedOrganization(site)
  for (const { id: roleId } of service.roles)
    await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  const ceph = inject('ceph')
  const proxy = await openGatewayProxy(ceph.endpoint, gatewayHost)
  const { id: connectionId } = await operator.call(createS3Gateway, {
    ...{ service: key, name: 'Gateway', url: proxy.url, accessKey: ceph.accessKey, secretKey: ceph.secretKey },
    ...{ bytesLimit: 'stored', objectsLimit: 'objects' },
  })
  await operator.call(switchConnection, { connectionId, enabled: true })
  return {
    ...{ key, operator, organizationId, admin, connectionId, proxy },
    async newKey(person, more = {}) {
      const { id, accessKey, secret } = await person.call(createS3Key, { service: key, name: 'Laptop', ...more })
      return { id, accessKey, secretKey: secret }
    },
    async uidOf(person) {
      const { uid } = await site.db.only<{ uid: string }>(sql`
        select external_id as uid from remote_objects where connection_id = ${connectionId} and account_id = ${person.id}
        order by created_at desc limit 1`)
      return uid
    },
    state: () => stateOf(operator, connectionId),
    settled: () =>
      until(async () => {
        const [waiting] = await site.db.rows(sql`
          select from change_signals union all
          select from propagations where connection_id = ${connectionId} and (claim is not null or next_attempt_at <= now()) limit 1`)
        const { pending, failed, drifted } = await stateOf(operator, connectionId)
        return !waiting && pending + failed + drifted === 0
      }),
  }
}
