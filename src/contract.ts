import * as changeFeed from './connections/change-feed/schema'
import * as connectedSystems from './connections/connected-systems/schema'
import * as connectionSettings from './connections/connection-settings/schema'
import * as deliveryStatus from './connections/delivery-status/schema'
import * as ledgerRows from './connections/ledger-rows/schema'
import * as openIdClients from './connections/openid-clients/schema'
import * as openIdSignIns from './connections/openid-sign-ins/schema'
import * as questions from './connections/questions/schema'
import * as s3Gateways from './connections/s3-gateways/schema'
import * as s3Keys from './connections/s3-keys/schema'
import * as serviceKeys from './connections/service-keys/schema'
import * as webhooks from './connections/webhooks/schema'
import * as accounts from './identity/accounts/schema'
import * as sessions from './identity/authentication/schema'
import * as passkeys from './identity/passkeys/schema'
import * as passwords from './identity/passwords/schema'
import * as secondFactors from './identity/second-factors/schema'
import * as signInMethods from './identity/sign-in-methods/schema'
import * as site from './identity/site/schema'
import * as identityProvider from './identity/upstream-provider/schema'
import * as invitations from './membership/invitations/schema'
import * as ownAccount from './membership/me/schema'
import * as memberLimits from './membership/member-limits/schema'
import * as memberships from './membership/memberships/schema'
import * as organizationDetails from './membership/organization-details/schema'
import * as organizations from './membership/organizations/schema'
import * as tokens from './membership/tokens/schema'
import * as events from './messaging/events/schema'
import * as mails from './messaging/mails/schema'
import * as notifications from './messaging/notifications/schema'
import type { Endpoint } from './platform/http/endpoint'
import * as documentation from './platform/http/schema'
import * as entitlements from './roles/entitlements/schema'
import * as roleAssignments from './roles/role-assignments/schema'
import * as roleRequests from './roles/role-requests/schema'
import * as services from './roles/services/schema'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'access' in value && 'method' in value

/** Every endpoint of the product, collected from the declarations of each noun. */
export const endpoints: Endpoint[] = [
  accounts,
  ownAccount,
  passwords,
  sessions,
  secondFactors,
  passkeys,
  identityProvider,
  signInMethods,
  site,
  organizations,
  organizationDetails,
  memberLimits,
  memberships,
  invitations,
  tokens,
  services,
  serviceKeys,
  questions,
  changeFeed,
  connectionSettings,
  connectedSystems,
  webhooks,
  openIdClients,
  openIdSignIns,
  s3Gateways,
  ledgerRows,
  s3Keys,
  deliveryStatus,
  roleRequests,
  roleAssignments,
  entitlements,
  events,
  notifications,
  mails,
  documentation,
].flatMap((noun) => Object.values(noun as Record<string, unknown>).filter(isEndpoint))
