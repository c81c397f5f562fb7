import { expect, test } from 'vitest'
import { acceptedOrganization, details, membershipOf, newMember } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import { watchedPool } from '../../../tests/support/watched-pool'
import { disableAccount, enableAccount, listAccounts } from '../../identity/accounts/schema'
import { endOtherSessions, listSessions } from '../../identity/authentication/schema'
import { getSignInMethods } from '../../identity/sign-in-methods/schema'
import { getSiteInfo, getSiteSettings, setDefaultMemberLimit, setSitePolicy } from '../../identity/site/schema'
import {
  acceptInvitation,
  createInvitation,
  listAcceptances,
  listInvitations,
  previewInvitation,
  revokeInvitation,
  showInvitationCode,
} from '../../membership/invitations/schema'
import {
  changeOwnAddress,
  deleteOwnAccount,
  exportOwnAccount,
  getMe,
  updateOwnAccount,
} from '../../membership/me/schema'
import { requestHigherLimit, setMemberLimit } from '../../membership/member-limits/schema'
import {
  getMembership,
  leaveOrganization,
  listMemberships,
  removeMember,
  setAdminPrivileges,
} from '../../membership/memberships/schema'
import { createOrganization, getOrganization, listOrganizations } from '../../membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../messaging/events/schema'
import { listMails, retryMail } from '../../messaging/mails/schema'
import {
  getNotificationPreferences,
  listNotifications,
  markNotificationRead,
  markNotificationsRead,
  setNotificationPreferences,
} from '../../messaging/notifications/schema'
import {
  getAccountEntitlements,
  getMyAccess,
  getMyEntitlements,
  getOrganizationEntitlements,
  listMemberEntitlements,
} from '../../roles/entitlements/schema'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import {
  decideRoleRequests,
  listPendingRequests,
  listRoleRequests,
  requestRoles,
  withdrawRoleRequest,
} from '../../roles/role-requests/schema'
import { exportCatalogue, importCatalogue, listServices, retireService, saveService } from '../../roles/services/schema'
import { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import type { Endpoint, InputOf } from './endpoint'

// Round trips to the database per request, counted where the server makes them. No time is measured, so the test cannot
// flake.

let statements = 0

/** Counts. Everything is loaded twice at the same moment, which still has to be one statement. */
class CountingDatabase extends Database {
  constructor({ pool, kind }: Database) {
    const query = <Answer>(text: string, run: () => Answer) => {
      // The worker of the ledger belongs to no request.
      if (!text.includes('change_signals')) statements++
      return run()
    }
    super(watchedPool(pool, { query }), kind)
  }

  override async loadBatched<Row>(piece: Sql): Promise<Row> {
    await Promise.all([super.loadBatched(piece), super.loadBatched(piece)])
    statements = 0
    const [once, again] = await Promise.all([super.loadBatched<Row>(piece), super.loadBatched<Row>(piece)])
    expect(again).toEqual(once)
    return once
  }
}

const site = sharedSite({ database: (db) => new CountingDatabase(db) })

const reason = 'A test.'
const reefMaps = {
  key: 'reef-maps',
  name: 'Reef maps',
  roles: [
    { key: 'reader', kind: 'access' as const, name: 'Reader' },
    { key: 'small', kind: 'quota' as const, name: 'Small' },
    { key: 'large', kind: 'quota' as const, name: 'Large' },
  ],
}

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
  await cost(admin, listSessions, {})
  await cost(admin, endOtherSessions, {})
  await cost(admin, exportOwnAccount, {})
  await cost(admin, updateOwnAccount, { firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  await cost(admin, changeOwnAddress, { email: 'ana.cruz@example.org' })
  await cost(admin, getSignInMethods, {})
  await cost(admin, getOrganization, { organizationId })
  await cost(operator, listOrganizations, { state: 'accepted' })
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
  const bystander = await site.person()

  await cost(operator, getSiteSettings, {})
  await cost(operator, saveService, reefMaps)
  const [service] = (await operator.call(listServices, {})).services
  const [access, quota] = service!.roles.map((role) => role.id)
  const wanted = { serviceId: service!.id, accessRoleId: access!, quotaRoleId: quota!, description: 'Mapping.' }
  await cost(admin, listServices, {})
  await cost(operator, exportCatalogue, {})
  await cost(operator, importCatalogue, { services: [{ ...reefMaps, description: 'Maps of reefs.' }] })
  await cost(admin, requestRoles, { organizationId, ...wanted })
  await cost(admin, listRoleRequests, { organizationId })
  await cost(operator, listPendingRequests, {})
  const [request] = (await operator.call(listPendingRequests, {})).items
  const part = { requestId: request!.id, detailsVersion: 1, roleVersion: 1, held: null, accept: true }
  await cost(operator, decideRoleRequests, {
    decisions: [
      { ...part, kind: 'access' },
      { ...part, kind: 'quota' },
    ],
  })
  await cost(admin, listRoleAssignments, { organizationId })
  const [assignment] = (await admin.call(listRoleAssignments, { organizationId })).items
  await cost(admin, getMyEntitlements, {})
  await cost(admin, getMyAccess, {})
  await cost(operator, getAccountEntitlements, { accountId: admin.id })
  await cost(admin, getOrganizationEntitlements, { organizationId })
  await cost(admin, listMemberEntitlements, { organizationId })
  await cost(operator, revokeRole, { organizationId, assignmentId: assignment!.id, reason })
  const granted = { organizationId, roleId: assignment!.role.id, detailsVersion: 1, roleVersion: 1, held: null, reason }
  await cost(operator, grantRole, granted)
  await cost(admin, requestRoles, { organizationId, ...wanted, accessRoleId: null, quotaRoleId: service!.roles[2]!.id })
  const [again] = (await admin.call(listRoleRequests, { organizationId })).items
  await cost(admin, withdrawRoleRequest, { organizationId, requestId: again!.id })
  await cost(operator, retireService, { key: reefMaps.key })
  await cost(operator, setMemberLimit, { organizationId, limit: 5, seen: { limit: null, wanted: null }, reason })
  await cost(admin, requestHigherLimit, { organizationId, limit: 6, reason })
  await cost(operator, setDefaultMemberLimit, { limit: 100, seen: null })
  const { policy } = await operator.call(getSiteSettings, {})
  await cost(operator, setSitePolicy, { ...policy, sessionHours: policy.sessionHours + 1, version: 1 })
  await cost(newcomer, getSiteInfo, {})
  await cost(operator, disableAccount, { accountId: bystander.id, reason })
  const { disabledAt } = (await operator.call(listAccounts, { q: bystander.email })).items[0]!
  await cost(operator, enableAccount, { accountId: bystander.id, disabledAt: disabledAt! })
  await cost(newcomer, deleteOwnAccount, {})
  const mailId = '01890000-0000-7000-8000-000000000001'
  await site.db.rows(
    sql`insert into mails (id, address, template) values (${mailId}, 'ana@example.org', 'password_changed')`,
  )
  await cost(member, listNotifications, {})
  await cost(member, markNotificationsRead, { until: new Date().toISOString() })
  await cost(member, markNotificationRead, { notificationId: mailId })
  await cost(member, getNotificationPreferences, {})
  await cost(member, setNotificationPreferences, { organization: true, members: true, roles: false })
  await cost(operator, listMails, {})
  await cost(operator, retryMail, { mailId })
  expect(costs).toEqual({
    getMe: 1,
    listSessions: 1,
    endOtherSessions: 2,
    exportOwnAccount: 1,
    updateOwnAccount: 2,
    changeOwnAddress: 2,
    getSignInMethods: 1,
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
    getSiteSettings: 1,
    saveService: 2,
    listServices: 1,
    exportCatalogue: 1,
    importCatalogue: 2,
    requestRoles: 2,
    listRoleRequests: 1,
    listPendingRequests: 1,
    decideRoleRequests: 2,
    listRoleAssignments: 1,
    getMyEntitlements: 1,
    getMyAccess: 1,
    getAccountEntitlements: 1,
    getOrganizationEntitlements: 1,
    listMemberEntitlements: 1,
    revokeRole: 2,
    grantRole: 2,
    withdrawRoleRequest: 2,
    retireService: 2,
    setMemberLimit: 2,
    requestHigherLimit: 2,
    setDefaultMemberLimit: 2,
    setSitePolicy: 2,
    getSiteInfo: 1,
    disableAccount: 2,
    enableAccount: 2,
    deleteOwnAccount: 2,
    listNotifications: 1,
    markNotificationsRead: 2,
    markNotificationRead: 2,
    getNotificationPreferences: 1,
    setNotificationPreferences: 2,
    listMails: 1,
    retryMail: 2,
  })
})
