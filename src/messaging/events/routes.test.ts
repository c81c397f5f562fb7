import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, everyPage, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { configFor, type Person, policy } from '../../../tests/support/site'
import { createApp } from '../../app'
import { confirmAddress } from '../../identity/accounts/schema'
import { signOut } from '../../identity/authentication/schema'
import { setDefaultMemberLimit, setSitePolicy } from '../../identity/site/schema'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
  revokeInvitation,
  showInvitationCode,
  withdrawAcceptance,
} from '../../membership/invitations/schema'
import { requestHigherLimit, setMemberLimit } from '../../membership/member-limits/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../membership/memberships/schema'
import {
  decideIdentityChange,
  editOrganizationDetails,
  withdrawIdentityChange,
} from '../../membership/organization-details/schema'
import {
  acceptOrganization,
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  resubmitOrganization,
  suspendOrganization,
} from '../../membership/organizations/schema'
import { type Sql, sql } from '../../platform/db/sql'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import {
  decideRoleRequests,
  listRoleRequests,
  requestRoles,
  withdrawRoleRequest,
} from '../../roles/role-requests/schema'
import { listServices, saveService } from '../../roles/services/schema'
import { retryMail } from '../mails/schema'
import { setNotificationPreferences } from '../notifications/schema'
import { type EventKind, eventKinds, exportEvents, listEvents, listOrganizationEvents, streamEvents } from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const reason = 'The reason that they read.'

describe('every change is exactly one event', () => {
  interface Written {
    kind: string
    actor: string | null
    subject: string | null
    organization: string | null
    invitation: string | null
    details: Record<string, unknown>
  }

  const after = (position: string) =>
    site.db.rows<Written>(sql`
      select kind, actor_id as actor, subject_id as subject, organization_id as organization, invitation_id as invitation, details
      from events where position > ${position}::bigint order by position`)

  /** The events that a change writes. */
  async function written(change: () => Promise<unknown>): Promise<Written[]> {
    const { end } = await site.db.only<{ end: string }>(sql`select coalesce(max(position), 0)::text as end from events`)
    await change()
    return after(end)
  }

  async function expectOne(change: () => Promise<unknown>, expected: Partial<Written> & { kind: EventKind }) {
    const nothing = { subject: null, organization: null, invitation: null, details: {} }
    expect(await written(change)).toEqual([{ ...nothing, ...expected }])
    seen.add(expected.kind)
  }
  const seen = new Set<EventKind>()

  test('in the life of an organization', async () => {
    const author = await site.person()
    const form = details('Reef Watch')
    let organization = ''
    const create = async () => {
      organization = (await author.call(createOrganization, form)).id
    }
    const [created] = await written(create)
    expect(created).toEqual({
      kind: 'organization_created',
      actor: author.id,
      subject: author.id,
      organization,
      invitation: null,
      details: { name: 'Reef Watch' },
    })
    const organizationId = organization
    const byOperator = { actor: operator.id, organization }
    const decided = { ...byOperator, details: { reason } }
    const resubmitted = { kind: 'organization_resubmitted', actor: author.id, organization } as const
    const resubmit = () => asSeen(author).call(resubmitOrganization, { organizationId, ...form })

    await expectOne(() => asSeen(operator).call(requestChanges, { organizationId, reason }), {
      kind: 'changes_requested',
      ...decided,
    })
    await expectOne(resubmit, { ...resubmitted, details: { name: 'Reef Watch', from: 'changes_requested' } })
    await expectOne(() => asSeen(operator).call(rejectOrganization, { organizationId, reason }), {
      kind: 'organization_rejected',
      ...decided,
    })
    await expectOne(resubmit, { ...resubmitted, details: { name: 'Reef Watch', from: 'rejected' } })
    await expectOne(() => asSeen(operator).call(acceptOrganization, { organizationId }), {
      kind: 'organization_accepted',
      ...byOperator,
    })
    await expectOne(() => asSeen(operator).call(suspendOrganization, { organizationId, reason }), {
      kind: 'organization_suspended',
      ...decided,
    })
    await expectOne(() => asSeen(operator).call(reinstateOrganization, { organizationId, reason }), {
      kind: 'organization_reinstated',
      ...decided,
    })
    const appointed = await site.person()
    await expectOne(() => operator.call(appointAdmin, { organizationId, email: appointed.email, reason }), {
      kind: 'admin_appointed',
      subject: appointed.id,
      ...byOperator,
      details: { reason, joined: true },
    })
    await expectOne(() => asSeen(operator).call(dissolveOrganization, { organizationId, reason }), {
      kind: 'organization_dissolved',
      ...decided,
    })
    const other = await acceptedOrganization(site)
    await expectOne(() => asSeen(other.admin).call(dissolveOrganization, { organizationId: other.id }), {
      kind: 'organization_dissolved',
      actor: other.admin.id,
      organization: other.id,
    })
  })

  test('among members', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const [first, second, third] = [
      await newMember(site, organizationId, admin),
      await newMember(site, organizationId, admin),
      await newMember(site, organizationId, admin),
    ]
    const by = { actor: admin.id, organization: organizationId }
    const membershipId = await membershipOf(first)
    const set = (value: boolean) => () => admin.call(setAdminPrivileges, { organizationId, membershipId, admin: value })
    await expectOne(set(true), { kind: 'admin_granted', subject: first.id, ...by })
    await expectOne(set(false), { kind: 'admin_revoked', subject: first.id, ...by })
    await expectOne(() => admin.call(removeMember, { organizationId, membershipId }), {
      kind: 'member_removed',
      subject: first.id,
      ...by,
    })
    await expectOne(() => second.call(leaveOrganization, { organizationId }), {
      kind: 'member_left',
      actor: second.id,
      subject: second.id,
      organization: organizationId,
    })
    const successorId = await membershipOf(third)
    await expectOne(() => admin.call(leaveOrganization, { organizationId, successorId }), {
      kind: 'handed_over',
      subject: third.id,
      ...by,
    })
  })

  test('of invitations', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const by = { actor: admin.id, organization: organizationId }
    const invite = (options = {}) => admin.call(createInvitation, { organizationId, ...options })
    const defaults = { days: 7, uses: 1, grantsAdmin: false, needsApproval: false, bound: false }

    let invitation = { id: '', code: '' }
    const [created] = await written(async () => {
      invitation = await invite()
    })
    expect(created).toEqual({
      kind: 'invitation_created',
      subject: null,
      ...by,
      invitation: invitation.id,
      details: defaults,
    })
    const invitationId = invitation.id
    await expectOne(() => admin.call(showInvitationCode, { organizationId, invitationId }), {
      kind: 'invitation_shown',
      invitation: invitationId,
      ...by,
    })
    await expectOne(() => admin.call(revokeInvitation, { organizationId, invitationId }), {
      kind: 'invitation_revoked',
      invitation: invitationId,
      ...by,
    })

    const person = await site.person()
    const open = await invite({ grantsAdmin: true })
    await expectOne(() => person.call(acceptInvitation, { code: open.code }), {
      kind: 'invitation_accepted',
      actor: person.id,
      subject: person.id,
      organization: organizationId,
      invitation: open.id,
      details: { admin: true },
    })
    expect(await written(() => person.call(acceptInvitation, { code: open.code }))).toEqual([])

    const approved = await invite({ needsApproval: true, uses: 3 })
    const people = [await site.person(), await site.person(), await site.person()] as const
    for (const waiting of people)
      await expectOne(() => waiting.call(acceptInvitation, { code: approved.code }), {
        kind: 'acceptance_awaiting_approval',
        actor: waiting.id,
        subject: waiting.id,
        organization: organizationId,
        invitation: approved.id,
        details: { admin: false },
      })
    const { items } = await admin.call(listAcceptances, { organizationId, invitationId: approved.id })
    const idOf = (who: Person) => items.find(({ account }) => account.id === who.id)!.id
    const about = { organization: organizationId, invitation: approved.id }
    await expectOne(() => asSeen(admin).call(approveAcceptance, { organizationId, acceptanceId: idOf(people[0]) }), {
      kind: 'acceptance_approved',
      actor: admin.id,
      subject: people[0].id,
      ...about,
      details: { admin: false },
    })
    await expectOne(() => admin.call(declineAcceptance, { organizationId, acceptanceId: idOf(people[1]) }), {
      kind: 'acceptance_declined',
      actor: admin.id,
      subject: people[1].id,
      ...about,
    })
    await expectOne(() => asSeen(people[2]).call(withdrawAcceptance, {}), {
      kind: 'acceptance_withdrawn',
      actor: people[2].id,
      subject: people[2].id,
      ...about,
    })
  })

  test('about accounts', async () => {
    let person: Person | undefined
    const [registered] = await written(async () => {
      person = await site.person()
    })
    expect(registered).toMatchObject({ kind: 'account_registered', actor: person!.id, subject: person!.id })
    await expectOne(() => operator.call(confirmAddress, { accountId: person!.id, email: person!.email }), {
      kind: 'address_confirmed',
      actor: operator.id,
      subject: person!.id,
    })
  })

  test('about users limits', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const about = { organization: organizationId }
    await expectOne(() => asSeen(operator).call(setDefaultMemberLimit, { limit: 1000 }), {
      kind: 'default_member_limit_set',
      actor: operator.id,
      details: { limit: 1000 },
    })
    await expectOne(() => admin.call(requestHigherLimit, { organizationId, limit: 2000, reason }), {
      kind: 'higher_limit_requested',
      actor: admin.id,
      ...about,
      details: { limit: 2000, reason },
    })
    await expectOne(() => asSeen(operator).call(setMemberLimit, { organizationId, limit: 1500, reason }), {
      kind: 'member_limit_set',
      actor: operator.id,
      ...about,
      details: { limit: 1500, reason },
    })
  })

  test('about an organization’s details', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const about = { organization: organizationId }
    const now = () => admin.call(getOrganization, { organizationId })
    const edit = async (change: { name?: string; city?: string }) => {
      const { name, country, description, detailsVersion } = await now()
      const form = { name, country, description, ...change }
      await admin.call(editOrganizationDetails, { organizationId, detailsVersion, ...form })
    }
    const { name } = await now()
    const changed = (from: string, to: string) => ({ details: { changed: { name: { from, to } } } })
    await expectOne(() => edit({ city: 'Dauin' }), {
      kind: 'organization_details_changed',
      actor: admin.id,
      ...about,
      details: { changed: { city: { from: '', to: 'Dauin' } } },
    })
    await expectOne(() => edit({ city: 'Dauin', name: `${name} A` }), {
      kind: 'identity_changed',
      actor: admin.id,
      ...about,
      ...changed(name, `${name} A`),
    })
    await asSeen(operator).call(setSitePolicy, { ...policy, identityChanges: 'accept' })
    const ask = () => edit({ city: 'Dauin', name: `${name} B` })
    const requested = { kind: 'identity_change_requested', actor: admin.id, ...about } as const
    await expectOne(ask, { ...requested, ...changed(`${name} A`, `${name} B`) })
    const { detailsVersion } = await now()
    await expectOne(() => admin.call(withdrawIdentityChange, { organizationId, detailsVersion }), {
      kind: 'identity_change_withdrawn',
      actor: admin.id,
      ...about,
    })
    for (const accept of [false, true]) {
      await ask()
      const seen = (await now()).detailsVersion
      const decision = { organizationId, detailsVersion: seen, accept, ...(accept ? {} : { reason }) }
      const { details } = changed(`${name} A`, `${name} B`)
      await expectOne(() => operator.call(decideIdentityChange, decision), {
        kind: accept ? 'identity_change_accepted' : 'identity_change_refused',
        actor: operator.id,
        ...about,
        details: accept ? details : { ...details, reason },
      })
    }
    await asSeen(operator).call(setSitePolicy, policy)
  })

  test('about services and roles', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const access = { key: 'reader', kind: 'access' as const, name: 'Reader' }
    const quota = {
      key: 'small',
      kind: 'quota' as const,
      name: 'Small',
      limits: [{ key: 'maps', name: 'Maps', value: 5, unit: 'map' }],
    }
    const [changed] = await written(() =>
      operator.call(saveService, { key: 'reef-maps', name: 'Reef maps', roles: [access, quota] }),
    )
    const [service] = (await operator.call(listServices, {})).services
    const [reader, small] = service!.roles
    const changes = [
      { what: 'service_added', service: 'reef-maps', role: null, fields: [] },
      { what: 'role_added', service: 'reef-maps', role: 'reader', fields: [] },
      { what: 'role_added', service: 'reef-maps', role: 'small', fields: [] },
    ]
    const plain = { description: '', retired: false, default: false, requestable: true, service: 'reef-maps' }
    expect(changed).toEqual({
      kind: 'catalogue_changed',
      actor: operator.id,
      subject: null,
      organization: null,
      invitation: null,
      details: {
        changes,
        services: [
          {
            id: service!.id,
            key: 'reef-maps',
            name: 'Reef maps',
            description: '',
            url: null,
            s3Keys: null,
            position: 0,
            retired: false,
          },
        ],
        roles: [
          { ...plain, ...access, id: reader!.id, position: 0, limits: [] },
          { ...plain, ...quota, id: small!.id, position: 1 },
        ],
      },
    })
    seen.add('catalogue_changed')

    const serviceId = service!.id
    const ask = (accessRoleId: string | null, quotaRoleId: string | null) =>
      admin.call(requestRoles, { organizationId, serviceId, accessRoleId, quotaRoleId, description: 'Maps.' })
    const newest = async () => (await admin.call(listRoleRequests, { organizationId })).items[0]!.id
    const byAdmin = { actor: admin.id, organization: organizationId }
    const byOperator = { actor: operator.id, organization: organizationId }
    const about = ({ id, kind, key, name }: NonNullable<typeof reader>) => ({
      ...{ serviceId, kind, roleId: id },
      ...{ service: { key: service!.key, name: service!.name }, role: { key, name } },
    })
    const [aboutReader, aboutSmall] = [about(reader!), about(small!)]

    const [requested] = await written(() => ask(reader!.id, small!.id))
    const requestId = await newest()
    expect(requested).toEqual({
      kind: 'role_requested',
      subject: null,
      invitation: null,
      ...byAdmin,
      details: { requestId, serviceId, parts: [aboutReader, aboutSmall] },
    })
    seen.add('role_requested')
    const decisions = [
      { requestId, kind: 'access' as const, accept: true },
      { requestId, kind: 'quota' as const, accept: false, reason },
    ]
    const decided = await written(() => asSeen(operator).call(decideRoleRequests, { decisions }))
    const [assignment] = (await admin.call(listRoleAssignments, { organizationId })).items
    const assignmentId = assignment!.id
    const toAdmin = { ...byOperator, subject: admin.id, invitation: null }
    expect(decided.sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { kind: 'role_accepted', ...toAdmin, details: { requestId, ...aboutReader, assignmentId } },
      { kind: 'role_refused', ...toAdmin, details: { requestId, ...aboutSmall, reason } },
    ])
    seen.add('role_accepted').add('role_refused')
    await expectOne(() => operator.call(revokeRole, { organizationId, assignmentId, reason }), {
      kind: 'role_revoked',
      ...byOperator,
      details: { assignmentId, ...aboutReader, reason },
    })
    const expiresAt = new Date(Date.now() + 3600_000).toISOString()
    const [granted] = await written(() =>
      asSeen(operator).call(grantRole, { organizationId, roleId: small!.id, reason, expiresAt }),
    )
    const [second] = (await admin.call(listRoleAssignments, { organizationId })).items
    expect(granted).toMatchObject({
      kind: 'role_granted',
      ...byOperator,
      details: { ...aboutSmall, assignmentId: second!.id, reason, expiresAt },
    })
    seen.add('role_granted')
    await ask(reader!.id, null)
    const again = await newest()
    await expectOne(() => admin.call(withdrawRoleRequest, { organizationId, requestId: again }), {
      kind: 'role_request_withdrawn',
      ...byAdmin,
      details: { requestId: again, serviceId, parts: [aboutReader] },
    })
  })

  test('in choosing which mails come, and in having one tried again', async () => {
    const person = await site.person()
    const choice = { organization: true, members: false, roles: true, programs: true }
    await expectOne(() => person.call(setNotificationPreferences, choice), {
      kind: 'notice_preferences_set',
      actor: person.id,
      subject: person.id,
      details: choice,
    })
    expect(await written(() => person.call(setNotificationPreferences, choice))).toEqual([])
    const mailId = randomUUID()
    await site.db.rows(
      sql`insert into mails (id, address, template) values (${mailId}, ${person.email}, 'password_changed')`,
    )
    await expectOne(() => operator.call(retryMail, { mailId }), {
      kind: 'mail_retried',
      actor: operator.id,
      details: { mailId },
    })
  })

  test('and there is no kind that the tests above have not seen', () => {
    // The event of the setup link is tested in identity/accounts/routes.test.ts, those of granting and revoking
    // operators with the command line.
    const elsewhere: EventKind[] = ['operator_granted', 'operator_revoked']
    // Events of accounts are tested with their endpoints: me, passwords, authentication, second-factors, passkeys,
    // site, mails, tokens, service-keys, openid-clients, openid-sign-ins,
    // connection-settings, webhooks, reminders.
    const ofAccounts: EventKind[] = [
      'account_deleted',
      'account_disabled',
      'account_enabled',
      'account_updated',
      'address_changed',
      'passkey_added',
      'passkey_removed',
      'password_changed',
      'provider_linked',
      'provider_unlinked',
      'recovery_codes_renewed',
      'reset_link_made',
      'second_factor_added',
      'second_factor_removed',
      'sessions_ended',
      'site_policy_changed',
      'mail_switched_on',
      'mail_switched_off',
      'terms_accepted',
      'openid_client_created',
      'openid_client_changed',
      'openid_client_secret_replaced',
      'openid_client_ended',
      'application_signed_in',
      'application_allowed',
      'application_signed_out',
      'connection_changed',
      'connection_created',
      'connection_deleted',
      'connection_ending',
      'connection_failing',
      'connection_losses_confirmed',
      'connection_recovered',
      'connection_secret_rotated',
      'connection_switched_off',
      'connection_switched_on',
      's3_key_created',
      's3_key_deleted',
      's3_key_end_changed',
      's3_key_expiring',
      's3_secret_reset',
      's3_secret_shown',
      'service_key_created',
      'service_key_ended',
      'service_key_expiring',
      'token_created',
      'organization_token_expiring',
      'token_ended',
      'token_expiring',
      'token_renewed',
    ]
    const listedApart: EventKind[] = ['organization_created', 'invitation_created', 'account_registered']
    expect([...seen, ...elsewhere, ...ofAccounts, ...listedApart].sort()).toEqual([...eventKinds].sort())
  })

  test('and what is refused is none', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const membershipId = await membershipOf(admin)
    const refused = async () => {
      await admin.try(leaveOrganization, { organizationId })
      await admin.try(removeMember, { organizationId, membershipId })
      await admin.try(createOrganization, details())
      await asSeen(operator).try(acceptOrganization, { organizationId })
      await asSeen(operator).try(dissolveOrganization, { organizationId })
      await operator.try(createInvitation, { organizationId })
    }
    expect(await written(refused)).toEqual([])
  })
})

test.each([
  ['changed', sql`update events set kind = 'member_left'`],
  ['changed where nothing is', sql`update events set details = '{}' where false`],
  ['deleted', sql`delete from events`],
  ['emptied', sql`truncate events`],
] as [string, Sql][])('what happened cannot be %s', async (_, statement) => {
  const count = async () => (await site.db.only<{ n: string }>(sql`select count(*) as n from events`)).n
  const before = await count()
  await expect(site.db.rows(statement)).rejects.toThrow('events are append-only')
  expect(await count()).toBe(before)
})

describe('the activity of an organization', () => {
  let organizationId: string
  let admin: Person
  let member: Person
  const kinds: EventKind[] = [
    'organization_created',
    'organization_accepted',
    'invitation_created',
    'invitation_accepted',
    'admin_granted',
    'admin_revoked',
    'invitation_created',
  ]

  beforeAll(async () => {
    ;({ id: organizationId, admin } = await acceptedOrganization(site, 'Mangrove Watch'))
    member = await site.person('Marisol')
    const { code } = await admin.call(createInvitation, { organizationId })
    await member.call(acceptInvitation, { code })
    const membershipId = await membershipOf(member)
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: true })
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
    await admin.call(createInvitation, { organizationId, note: 'For another person' })
  })

  const list = (filters = {}, by = admin) => by.call(listOrganizationEvents, { organizationId, ...filters })

  test('newest first, a page at a time, has everything once', async () => {
    const pages = await everyPage((cursor) => list({ limit: 2, ...cursor }))
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1])
    expect(pages.flat().map(({ kind }) => kind)).toEqual([...kinds].reverse())
    expect(await list()).toEqual({ items: pages.flat(), next: null })
    expect(await list({}, operator)).toEqual({ items: pages.flat(), next: null })
  })

  test('a page keeps its place when something happens in the meantime', async () => {
    const { id, admin: by } = await acceptedOrganization(site)
    const page = (more = {}) => by.call(listOrganizationEvents, { organizationId: id, limit: 1, ...more })
    const first = await page()
    await by.call(createInvitation, { organizationId: id })
    expect(await page({ cursor: first.next })).toMatchObject({ items: [{ kind: 'organization_created' }], next: null })
  })

  test('says who did what to whom', async () => {
    const { items } = await list({ kind: 'admin_granted' })
    expect(items).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        kind: 'admin_granted',
        actor: { id: admin.id, firstName: admin.name, lastName: 'Cruz', email: admin.email },
        token: null,
        subject: { id: member.id, firstName: 'Marisol', lastName: 'Cruz', email: member.email },
        organization: { id: organizationId, name: 'Mangrove Watch' },
        details: {},
      },
    ])
  })

  test.each([
    ['a kind', { kind: 'invitation_created' }, ['invitation_created', 'invitation_created']],
    ['a kind that did not happen', { kind: 'member_left' }, []],
    ['a name', { q: 'marisol' }, ['admin_revoked', 'admin_granted', 'invitation_accepted']],
    ['a whole name', { q: 'Marisol Cruz', kind: 'admin_granted' }, ['admin_granted']],
    ['a wildcard, which is none', { q: '%' }, []],
  ] as [string, object, EventKind[]][])('is filtered by %s', async (_, filters, expected) => {
    expect((await list(filters)).items.map(({ kind }) => kind)).toEqual(expected)
    const pages = await everyPage((cursor) => list({ ...filters, limit: 1, ...cursor }))
    expect(pages.flat().map(({ kind }) => kind)).toEqual(expected)
  })

  test('is filtered by a person, whether they did it or it was done to them', async () => {
    const of = async (accountId: string) => (await list({ accountId })).items.map(({ kind }) => kind)
    expect(await of(member.id)).toEqual(['admin_revoked', 'admin_granted', 'invitation_accepted'])
    expect(await of(admin.id)).toHaveLength(5)
  })

  test('is read by admins and operators only', async () => {
    const refused = { status: 403, code: 'admin_privileges_needed' }
    expect(await member.try(listOrganizationEvents, { organizationId })).toMatchObject(refused)
    expect(await (await site.person()).try(listOrganizationEvents, { organizationId })).toMatchObject({
      status: 404,
      code: 'organization_not_found',
    })
  })

  test('of no organization is not found, by an operator either', async () => {
    const absent = { organizationId: '01890000-0000-7000-8000-000000000000' }
    expect(await operator.try(listOrganizationEvents, absent)).toMatchObject({ code: 'organization_not_found' })
  })

  test('goes on being readable by operators when the organization has ended', async () => {
    const { id, admin: sole } = await acceptedOrganization(site)
    await asSeen(sole).call(dissolveOrganization, { organizationId: id })
    expect((await operator.call(listOrganizationEvents, { organizationId: id })).items[0]).toMatchObject({
      kind: 'organization_dissolved',
    })
  })
})

describe('the activity of the site', () => {
  test('has every event once, a page at a time', async () => {
    const pages = await everyPage((cursor) => operator.call(listEvents, { limit: 25, ...cursor }))
    const ids = pages.flat().map(({ id }) => id)
    const stored = await site.db.rows<{ id: string }>(sql`select id from events order by position desc`)
    expect(ids).toEqual(stored.map(({ id }) => id))
    expect(pages.length).toBeGreaterThan(2)
  })

  test('is the operators’', async () => {
    expect(await (await site.person()).try(listEvents, {})).toMatchObject({ status: 403, code: 'operator_needed' })
    expect(await site.anonymous.try(listEvents, {})).toMatchObject({ status: 401, code: 'not_signed_in' })
  })
})

describe('the live stream', () => {
  const opened: AbortController[] = []
  afterEach(() => {
    for (const controller of opened.splice(0)) controller.abort()
  })

  /** Opens the stream as a browser does. `next` waits for a message and returns undefined if the stream has ended. */
  async function listen(person: Person, url = site.url) {
    const controller = new AbortController()
    opened.push(controller)
    const response = await fetch(url + streamEvents.path, {
      headers: { cookie: person.cookie },
      signal: controller.signal,
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    async function next(): Promise<{ kind: EventKind; organizationId: string | null } | undefined> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end < 0) {
          const { done, value } = await reader.read()
          if (done) return undefined
          text += value
          continue
        }
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        if (block.startsWith('data: ')) return JSON.parse(block.slice('data: '.length))
      }
    }
    /**
     * Reads until a message and returns the messages before it. A listener also receives events from shortly before it
     * connected, if the feed has not processed them for other listeners yet.
     */
    async function until(kind: EventKind, organizationId: string | null) {
      const before = []
      for (;;) {
        const message = await next()
        if (!message) throw new Error(`the stream ended before ${kind}, after ${JSON.stringify(before)}`)
        if (message.kind === kind && message.organizationId === organizationId) return before
        before.push(message)
      }
    }
    /** Reads to the end. */
    async function rest() {
      const messages = []
      for (let message = await next(); message; message = await next()) messages.push(message)
      return messages
    }
    return { next, until, rest }
  }

  test('needs a session', async () => {
    for (const cookie of ['', 'guildhall_session=x.y', operator.cookie.slice(0, -4)]) {
      const response = await fetch(site.url + streamEvents.path, { headers: { cookie } })
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(await response.json()).toMatchObject({ code: 'not_signed_in' })
    }
  })

  test('tells of one’s organization, in order, what kind of thing and no more', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const member = await newMember(site, id, admin)
    const stream = await listen(member)
    await newMember(site, id, admin, { grantsAdmin: true })
    await stream.until('invitation_created', id)
    expect(await stream.until('invitation_accepted', id)).toEqual([])
    await admin.call(createInvitation, { organizationId: id })
    expect(await stream.next()).toEqual({ kind: 'invitation_created', organizationId: id })
  })

  test('tells nothing of others', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const other = await acceptedOrganization(site)
    const loner = await site.person()
    const [inside, outside] = [await listen(admin), await listen(loner)]
    await newMember(site, other.id, other.admin)
    await admin.call(createInvitation, { organizationId: id })
    const own = await loner.call(createOrganization, details())
    const heardInside = await inside.until('invitation_created', id)
    const heardOutside = await outside.until('organization_created', own.id)
    expect(heardInside.filter(({ organizationId }) => organizationId !== id && organizationId !== null)).toEqual([])
    expect(heardOutside.filter(({ kind }) => kind !== 'account_registered')).toEqual([])
  })

  test('tells operators of everything', async () => {
    const stream = await listen(operator)
    const person = await site.person()
    const { id } = await person.call(createOrganization, details())
    await stream.until('account_registered', null)
    await stream.until('organization_created', id)
  })

  test.each([
    ['a second factor', sql`update site set second_factor = 'all'`, sql`update site set second_factor = 'optional'`],
    [
      'accepted terms',
      sql`update site set terms_version = '2', terms_address = 'https://example.org'`,
      sql`update site set terms_version = null, terms_address = null`,
    ],
    ['a confirmed address', sql`update site set mail_configured = true`, sql`update site set mail_configured = false`],
  ])('shows a person without %s only their own events', async (_, ask, leave) => {
    const boss = await site.person('Boss', { operator: true })
    await site.db.rows(sql`update accounts set email_verified = false where id = ${boss.id}`)
    const before = await acceptedOrganization(site)
    await site.db.rows(ask)
    try {
      expect((await boss.try(listEvents, {})).status).toBe(403)
      expect((await fetch(site.url + exportEvents.path, { headers: { cookie: boss.cookie } })).status).toBe(403)
      const stream = await listen(boss)
      await site.db.rows(sql`
        insert into events (kind, actor_id, organization_id) values ('invitation_created', ${before.admin.id}, ${before.id})`)
      await site.db.rows(
        sql`insert into events (kind, actor_id, subject_id) values ('passkey_added', ${boss.id}, ${boss.id})`,
      )
      const heard = await stream.until('passkey_added', null)
      expect(heard.filter(({ kind }) => kind !== 'account_registered')).toEqual([])
    } finally {
      await site.db.rows(leave)
    }
  })

  test('shows a person their own removal, and nothing of the organization from then on', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const [memberStream, adminStream] = [await listen(member), await listen(admin)]
    await admin.call(removeMember, { organizationId, membershipId: await membershipOf(member) })
    await memberStream.until('member_removed', organizationId)
    await adminStream.until('member_removed', organizationId)
    // The listener's access is checked after each look at the feed that found something, so it is current after the
    // next one.
    const own = await member.call(createOrganization, details())
    await memberStream.until('organization_created', own.id)
    await admin.call(createInvitation, { organizationId })
    await adminStream.until('invitation_created', organizationId)
    await asSeen(member).call(dissolveOrganization, { organizationId: own.id })
    expect(await memberStream.next()).toEqual({ kind: 'organization_dissolved', organizationId: own.id })
  })

  test('shows a person who joined while listening what follows', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const person = await site.person()
    const stream = await listen(person)
    const { code } = await admin.call(createInvitation, { organizationId })
    await person.call(acceptInvitation, { code })
    await stream.until('invitation_accepted', organizationId)
    const membershipId = await membershipOf(person)
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: true })
    expect(await stream.next()).toEqual({ kind: 'admin_granted', organizationId })
  })

  test('ends with signing out, and does not open again', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const { id: invitationId } = await admin.call(createInvitation, { organizationId })
    const [memberStream, adminStream] = [await listen(member), await listen(admin)]
    await member.call(signOut, {})
    await admin.call(revokeInvitation, { organizationId, invitationId })
    expect(await memberStream.rest()).not.toContainEqual({ kind: 'invitation_revoked', organizationId })
    await adminStream.until('invitation_revoked', organizationId)
    expect((await fetch(site.url + streamEvents.path, { headers: { cookie: member.cookie } })).status).toBe(401)
  })

  test('ends when the session was ended elsewhere, at the latest with the second thing that happens', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const member = await newMember(site, organizationId, admin)
    const [memberStream, adminStream] = [await listen(member), await listen(admin)]
    await site.db.rows(sql`delete from sessions where account_id = ${member.id}`)
    const { id: invitationId } = await admin.call(createInvitation, { organizationId })
    await adminStream.until('invitation_created', organizationId)
    await admin.call(revokeInvitation, { organizationId, invitationId })
    expect(await memberStream.rest()).not.toContainEqual({ kind: 'invitation_revoked', organizationId })
  })

  test('tells of what happens at another server process, and ends with its own', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const app = await createApp(configFor(), site.db)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const stream = await listen(admin, url)
    await admin.call(createInvitation, { organizationId })
    await stream.until('invitation_created', organizationId)
    await Promise.all([stream.rest(), app.close()])
  })

  test('of a listener who went away disturbs no one', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    await listen(admin)
    for (const controller of opened.splice(0)) controller.abort()
    const stream = await listen(admin)
    await admin.call(createInvitation, { organizationId })
    await stream.until('invitation_created', organizationId)
  })
})
