import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import { TokenHolder } from '../../../tests/support/token-holder'
import { endpoints } from '../../contract'
import { createOrganizationToken, createToken } from '../../membership/tokens/schema'
import { organizationScopes, type Scope, scopeOf, scopes } from '../access/scopes'
import { sql } from '../db/sql'
import type { Endpoint } from './endpoint'

/**
 * What tokens can be used for, written out independently of the declarations: by tag and by what they do. Those of
 * organizations reach the second list only.
 */
const ofPeopleAlone: Partial<Record<Scope, string[]>> = {
  'read:accounts': ['listAccounts'],
  'write:accounts': ['confirmAddress', 'enableAccount'],
  'read:organizations': ['listOrganizations'],
  'write:organizations': [
    'acceptOrganization',
    'appointAdmin',
    'createOrganization',
    'reinstateOrganization',
    'rejectOrganization',
    'requestChanges',
    'suspendOrganization',
    'decideIdentityChange',
    'setMemberLimit',
    'leaveOrganization',
  ],
  'write:invitations': ['acceptInvitation', 'previewInvitation', 'withdrawAcceptance'],
  'read:services': ['exportCatalogue'],
  'write:services': ['importCatalogue', 'retireService', 'saveService'],
  'read:role-requests': ['listPendingRequests'],
  'write:role-requests': ['decideRoleRequests'],
  'write:role-assignments': ['grantRole', 'revokeRole'],
  'read:entitlements': ['getAccountEntitlements', 'getMyAccess', 'getMyDeliveryStatus', 'getMyEntitlements'],
  'read:s3-keys': ['listS3Keys'],
  'write:s3-keys': ['deleteS3Key'],
  'read:events': ['exportEvents', 'listEvents'],
  'read:notifications': ['getNotificationPreferences', 'listNotifications'],
  'write:notifications': ['markNotificationRead', 'markNotificationsRead', 'setNotificationPreferences'],
}
const ofOrganizationsToo: Partial<Record<Scope, string[]>> = {
  'read:organizations': ['getOrganization'],
  'write:organizations': [
    'dissolveOrganization',
    'resubmitOrganization',
    'editOrganizationDetails',
    'withdrawIdentityChange',
    'requestHigherLimit',
  ],
  'read:memberships': ['getMembership', 'listMemberships'],
  'write:memberships': ['removeMember', 'setAdminPrivileges'],
  'read:invitations': ['listAcceptances', 'listInvitations'],
  'write:invitations': ['approveAcceptance', 'createInvitation', 'declineAcceptance', 'revokeInvitation'],
  'read:services': ['listServices'],
  'read:role-requests': ['listRoleRequests'],
  'write:role-requests': ['requestRoles', 'withdrawRoleRequest'],
  'read:role-assignments': ['listRoleAssignments'],
  'read:entitlements': ['getAccessEnd', 'getOrganizationEntitlements', 'listMemberEntitlements', 'listPendingAccess'],
  'read:s3-keys': ['listMembersS3Keys'],
  'read:events': ['exportOrganizationEvents', 'listOrganizationEvents'],
}
const open = scopes.flatMap((scope) =>
  [...(ofPeopleAlone[scope] ?? []), ...(ofOrganizationsToo[scope] ?? [])].map((id) => [id, scope] as const),
)
const scopeOfId = new Map(open)
const openToAll = new Set(Object.values(ofOrganizationsToo).flat())

const site = sharedSite()
let organizationId: string
/** A program per scope that has every other scope, and one that has all of them. */
let personal: { withAll: TokenHolder; without(scope: Scope): Promise<TokenHolder> }
let ofOrganization: TokenHolder

beforeAll(async () => {
  const { id, admin } = await acceptedOrganization(site)
  organizationId = id
  await site.db.rows(sql`update accounts set operator = true where id = ${admin.id}`)
  const make = async (given: Scope[]) =>
    new TokenHolder(site, (await admin.call(createToken, { name: 'Script', scopes: given })).token)
  personal = { withAll: await make(scopes), without: (scope) => make(scopes.filter((one) => one !== scope)) }
  const { token } = await admin.call(createOrganizationToken, {
    organizationId,
    name: 'CI',
    scopes: organizationScopes,
  })
  ofOrganization = new TokenHolder(site, token)
})

/** An input that is refused at the latest when it is checked, so that nothing changes. */
const within = ({ path }: Endpoint) => (path.includes('{organizationId}') ? { organizationId } : {})

const codeFor = async (program: TokenHolder, endpoint: Endpoint) =>
  (await program.try(endpoint, { ...harmless(endpoint), ...within(endpoint) })).code

const absent = '01890000-0000-7000-8000-000000000000'
/** Ids that nothing has, for the parameters of a path. */
const harmless = ({ path }: Endpoint) =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, name === 'key' ? 'none' : absent]))

const needsSession = endpoints.filter(({ access }) => access !== 'anyone' && access !== 'service')

test('every endpoint that is open to tokens is listed here with its scope', () => {
  const declared = needsSession.flatMap((endpoint) => {
    const scope = scopeOf(endpoint)
    return scope ? [[endpoint.id, scope]] : []
  })
  expect(declared.sort()).toEqual([...open].sort())
})

describe('a token', () => {
  const closed = needsSession.filter(({ id, method }) => !scopeOfId.has(id) && method === 'GET')
  test.each(closed.map((endpoint) => [endpoint.id, endpoint] as const))('cannot use %s', async (_, endpoint) => {
    for (const program of [personal.withAll, ofOrganization])
      expect(await codeFor(program, endpoint)).toBe('session_needed')
  })

  const ofServices = endpoints.filter(({ access }) => access === 'service')
  test.each(ofServices.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is no service: %s',
    async (_, endpoint) => {
      for (const program of [personal.withAll, ofOrganization])
        expect(await codeFor(program, endpoint)).toBe('service_key_not_valid')
    },
  )

  const reading = needsSession.filter(({ id, method }) => scopeOfId.has(id) && method === 'GET')
  test.each(reading.map((endpoint) => [endpoint.id, endpoint] as const))(
    'needs its scope for %s, and a person’s unless it is about the organization',
    async (id, endpoint) => {
      const scope = scopeOfId.get(id)!
      expect([undefined, 'account_not_found', 'membership_not_found']).toContain(
        await codeFor(personal.withAll, endpoint),
      )
      expect(await codeFor(await personal.without(scope), endpoint)).toBe('scope_needed')
      const code = await codeFor(ofOrganization, endpoint)
      if (openToAll.has(id)) expect([undefined, 'membership_not_found']).toContain(code)
      else expect(code).toBe('session_needed')
    },
  )
})
