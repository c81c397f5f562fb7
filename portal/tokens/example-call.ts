import { listMembersS3Keys, listS3Keys } from '../../src/connections/s3-keys/schema'
import { listAccounts } from '../../src/identity/accounts/schema'
import { listInvitations } from '../../src/membership/invitations/schema'
import { listMemberships } from '../../src/membership/memberships/schema'
import { getOrganization } from '../../src/membership/organizations/schema'
import { listEvents, listOrganizationEvents } from '../../src/messaging/events/schema'
import { listNotifications } from '../../src/messaging/notifications/schema'
import type { Scope } from '../../src/platform/access/scopes'
import type { Endpoint } from '../../src/platform/http/endpoint'
import { getMyAccess, getOrganizationEntitlements } from '../../src/roles/entitlements/schema'
import { listRoleAssignments } from '../../src/roles/role-assignments/schema'
import { listRoleRequests } from '../../src/roles/role-requests/schema'
import { listServices } from '../../src/roles/services/schema'

/** Who can call an example; one for `person` is about the person themselves, and closed to tokens of organizations. */
type Caller = 'anyone' | 'person' | 'member' | 'admin' | 'operator'

/** Something to read for each scope, the first of use. The endpoint itself says less: the portal has only its path. */
const examples: [scope: Scope, caller: Caller, Endpoint][] = [
  ['read:entitlements', 'person', getMyAccess],
  ['read:entitlements', 'member', getOrganizationEntitlements],
  ['read:services', 'anyone', listServices],
  ['read:s3-keys', 'person', listS3Keys],
  ['read:s3-keys', 'admin', listMembersS3Keys],
  ['read:organizations', 'member', getOrganization],
  ['read:memberships', 'member', listMemberships],
  ['read:invitations', 'admin', listInvitations],
  ['read:role-requests', 'member', listRoleRequests],
  ['read:role-assignments', 'member', listRoleAssignments],
  ['read:events', 'admin', listOrganizationEvents],
  ['read:events', 'operator', listEvents],
  ['read:notifications', 'person', listNotifications],
  ['read:accounts', 'operator', listAccounts],
]

interface Reader {
  /** Whether it is a token of the organization, and not a personal one. */
  ofOrganization: boolean
  /** The reader’s organization. */
  organizationId: string | null
  admin: boolean
  operator: boolean
}

/** A command that shows that a token works; undefined if it may read nothing. */
export function exampleCall(token: string, scopes: readonly string[], reader: Reader) {
  const { ofOrganization, organizationId, admin, operator } = reader
  const callers: Record<Caller, boolean> = {
    anyone: true,
    person: !ofOrganization,
    member: organizationId !== null,
    admin,
    operator: operator && !ofOrganization,
  }
  const example = examples.find(([scope, caller]) => scopes.includes(scope) && callers[caller])
  const path = example?.[2].path.replace('{organizationId}', organizationId ?? '')
  return path && `curl -H 'Authorization: Bearer ${token}' ${window.location.origin}${path}`
}
