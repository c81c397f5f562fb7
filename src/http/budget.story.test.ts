import { afterAll, beforeAll, expect, test } from 'vitest'
import { listEvents, listOrganizationEvents } from '../events/schema'
import {
  acceptInvitation,
  createInvitation,
  listAcceptances,
  listInvitations,
  previewInvitation,
  revokeInvitation,
  showInvitationCode,
} from '../invitations/schema'
import { getMembership, listMemberships, removeMember, setAdminPrivileges } from '../memberships/schema'
import { createOrganization, getOrganization, leaveOrganization, listOrganizations } from '../organizations/schema'
import { getMe } from '../sessions/schema'
import { acceptedOrganization, details, membershipOf, newMember } from '../testing/organizations'
import { openSite, type Site } from '../testing/site'
import type { Endpoint, InputOf } from './endpoint'

// Trips to the database per request, counted where the server makes them. No clock is looked at, so it cannot flake.

let site: Site
let statements = 0

beforeAll(async () => {
  site = await openSite()
  const connect = site.db.pool.connect.bind(site.db.pool)
  site.db.pool.connect = async () => {
    const connection = await connect()
    const query = connection.query.bind(connection)
    connection.query = (...given) => {
      statements++
      return query(...given)
    }
    const release = connection.release.bind(connection)
    connection.release = (error) => {
      connection.query = query
      connection.release = release
      release(error)
    }
    return connection
  }
})
afterAll(() => site.close())

test('a read is one statement, a write at most three, whatever it reads or writes', async () => {
  const { id: organizationId, admin, operator } = await acceptedOrganization(site)
  const member = await newMember(site, organizationId, admin)
  const membershipId = await membershipOf(member)
  const { id: invitationId, code } = await admin.call(createInvitation, { organizationId, uses: 2 })
  const newcomer = await site.person()
  const founder = await site.person()
  const costs: Record<string, number> = {}
  const cost = async <E extends Endpoint>(who: typeof admin, endpoint: E, input: InputOf<E>) => {
    statements = 0
    await who.call(endpoint, input)
    costs[endpoint.id] = statements
  }
  await cost(admin, getMe, {})
  await cost(admin, getOrganization, { organizationId })
  await cost(operator, listOrganizations, { q: 'coral', state: 'accepted' })
  await cost(admin, listMemberships, { organizationId, sort: 'name' })
  await cost(admin, getMembership, { organizationId, membershipId })
  await cost(admin, listInvitations, { organizationId })
  await cost(admin, listAcceptances, { organizationId })
  await cost(admin, listOrganizationEvents, { organizationId })
  await cost(operator, listEvents, {})
  await cost(newcomer, previewInvitation, { code })
  await cost(newcomer, acceptInvitation, { code })
  await cost(admin, createInvitation, { organizationId })
  await cost(admin, showInvitationCode, { organizationId, invitationId })
  await cost(admin, revokeInvitation, { organizationId, invitationId })
  await cost(admin, setAdminPrivileges, { organizationId, membershipId, admin: true })
  await cost(admin, removeMember, { organizationId, membershipId })
  await cost(newcomer, leaveOrganization, { organizationId })
  await cost(founder, createOrganization, details())
  expect(costs).toEqual({
    getMe: 1,
    getOrganization: 1,
    listOrganizations: 1,
    listMemberships: 1,
    getMembership: 1,
    listInvitations: 1,
    listAcceptances: 1,
    listOrganizationEvents: 1,
    listEvents: 1,
    previewInvitation: 1,
    acceptInvitation: 2,
    createInvitation: 2,
    showInvitationCode: 2,
    revokeInvitation: 2,
    setAdminPrivileges: 2,
    removeMember: 2,
    leaveOrganization: 2,
    createOrganization: 2,
  })
})
