import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, membershipOf, newMember } from '../../../tests/support/organizations'
import { bodyOf, type Reply, send } from '../../../tests/support/requests'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor, openSite, type Person, type Site, testBaseUrl } from '../../../tests/support/site'
import { createApp } from '../../app'
import { openIdRoutes, signInRoute } from '../../connections/openid-provider/mount'
import { styleRoute } from '../../connections/openid-provider/pages'
import { endpoints } from '../../contract'
import { createInvitation, revokeInvitation } from '../../membership/invitations/schema'
import { getMe } from '../../membership/me/schema'
import { removeMember, setAdminPrivileges } from '../../membership/memberships/schema'
import { reinstateOrganization } from '../../membership/organizations/schema'
import { sql } from '../db/sql'
import { callOf, problemIn } from './client'
import type { Endpoint } from './endpoint'

/** An id that nothing has. */
const absent = '01890000-0000-7000-8000-000000000000'

type Answer =
  | 'in'
  | 'service_key_not_valid'
  | 'not_signed_in'
  | 'operator_needed'
  | 'admin_privileges_needed'
  | 'organization_not_found'
/** The endpoints that an account with required actions can reach. */
const selfService = [
  'claimSetupLink',
  'getMe',
  'authenticateAgain',
  'listSessions',
  'endSession',
  'endOtherSessions',
  'updateOwnAccount',
  'mailConfirmationLink',
  'confirmOwnAddress',
  'changeOwnAddress',
  'acceptTerms',
  'deleteOwnAccount',
  'exportOwnAccount',
  'changePassword',
  'getSignInMethods',
  'startSecondFactor',
  'confirmSecondFactor',
  'removeSecondFactor',
  'renewRecoveryCodes',
  'startPasskey',
  'addPasskey',
  'renamePasskey',
  'removePasskey',
  'authenticateAgainWithPasskey',
  'linkProvider',
  'unlinkProvider',
  'streamEvents',
]

const refusals: string[] = [
  'service_key_not_valid',
  'not_signed_in',
  'operator_needed',
  'admin_privileges_needed',
  'organization_not_found',
] satisfies Answer[]

/**
 * What each caller gets for an organization, and (`…Absent`) for an id that no organization has. An ex-member is an
 * outsider.
 */
interface Rights {
  anonymous: Answer
  outsider: Answer
  outsiderAbsent: Answer
  member: Answer
  memberAbsent: Answer
  admin: Answer
  adminAbsent: Answer
  operator: Answer
  operatorAbsent: Answer
}

const everywhere = (answer: Answer): Rights => ({
  anonymous: answer,
  outsider: answer,
  outsiderAbsent: answer,
  member: answer,
  memberAbsent: answer,
  admin: answer,
  adminAbsent: answer,
  operator: answer,
  operatorAbsent: answer,
})

const anyone = everywhere('in')
const accounts: Rights = { ...anyone, anonymous: 'not_signed_in' }
const noOne: Rights = { ...everywhere('organization_not_found'), anonymous: 'not_signed_in' }
const admins: Rights = { ...noOne, member: 'admin_privileges_needed', admin: 'in' }
const members: Rights = { ...noOne, member: 'in', admin: 'in' }
const adminsAndOperators: Rights = { ...admins, operator: 'in' }
const membersAndOperators: Rights = { ...members, operator: 'in' }
const operators: Rights = { ...everywhere('operator_needed'), anonymous: 'not_signed_in', operator: 'in' }
/** For an organization that an operator names: one that does not exist is not found. */
const operatorsWithin: Rights = { ...operators, operatorAbsent: 'organization_not_found' }
const operatorsAnywhere: Rights = { ...operators, operatorAbsent: 'in' }

/** No person. */
const services: Rights = everywhere('service_key_not_valid')

const unregistered = 'nobody@example.org'
/** A state version that it never had. */
const stateVersion = 0
const noPasskey = { id: 'none', response: { clientDataJSON: '' } }

/**
 * Who may do what, written out independently of the declarations, with an input that changes nothing that the other
 * rows rely on.
 */
const matrix: Record<string, { rights: Rights; input?: Record<string, unknown> | (() => Record<string, unknown>) }> = {
  registerAccount: { rights: anyone, input: { email: 'nobody' } },
  signIn: { rights: anyone, input: { email: 'nobody@example.org', password: 'not a password of anyone' } },
  // Without the cookie: it would end the caller's session. Signing out of no session is no error.
  signOut: { rights: anyone },
  getMe: { rights: accounts },
  // Sensitive endpoints are called with a session that is not fresh, and so change nothing.
  authenticateAgain: { rights: accounts, input: { password: 'not a password of anyone' } },
  listSessions: { rights: accounts },
  endSession: { rights: accounts, input: { sessionId: absent } },
  endOtherSessions: { rights: accounts },
  updateOwnAccount: { rights: accounts, input: { firstName: 'A', lastName: 'Test', country: 'PH' } },
  mailConfirmationLink: { rights: accounts },
  confirmOwnAddress: { rights: accounts, input: { token: 'x' } },
  changeOwnAddress: { rights: accounts, input: { email: 'test@example.org' } },
  acceptTerms: { rights: accounts, input: { version: 'none' } },
  deleteOwnAccount: { rights: accounts },
  exportOwnAccount: { rights: accounts },
  changePassword: { rights: accounts, input: { password: 'another password of mine' } },
  requestPasswordReset: { rights: anyone, input: { email: 'nobody@example.org' } },
  previewReset: { rights: anyone, input: { token: 'x' } },
  resetPassword: { rights: anyone, input: { token: 'x', password: 'another password of mine' } },
  makeResetLink: { rights: operatorsAnywhere, input: { accountId: absent, email: unregistered, reason: 'A test.' } },
  disableAccount: { rights: operatorsAnywhere, input: { accountId: absent, reason: 'A test.' } },
  enableAccount: { rights: operatorsAnywhere, input: { accountId: absent, disabledAt: '2026-01-01T00:00:00Z' } },
  getSiteInfo: { rights: anyone },
  setSitePolicy: {
    rights: operatorsAnywhere,
    input: {
      secondFactor: 'all',
      sessionIdleMinutes: 60,
      sessionHours: 24,
      registration: 'open',
      registrationDomains: [],
      terms: null,
      identityChanges: 'tell',
      version: 1,
    },
  },
  getSignInMethods: { rights: accounts },
  startSecondFactor: { rights: accounts },
  confirmSecondFactor: { rights: accounts, input: { code: 'no code' } },
  removeSecondFactor: { rights: accounts },
  renewRecoveryCodes: { rights: accounts },
  giveSecondFactor: { rights: anyone, input: { code: 'no code' } },
  removeSecondFactorOf: {
    rights: operatorsAnywhere,
    input: { accountId: absent, email: unregistered, reason: 'A test.' },
  },
  startPasskey: { rights: accounts },
  addPasskey: { rights: accounts, input: { name: 'Phone', response: noPasskey } },
  renamePasskey: { rights: accounts, input: { passkeyId: absent, name: 'Phone' } },
  removePasskey: { rights: accounts, input: { passkeyId: absent } },
  startPasskeySignIn: { rights: anyone },
  signInWithPasskey: { rights: anyone, input: { response: noPasskey } },
  startProviderSignIn: { rights: anyone },
  // Without an identity provider there is no callback.
  finishProviderSignIn: { rights: anyone },
  linkProvider: { rights: accounts },
  unlinkProvider: { rights: accounts },
  authenticateAgainWithPasskey: { rights: accounts, input: { response: noPasskey } },
  listAccounts: { rights: operatorsAnywhere },
  confirmAddress: { rights: operatorsAnywhere, input: { accountId: absent, email: unregistered } },
  getSiteSettings: { rights: operatorsAnywhere },
  setDefaultMemberLimit: { rights: operatorsAnywhere, input: { limit: null, seen: null } },
  claimSetupLink: { rights: accounts, input: { token: 'x' } },
  previewSetupLink: { rights: anyone, input: { token: 'x' } },

  // A name that is taken.
  createOrganization: { rights: accounts, input: details('Coral Watch') },
  listOrganizations: { rights: operatorsAnywhere },
  getOrganization: { rights: membersAndOperators },
  // Open to all accounts because authors of rejected requests are in no organization; otherwise only for admins.
  resubmitOrganization: { rights: admins, input: { ...details('Coral Watch'), stateVersion } },
  // Hands over to no one: leaving would end the membership.
  leaveOrganization: { rights: admins, input: { successorId: absent } },
  // By an operator without a reason, and by an admin who is not the sole member: both are admitted and told why not.
  dissolveOrganization: { rights: adminsAndOperators, input: { stateVersion } },
  acceptOrganization: { rights: operatorsWithin, input: { stateVersion } },
  requestChanges: { rights: operatorsWithin, input: { stateVersion, reason: 'A test.' } },
  rejectOrganization: { rights: operatorsWithin, input: { stateVersion, reason: 'A test.' } },
  suspendOrganization: { rights: operatorsWithin, input: { stateVersion, reason: 'A test.' } },
  reinstateOrganization: { rights: operatorsWithin, input: { stateVersion, reason: 'A test.' } },
  editOrganizationDetails: { rights: admins, input: { ...details('Coral Watch'), detailsVersion: 0 } },
  withdrawIdentityChange: { rights: admins, input: { detailsVersion: 0 } },
  decideIdentityChange: { rights: operatorsWithin, input: { detailsVersion: 0, accept: true } },
  appointAdmin: { rights: operatorsWithin, input: { email: 'nobody@example.org', reason: 'A test.' } },

  listMemberships: { rights: membersAndOperators },
  getMembership: { rights: members, input: { membershipId: absent } },
  setAdminPrivileges: { rights: admins, input: { membershipId: absent, admin: true } },
  removeMember: { rights: admins, input: { membershipId: absent } },

  createInvitation: { rights: admins },
  listInvitations: { rights: adminsAndOperators },
  listAcceptances: { rights: admins },
  showInvitationCode: { rights: admins, input: { invitationId: absent } },
  revokeInvitation: { rights: admins, input: { invitationId: absent } },
  // A code that no longer works, but does not count as a wrong guess.
  previewInvitation: { rights: accounts, input: () => ({ code: revokedCode }) },
  acceptInvitation: { rights: accounts, input: () => ({ code: revokedCode }) },
  withdrawAcceptance: { rights: accounts, input: { acceptanceId: absent } },
  approveAcceptance: { rights: admins, input: { acceptanceId: absent, email: unregistered } },
  declineAcceptance: { rights: admins, input: { acceptanceId: absent } },

  listTokens: { rights: accounts },
  createToken: { rights: accounts, input: { name: 'Script', scopes: ['read:events'] } },
  endToken: { rights: accounts, input: { tokenId: absent } },
  listOrganizationTokens: { rights: admins },
  createOrganizationToken: { rights: admins, input: { name: 'CI', scopes: ['read:events'] } },
  renewOrganizationToken: { rights: admins, input: { tokenId: absent } },
  endOrganizationToken: { rights: admins, input: { tokenId: absent } },

  listOrganizationEvents: { rights: adminsAndOperators },
  listEvents: { rights: operatorsAnywhere },
  exportOrganizationEvents: { rights: adminsAndOperators },
  exportEvents: { rights: operatorsAnywhere },
  streamEvents: { rights: accounts },

  requestHigherLimit: { rights: admins, input: { limit: 1, reason: 'A test.' } },
  setMemberLimit: {
    rights: operatorsWithin,
    input: { limit: null, seen: { limit: null, wanted: null }, reason: 'A test.' },
  },

  listServices: { rights: accounts },
  saveService: { rights: operatorsAnywhere, input: { key: 'tide-tables', name: 'Tide tables' } },
  retireService: { rights: operatorsAnywhere, input: { key: 'no-service' } },
  importCatalogue: { rights: operatorsAnywhere, input: { services: [], dryRun: true } },
  exportCatalogue: { rights: operatorsAnywhere },
  requestRoles: { rights: admins, input: { serviceId: absent, accessRoleId: absent, description: 'A test.' } },
  listRoleRequests: { rights: membersAndOperators },
  withdrawRoleRequest: { rights: admins, input: { requestId: absent } },
  listPendingRequests: { rights: operatorsAnywhere },
  decideRoleRequests: {
    rights: operatorsAnywhere,
    input: {
      decisions: [{ requestId: absent, kind: 'access', detailsVersion: 1, roleVersion: 1, held: null, accept: true }],
    },
  },
  listRoleAssignments: { rights: membersAndOperators },
  grantRole: {
    rights: operatorsWithin,
    input: { roleId: absent, detailsVersion: 1, roleVersion: 1, held: null, reason: 'A test.' },
  },
  revokeRole: { rights: operatorsWithin, input: { assignmentId: absent, reason: 'A test.' } },

  listServiceKeys: { rights: operatorsAnywhere, input: { key: 'no-service' } },
  createServiceKey: { rights: operatorsAnywhere, input: { key: 'no-service', name: 'Hub' } },
  listOpenIdClients: { rights: operatorsAnywhere },
  createOpenIdClient: {
    rights: operatorsAnywhere,
    input: { name: 'Hub', service: 'no-service', redirectUris: ['https://hub.example.org/callback'] },
  },
  changeOpenIdClient: {
    rights: operatorsAnywhere,
    input: { clientId: absent, name: 'Hub', redirectUris: ['https://hub.example.org/callback'] },
  },
  replaceOpenIdSecret: { rights: operatorsAnywhere, input: { clientId: absent } },
  endOpenIdClient: { rights: operatorsAnywhere, input: { clientId: absent } },
  endServiceKey: { rights: operatorsAnywhere, input: { key: 'no-service', keyId: absent } },
  listConnections: { rights: operatorsAnywhere },
  createConnection: { rights: operatorsAnywhere, input: { service: 'no-service', kind: 'pull', name: 'Hub' } },
  switchConnection: { rights: operatorsAnywhere, input: { connectionId: absent, enabled: false } },
  createWebhook: {
    rights: operatorsAnywhere,
    input: { service: 'no-service', name: 'Hub', url: 'https://example.org' },
  },
  setWebhookAddress: { rights: operatorsAnywhere, input: { connectionId: absent, url: 'https://example.org' } },
  rotateWebhookSecret: { rights: operatorsAnywhere, input: { connectionId: absent } },
  listDeliveries: { rights: operatorsAnywhere, input: { connectionId: absent } },
  redeliver: { rights: operatorsAnywhere, input: { connectionId: absent, deliveryId: absent } },
  sendTest: { rights: operatorsAnywhere, input: { connectionId: absent } },
  resyncConnection: { rights: operatorsAnywhere, input: { connectionId: absent } },
  checkConnection: { rights: operatorsAnywhere, input: { connectionId: absent } },
  deleteConnection: { rights: operatorsAnywhere, input: { connectionId: absent, revoke: false } },
  listLedgerRows: { rights: operatorsAnywhere, input: { connectionId: absent } },
  retryConnection: { rights: operatorsAnywhere, input: { connectionId: absent } },
  observeConnection: { rights: operatorsAnywhere, input: { connectionId: absent } },
  createS3Gateway: {
    rights: operatorsAnywhere,
    input: {
      ...{ service: 'no-service', name: 'Gateway', url: 'https://example.org' },
      ...{ accessKey: 'KEY', secretKey: 'secret' },
    },
  },
  setS3GatewayKeys: {
    rights: operatorsAnywhere,
    input: { connectionId: absent, accessKey: 'KEY', secretKey: 'secret' },
  },
  setS3GatewayLimits: { rights: operatorsAnywhere, input: { connectionId: absent } },
  listGatewayUsers: { rights: operatorsAnywhere, input: { connectionId: absent } },

  connectSystem: {
    rights: operatorsAnywhere,
    input: {
      ...{ service: 'no-service', name: 'Hub', secret: 'secret' },
      settings: { kind: 'jupyterhub', url: 'https://hub.example.org' },
    },
  },
  setSystemMode: { rights: operatorsAnywhere, input: { connectionId: absent, mode: 'report' } },
  previewSystem: { rights: operatorsAnywhere, input: { connectionId: absent } },
  adoptEntries: { rights: operatorsAnywhere, input: { connectionId: absent, csv: 'a,b' } },
  changeSystem: {
    rights: operatorsAnywhere,
    input: { connectionId: absent, settings: { kind: 'jupyterhub', url: 'https://hub.example.org' } },
  },
  listApplications: { rights: accounts },
  getApplication: { rights: accounts, input: { clientId: absent } },
  consentToApplication: { rights: accounts, input: { clientId: absent, scopes: [] } },
  signOutOfApplication: { rights: accounts, input: { clientId: absent } },
  listS3Keys: { rights: accounts },
  createS3Key: { rights: accounts, input: { service: 'no-service', name: 'Laptop' } },
  showS3Secret: { rights: accounts, input: { keyId: absent } },
  resetS3Secret: { rights: accounts, input: { keyId: absent } },
  setS3KeyEnd: { rights: accounts, input: { keyId: absent, expiresAt: null } },
  deleteS3Key: { rights: accounts, input: { keyId: absent } },
  listMembersS3Keys: { rights: adminsAndOperators },
  getMyDeliveryStatus: { rights: accounts },
  listPendingAccess: { rights: adminsAndOperators },
  getAccessEnd: { rights: adminsAndOperators, input: { membershipId: absent } },
  // With a service key only.
  askAboutAccount: { rights: services, input: { accountId: absent } },
  askAboutOrganization: { rights: services },
  listHolders: { rights: services },
  listChanges: { rights: services },

  listNotifications: { rights: accounts },
  markNotificationsRead: { rights: accounts, input: { until: '2026-01-01T00:00:00Z' } },
  markNotificationRead: { rights: accounts, input: { notificationId: absent } },
  getNotificationPreferences: { rights: accounts },
  // Unchanged.
  setNotificationPreferences: { rights: accounts, input: { organization: true, members: true, roles: true } },
  listMails: { rights: operatorsAnywhere },
  retryMail: { rights: operatorsAnywhere, input: { mailId: absent } },

  getHealth: { rights: anyone },
  getOpenApi: { rights: anyone },
  getDocumentation: { rights: anyone },
  getDocumentationScript: { rights: anyone },
  getProblemsPage: { rights: anyone },

  getMyEntitlements: { rights: accounts },
  getMyAccess: { rights: accounts },
  getAccountEntitlements: { rights: operatorsAnywhere, input: { accountId: absent } },
  getOrganizationEntitlements: { rights: membersAndOperators },
  listMemberEntitlements: { rights: adminsAndOperators },
}

const site = sharedSite()
let organizationId: string
let admin: Person
let member: Person
let operator: Person
let loner: Person
let foreignAdmin: Person
let revokedCode: string

beforeAll(async () => {
  ;({ id: organizationId, admin, operator } = await acceptedOrganization(site, 'Coral Watch'))
  member = await newMember(site, organizationId, admin)
  loner = await site.person()
  foreignAdmin = (await acceptedOrganization(site)).admin
  const invitation = await admin.call(createInvitation, { organizationId })
  await admin.call(revokeInvitation, { organizationId, invitationId: invitation.id })
  revokedCode = invitation.code
})

interface Heard {
  status: number
  headers: Record<string, string>
  text: string
  code: string | undefined
}

/** Sends a request and reads the whole response except the time; of a stream, only its beginning. */
async function ask(site: Site, endpoint: Endpoint, caller: Person, input: Record<string, unknown>): Promise<Heard> {
  const { method, path, body } = callOf(endpoint, input)
  const headers = {
    origin: testBaseUrl,
    ...(caller.cookie && endpoint.id !== 'signOut' ? { cookie: caller.cookie } : {}),
    ...(body ? { 'content-type': 'application/json' } : {}),
  }
  const request = endpoint.answer === 'events' ? glimpse : send
  const reply = await request(site.url + path, { method, body, headers })
  const { date: _, ...others } = Object.fromEntries(reply.headers)
  return { status: reply.status, headers: others, text: reply.text, code: problemIn(bodyOf(reply))?.code }
}

/** A stream does not end on its own: read a refusal, and close an admitted stream. */
async function glimpse(url: string, { headers }: { headers: Record<string, string> }): Promise<Reply> {
  const asking = new AbortController()
  const response = await fetch(url, { headers, signal: asking.signal })
  const text = response.ok ? '' : await response.text()
  asking.abort()
  return { status: response.status, headers: response.headers, text }
}

/** Calls with the row's harmless input. */
async function call(endpoint: Endpoint, caller: Person, organization: string): Promise<Heard> {
  const { input } = matrix[endpoint.id]!
  const given = typeof input === 'function' ? input() : input
  if (endpoint.fresh) await site.db.rows(sql`update sessions set authenticated_at = now() - interval '11 minutes'`)
  return ask(site, endpoint, caller, { ...given, ...within(endpoint, organization) })
}

const within = ({ path }: Endpoint, organizationId: string) =>
  path.includes('{organizationId}') ? { organizationId } : {}

/** The caller was either admitted, whatever the result, or refused. */
function reception({ status, text, code }: Heard): string {
  if (status >= 500) throw new Error(text)
  return code && refusals.includes(code) ? code : 'in'
}

const byName = (list: Endpoint[]) => list.map((endpoint) => [endpoint.id, endpoint] as const)

test('every endpoint has its row, and every row its endpoint', () => {
  expect(Object.keys(matrix).sort()).toEqual(endpoints.map(({ id }) => id).sort())
})

describe('every endpoint admits exactly the permitted callers', () => {
  test.each(byName(endpoints))('%s', async (_, endpoint) => {
    const { rights } = matrix[endpoint.id]!
    const by = async (caller: Person, organization: string) => reception(await call(endpoint, caller, organization))
    const exMember = await newMember(site, organizationId, admin)
    const membershipId = await membershipOf(exMember)
    const asMember = await by(exMember, organizationId)
    await admin.call(removeMember, { organizationId, membershipId })
    expect({
      anonymous: await by(site.anonymous, organizationId),
      'anonymous, absent': await by(site.anonymous, absent),
      'in no organization': await by(loner, organizationId),
      'in no organization, absent': await by(loner, absent),
      'member a moment ago': asMember,
      'removed just now': await by(exMember, organizationId),
      'removed just now, absent': await by(exMember, absent),
      'admin of another': await by(foreignAdmin, organizationId),
      'admin of another, absent': await by(foreignAdmin, absent),
      member: await by(member, organizationId),
      'member, absent': await by(member, absent),
      admin: await by(admin, organizationId),
      'admin, absent': await by(admin, absent),
      operator: await by(operator, organizationId),
      'operator, absent': await by(operator, absent),
    }).toEqual({
      anonymous: rights.anonymous,
      'anonymous, absent': rights.anonymous,
      'in no organization': rights.outsider,
      'in no organization, absent': rights.outsiderAbsent,
      'member a moment ago': rights.member,
      'removed just now': rights.outsider,
      'removed just now, absent': rights.outsiderAbsent,
      'admin of another': rights.outsider,
      'admin of another, absent': rights.outsiderAbsent,
      member: rights.member,
      'member, absent': rights.memberAbsent,
      admin: rights.admin,
      'admin, absent': rights.adminAbsent,
      operator: rights.operator,
      'operator, absent': rights.operatorAbsent,
    })
    await asSeen(operator).try(reinstateOrganization, { organizationId, reason: 'The row of suspending ends here.' })
  })
})

describe('what is sensitive', () => {
  test.each(byName(endpoints.filter(({ fresh }) => fresh)))(
    '%s asks for a proof that is not older than ten minutes',
    async (_, endpoint) => {
      const caller = { operator, admin }[endpoint.access as string] ?? member
      expect(await call(endpoint, caller, organizationId)).toMatchObject({ code: 'authenticate_again' })
    },
  )
})

describe('an account that has something to do first', () => {
  const undone = {
    address_to_confirm: sql`update site set mail_configured = true`,
    terms_to_accept: sql`update site set terms_version = '2', terms_address = 'https://example.org/terms'`,
    second_factor_to_set_up: sql`update site set second_factor = 'all'`,
  }

  /** Adding a sign-in method requires a confirmed address, which may belong to another person. */
  const attaching = ['startSecondFactor', 'confirmSecondFactor']
  test.each(Object.entries(undone))('reaches itself and nothing else: %s', async (code, policy) => {
    const other = await openSite()
    const person = await other.person('Una', { operator: true })
    await other.db.rows(policy)
    // So that no sensitive action is carried out.
    await other.db.rows(sql`update sessions set authenticated_at = now() - interval '11 minutes'`)
    for (const endpoint of endpoints) {
      const { input, rights } = matrix[endpoint.id]!
      if (rights === anyone || rights === services) continue
      const given = typeof input === 'function' ? { code: revokedCode } : input
      const answer = await ask(other, endpoint, person, { ...given, ...within(endpoint, absent) })
      const attaches = code === 'address_to_confirm' && attaching.includes(endpoint.id)
      if (selfService.includes(endpoint.id) && !attaches)
        expect([endpoint.id, answer.code]).not.toEqual([endpoint.id, code])
      else expect([endpoint.id, answer.code]).toEqual([endpoint.id, code])
    }
    await other.close()
  })
})

describe('an outsider cannot tell a hidden organization from an absent one', () => {
  const within = byName(endpoints.filter(({ path }) => path.includes('{organizationId}')))

  test.each(within)('by %s', async (_, endpoint) => {
    for (const outsider of [site.anonymous, loner, foreignAdmin]) {
      const hidden = await call(endpoint, outsider, organizationId)
      expect(hidden.status).toBeGreaterThanOrEqual(400)
      expect(await call(endpoint, outsider, absent)).toEqual(hidden)
    }
  })
})

test('a session that is malformed, has ended, or was signed with another secret is refused', async () => {
  const [token, signature] = decodeURIComponent(member.cookie.split('=')[1]!).split('.') as [string, string]
  const cookies = [
    'guildhall_session=',
    `guildhall_session=${token}`,
    `guildhall_session=${token}.`,
    `guildhall_session=${encodeURIComponent(`${token}.${'A'.repeat(43)}=`)}`,
    `guildhall_session=${encodeURIComponent(`${token}x.${signature}`)}`,
    `guildhall_session=${encodeURIComponent(`.${signature}`)}`,
    `__Host-guildhall_session=${encodeURIComponent(`${token}.${signature}`)}`,
  ]
  for (const cookie of cookies) {
    const { status, code } = await site.anonymous.raw('GET', '/api/me', undefined, { cookie })
    expect({ cookie, status, code }).toEqual({ cookie, status: 401, code: 'not_signed_in' })
  }
  expect(await member.call(getMe, {})).toMatchObject({ account: { id: member.id } })
})

test('a person who loses admin privileges is refused from the next request on', async () => {
  const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
  await second.call(createInvitation, { organizationId })
  const membershipId = await membershipOf(second)
  await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
  expect(await second.try(createInvitation, { organizationId })).toMatchObject({ code: 'admin_privileges_needed' })
})

test('every address is in the contract, or one of OpenID Connect', async () => {
  const app = await createApp(configFor(), site.db)
  await app.ready()
  const known = routesIn(app.printRoutes({ commonPrefix: false }))
    .filter((route) => !/^(HEAD|OPTIONS) /.test(route))
    .sort()
  await app.close()
  const declared = endpoints.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
  const ofOpenId = Object.entries({ ...openIdRoutes, [signInRoute]: ['GET'], [styleRoute]: ['GET'] })
  for (const [path, methods] of ofOpenId) declared.push(...methods.map((method) => `${method} ${path}`))
  expect(known).toEqual(declared.sort())
})

/** “METHOD /path” of each route in Fastify's picture of its tree. */
function routesIn(tree: string): string[] {
  const routes: string[] = []
  const parents: string[] = []
  for (const line of tree.split('\n')) {
    const [, indent, segment, methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    if (segment === undefined) continue
    const depth = indent!.length / 4
    const path = (parents[depth - 1] ?? '') + segment
    parents.splice(depth, parents.length, path)
    for (const method of methods?.split(', ') ?? []) routes.push(`${method} ${path}`)
  }
  return routes
}
