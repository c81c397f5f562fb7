import { connectSystem, type SystemSettings } from '../../src/connections/connected-systems/schema'
import { checkConnection, listConnections, switchConnection } from '../../src/connections/connection-settings/schema'
import { listLedgerRows, observeConnection, retryConnection } from '../../src/connections/ledger-rows/schema'
import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { removeMember } from '../../src/membership/memberships/schema'
import { grantRole } from '../../src/roles/role-assignments/schema'
import { acceptedOrganization, membershipOf } from './organizations'
import { openIdWorld } from './relying-party'
import { asSeen } from './seen'
import { settledConnection } from './settled'
import type { Person, Site } from './site'

export interface Home {
  admin: Person
  id: string
}

/** A service, organizations that hold roles on it, and a connection to the system that gives access to it. */
export async function systemWorld(
  site: Site,
  settingsOf: () => SystemSettings,
  secret: string,
  moreRoles: object[] = [],
) {
  const world = await openIdWorld(site)
  const { operator } = world
  const service = moreRoles.length > 0 ? await world.withRoles([...world.roles, ...moreRoles]) : world.service
  const home: Home = { admin: world.admin, id: world.organizationId }
  let connectionId = ''

  const connect = async (settings: SystemSettings, withSecret = secret) =>
    (await operator.call(connectSystem, { service: 'maps', name: 'System', settings, secret: withSecret })).id
  const state = async (id = connectionId) =>
    (await operator.call(listConnections, {})).connections.find((one) => one.id === id)!
  const grant = async (organizationId: string, keys: string[]) => {
    for (const key of keys) {
      const role = service.roles.find((one) => one.key === key)!
      await asSeen(operator).call(grantRole, { organizationId, roleId: role.id, reason: 'A test.' })
    }
  }

  const join = async (member: Person, { admin, id }: Home = home) => {
    const { code } = await admin.call(createInvitation, { organizationId: id, boundTo: { email: member.email } })
    await member.call(acceptInvitation, { code })
  }

  return {
    ...{ world, operator, home, connect, state, grant },
    connectionId: () => connectionId,
    async begin() {
      connectionId = await connect(settingsOf())
      await operator.call(switchConnection, { connectionId, enabled: true })
    },
    switchTo: (enabled: boolean) => operator.call(switchConnection, { connectionId, enabled }),
    check: async (id = connectionId) => operator.call(checkConnection, { connectionId: id }),
    observe: () => operator.call(observeConnection, { connectionId }),
    retry: () => operator.call(retryConnection, { connectionId }),
    rowOf: async ({ id }: Person) =>
      (await operator.call(listLedgerRows, { connectionId, limit: 100 })).items.find((one) => one.id === id),
    settled: () => settledConnection(site, connectionId),
    /** Another organization, with these roles. */
    async organization(roles: string[]): Promise<Home> {
      const { id, admin } = await acceptedOrganization(site)
      await grant(id, roles)
      return { id, admin }
    },
    /** People with confirmed addresses, so that they can return. */
    async members(count: number, to: Home = home): Promise<Person[]> {
      const joined: Person[] = []
      for (let place = 0; place < count; place++) joined.push(await site.person(undefined, { confirmed: true }))
      for (const person of joined) await join(person, to)
      return joined
    },
    remove: async (member: Person, { admin, id }: Home = home) =>
      admin.call(removeMember, { organizationId: id, membershipId: await membershipOf(member) }),
    join,
  }
}

/** The median and the 95th percentile of times in ms. */
export function percentiles(took: number[]): { median: number; p95: number } {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (part: number) => Math.round(sorted[Math.ceil(part * sorted.length) - 1]!)
  return { median: at(0.5), p95: at(0.95) }
}
