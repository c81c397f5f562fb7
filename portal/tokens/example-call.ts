import { listInvitations } from '../../src/membership/invitations/schema'
import { listMemberships } from '../../src/membership/memberships/schema'
import { getOrganization } from '../../src/membership/organizations/schema'
import { listOrganizationEvents } from '../../src/messaging/events/schema'
import { listNotifications } from '../../src/messaging/notifications/schema'
import type { Endpoint } from '../../src/platform/http/endpoint'
import { getMyAccess, getOrganizationEntitlements } from '../../src/roles/entitlements/schema'
import { listRoleAssignments } from '../../src/roles/role-assignments/schema'
import { listRoleRequests } from '../../src/roles/role-requests/schema'
import { listServices } from '../../src/roles/services/schema'

/** Something to read for each scope, the first of use. */
const examples: [scope: string, Endpoint][] = [
  ['read:entitlements', getOrganizationEntitlements],
  ['read:entitlements', getMyAccess],
  ['read:services', listServices],
  ['read:organizations', getOrganization],
  ['read:memberships', listMemberships],
  ['read:invitations', listInvitations],
  ['read:role-requests', listRoleRequests],
  ['read:role-assignments', listRoleAssignments],
  ['read:events', listOrganizationEvents],
  ['read:notifications', listNotifications],
]

/** A command that shows that a token works; undefined if it may read nothing. */
export function exampleCall(token: string, scopes: readonly string[], organizationId: string | null) {
  const fits = ([scope, { path }]: [string, Endpoint]) =>
    scopes.includes(scope) && (organizationId !== null || !path.includes('{organizationId}'))
  const path = examples.find(fits)?.[1].path.replace('{organizationId}', organizationId ?? '')
  return path && `curl -H 'Authorization: Bearer ${token}' ${window.location.origin}${path}`
}
