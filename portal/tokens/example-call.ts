import { listS3Keys } from '../../src/connections/s3-keys/schema'
import { listAccounts } from '../../src/identity/accounts/schema'
import { listInvitations } from '../../src/membership/invitations/schema'
import { listMemberships } from '../../src/membership/memberships/schema'
import { getOrganization } from '../../src/membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../src/messaging/events/schema'
import { listNotifications } from '../../src/messaging/notifications/schema'
import { openToOrganizations, scopeOf } from '../../src/platform/access/scopes'
import type { Endpoint } from '../../src/platform/http/endpoint'
import { getMyAccess, getOrganizationEntitlements } from '../../src/roles/entitlements/schema'
import { listRoleAssignments } from '../../src/roles/role-assignments/schema'
import { listRoleRequests } from '../../src/roles/role-requests/schema'
import { listServices } from '../../src/roles/services/schema'

/** Something to read for each scope, the first of use. */
const examples: Endpoint[] = [
  getMyAccess,
  getOrganizationEntitlements,
  listServices,
  listS3Keys,
  getOrganization,
  listMemberships,
  listInvitations,
  listRoleRequests,
  listRoleAssignments,
  listOrganizationEvents,
  listEvents,
  listNotifications,
  listAccounts,
]

interface Reader {
  /** Whether it is a token of the organization, and not a personal one. */
  ofOrganization: boolean
  /** The reader’s organization. */
  organizationId: string | null
  admin: boolean
  operator: boolean
}

function mayCall({ access }: Endpoint, { organizationId, admin, operator }: Reader): boolean {
  if (access === 'account') return true
  if (access === 'operator') return operator
  return organizationId !== null && (access !== 'adminOrOperator' || admin)
}

/** A command that shows that a token works; undefined if it may read nothing. */
export function exampleCall(token: string, scopes: readonly string[], reader: Reader) {
  const fits = (endpoint: Endpoint) =>
    scopes.includes(scopeOf(endpoint) ?? '') &&
    mayCall(endpoint, reader) &&
    (!reader.ofOrganization || openToOrganizations(endpoint))
  const path = examples.find(fits)?.path.replace('{organizationId}', reader.organizationId ?? '')
  return path && `curl -H 'Authorization: Bearer ${token}' ${window.location.origin}${path}`
}
