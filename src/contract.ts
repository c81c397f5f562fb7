import * as accounts from './accounts/schema'
import * as entitlements from './entitlements/schema'
import * as identityProvider from './identity-provider/schema'
import * as invitations from './invitations/schema'
import * as memberships from './memberships/schema'
import * as events from './messaging/events/schema'
import * as mails from './messaging/mails/schema'
import * as notices from './messaging/notifications/schema'
import * as organizationDetails from './organization-details/schema'
import * as organizations from './organizations/schema'
import * as ownAccount from './own-account/schema'
import * as passkeys from './passkeys/schema'
import * as passwords from './passwords/schema'
import type { Endpoint } from './platform/http/endpoint'
import * as roleAssignments from './role-assignments/schema'
import * as roleRequests from './role-requests/schema'
import * as secondFactors from './second-factors/schema'
import * as services from './services/schema'
import * as sessions from './sessions/schema'
import * as signInMethods from './sign-in-methods/schema'
import * as site from './site/schema'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'access' in value && 'method' in value

/** Every endpoint of the product, by the nouns' own declarations. */
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
  memberships,
  invitations,
  services,
  roleRequests,
  roleAssignments,
  entitlements,
  events,
  notices,
  mails,
].flatMap((noun) => Object.values(noun as Record<string, unknown>).filter(isEndpoint))
