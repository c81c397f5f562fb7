import { createConnection, listConnections, switchConnection } from '../../src/connections/connection-settings/schema'
import { createWebhook } from '../../src/connections/webhooks/schema'
import { removeMember } from '../../src/membership/memberships/schema'
import { sql } from '../../src/platform/db/sql'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { importCatalogue, listServices } from '../../src/roles/services/schema'
import { acceptedOrganization, membershipOf } from './organizations'
import type { Receiver } from './receiver'
import { asSeen } from './seen'
import type { Person, Site } from './site'
import { until } from './until'

let services = 0

/** A service that is told through a webhook, or reads a feed, and an organization that holds roles on it. */
export async function hookedService(site: Site, operator: Person, receiver?: Receiver) {
  const key = `hooked-${++services}`
  const roles = [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
  ]
  // Services that an import leaves out are retired, so all of them are in each.
  const all = Array.from({ length: services }, (_, place) => ({ key: `hooked-${place + 1}`, name: 'Maps', roles }))
  await operator.call(importCatalogue, { services: all })
  const service = (await operator.call(listServices, {})).services.find((one) => one.key === key)!
  const { id: organizationId, admin } = await acceptedOrganization(site)
  const grantTo = async (organizationId: string) => {
    for (const { id: roleId } of service.roles)
      await asSeen(operator).call(grantRole, { organizationId, roleId, reason: 'A test.' })
  }
  await grantTo(organizationId)
  const { id: connectionId } = receiver
    ? await operator.call(createWebhook, { service: key, name: 'Hub', url: receiver.url })
    : await operator.call(createConnection, { service: key, kind: 'pull', name: 'Hub' })
  await operator.call(switchConnection, { connectionId, enabled: true })
  const row = (person: Person) =>
    site.db.first<{ version: number; attempts: number; applied: boolean; proved: boolean }>(sql`
      select version::int, attempts, applied is not null as applied, proved_at is not null as proved
      from propagations where account_id = ${person.id} and connection_id = ${connectionId}`)
  return {
    ...{ key, organizationId, admin, connectionId, row, grantTo },
    state: async () => (await operator.call(listConnections, {})).connections.find(({ id }) => id === connectionId)!,
    isApplied: (person: Person) => until(async () => (await row(person))?.applied),
    async remove(person: Person) {
      const membershipId = await membershipOf(person)
      await admin.call(removeMember, { organizationId, membershipId })
      return membershipId
    },
    /** What the receiver was told of a person, by type. */
    told: (person: Person) =>
      receiver!.messages.flatMap(({ body }) => (body.data.accountId === person.id ? body.type : [])),
  }
}
