import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptedOrganization, details, everyPage, membershipOf, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { openSite, type Person, testBaseUrl } from '../../../tests/support/site'
import { addressOf, type Catcher, openCatcher } from '../../../tests/support/smtp'
import { until } from '../../../tests/support/until'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
} from '../../membership/invitations/schema'
import { getMe } from '../../membership/me/schema'
import { leaveOrganization, removeMember, setAdminPrivileges } from '../../membership/memberships/schema'
import { editOrganizationDetails } from '../../membership/organization-details/schema'
import {
  appointAdmin,
  createOrganization,
  dissolveOrganization,
  getOrganization,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  suspendOrganization,
} from '../../membership/organizations/schema'
import { sql } from '../../platform/db/sql'
import { limitsInDatabase } from '../../platform/limits/policies'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { decideRoleRequests, listPendingRequests, requestRoles } from '../../roles/role-requests/schema'
import { importCatalogue, listServices, type Service } from '../../roles/services/schema'
import { notificationRules } from './rules'
import {
  getNotificationPreferences,
  listNotifications,
  markNotificationRead,
  markNotificationsRead,
  mostUnread,
  setNotificationPreferences,
} from './schema'
import { notificationSentence } from './sentence'
import { fillNotificationRules } from './store'

let catcher: Catcher
afterAll(() => catcher.close())
const site = sharedSite(async () => {
  catcher = await openCatcher()
  return { smtp: catcher.url }
})
let operator: Person
let services: Service[]

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
  await operator.call(importCatalogue, JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8')))
  ;({ services } = await operator.call(listServices, {}))
})

const reason = 'A reason.\nOn two lines.'
const kinds = async (person: Person) => (await person.call(listNotifications, {})).items.map(({ kind }) => kind)
const sentences = async (person: Person) =>
  (await person.call(listNotifications, {})).items.map((item) => notificationSentence(item).sentence)
const confirm = (...people: Person[]) =>
  site.db.rows(sql`update accounts set email_verified = true where id = any(${people.map(({ id }) => id)}::uuid[])`)

/** The subjects of the e-mails that a person received, once all that were written are sent. */
async function subjects(person: Person) {
  await until(async () => {
    const waiting = await site.db.rows(sql`select id from mails where address = ${person.email} and sent_at is null`)
    return waiting.length === 0
  })
  return catcher.mails.filter((mail) => addressOf(mail) === person.email).map(({ subject }) => subject)
}

/** A person who accepted an invitation that an admin has to approve. */
async function waitingFor(organizationId: string, admin: Person) {
  const person = await site.person('Wendy')
  const { code } = await admin.call(createInvitation, { organizationId, needsApproval: true })
  await person.call(acceptInvitation, { code })
  const { items } = await admin.call(listAcceptances, { organizationId, state: 'awaiting_approval' })
  return { person, acceptanceId: items[0]!.id }
}

describe('people are notified', () => {
  test('of what operators decide about their organization: its admins, and no one else', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Coral Watch')
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const member = await newMember(site, organizationId, admin)
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    expect((await sentences(second)).reverse()).toEqual([
      'Coral Watch was suspended.',
      'Coral Watch is no longer suspended.',
    ])
    expect((await kinds(admin)).reverse()).toEqual([
      'organization_accepted',
      'invitation_accepted',
      'invitation_accepted',
      'organization_suspended',
      'organization_reinstated',
    ])
    expect(await kinds(member)).toEqual([])
    expect(await kinds(operator)).toEqual([])
    await asSeen(operator).call(dissolveOrganization, { organizationId, reason })
    expect((await kinds(second))[0]).toBe('organization_dissolved')
    expect(await kinds(member)).toEqual([])
  })

  test('that changes are asked for, or that it was rejected, with the reason, also when they are no member any more', async () => {
    const author = await site.person('Ana')
    const { id: organizationId } = await author.call(createOrganization, details('Reef Maps'))
    await asSeen(operator).call(requestChanges, { organizationId, reason })
    await asSeen(operator).call(rejectOrganization, { organizationId, reason })
    const { items } = await author.call(listNotifications, {})
    expect(items).toMatchObject([
      { kind: 'organization_rejected', reason, read: false, organization: { id: organizationId, name: 'Reef Maps' } },
      { kind: 'changes_requested', reason },
    ])
    expect(items[0]!.actor).toMatchObject({ firstName: 'Olga', email: null })
  })

  test('who accepted: the inviter; who waits: every admin; that one is let in, or not: who waited', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Tide Tables')
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    const first = await waitingFor(organizationId, second)
    await asSeen(second).call(approveAcceptance, { organizationId, acceptanceId: first.acceptanceId })
    const other = await waitingFor(organizationId, second)
    await second.call(declineAcceptance, { organizationId, acceptanceId: other.acceptanceId })
    expect((await sentences(admin)).slice(0, 2)).toEqual([
      'Wendy Cruz accepted an invitation to Tide Tables and is waiting for an admin’s approval.',
      'Wendy Cruz accepted an invitation to Tide Tables and is waiting for an admin’s approval.',
    ])
    expect((await sentences(admin))[2]).toBe(`${second.name} Cruz accepted your invitation and joined Tide Tables.`)
    expect(await sentences(first.person)).toEqual([
      `${second.name} Cruz approved your request to join Tide Tables. You are now a member.`,
    ])
    expect(await sentences(other.person)).toEqual(['Tide Tables declined your request to join.'])
  })

  test('of privileges given and taken, of being removed, of what was handed over: the person concerned', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Sea Grass')
    const member = await newMember(site, organizationId, admin)
    const membershipId = await membershipOf(member)
    const by = `${admin.name} Cruz`
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: true })
    await admin.call(setAdminPrivileges, { organizationId, membershipId, admin: false })
    await operator.call(appointAdmin, { organizationId, email: member.email, reason })
    await admin.call(removeMember, { organizationId, membershipId })
    expect((await sentences(member)).reverse()).toEqual([
      `${by} gave you admin privileges in Sea Grass.`,
      `${by} removed your admin privileges in Sea Grass.`,
      'An operator made you an admin of Sea Grass.',
      `${by} removed you from Sea Grass.`,
    ])
    const successor = await newMember(site, organizationId, admin)
    await admin.call(leaveOrganization, { organizationId, successorId: await membershipOf(successor) })
    expect(await sentences(successor)).toEqual([
      `${by} left Sea Grass and handed it over to you. You are now an admin.`,
    ])
  })

  test('of decisions about roles: the admins, with the role’s name', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Mangroves')
    const [service] = services
    const [access] = service!.roles.filter(({ kind }) => kind === 'access')
    const [quota] = service!.roles.filter(({ kind }) => kind === 'quota')
    const wanted = { serviceId: service!.id, accessRoleId: access!.id, quotaRoleId: quota!.id }
    await admin.call(requestRoles, { organizationId, ...wanted, description: 'Mapping.' })
    const [request] = (await operator.call(listPendingRequests, { q: 'Mangroves' })).items
    await asSeen(operator).call(decideRoleRequests, {
      decisions: [
        { requestId: request!.id, kind: 'access', accept: true },
        { requestId: request!.id, kind: 'quota', accept: false, reason },
      ],
    })
    const assignment = (await admin.call(listRoleAssignments, { organizationId })).items[0]!
    await operator.call(revokeRole, { organizationId, assignmentId: assignment.id, reason })
    await asSeen(operator).call(grantRole, { organizationId, roleId: quota!.id, reason })
    const texts = await sentences(admin)
    expect(texts.slice(0, 2)).toEqual([
      `The quota role “${quota!.name}” on ${service!.name} was granted to Mangroves.`,
      `The access role “${access!.name}” on ${service!.name} was revoked from Mangroves.`,
    ])
    expect(texts.slice(2, 4).sort()).toEqual([
      `The access role “${access!.name}” on ${service!.name} was accepted for Mangroves.`,
      `The quota role “${quota!.name}” on ${service!.name} was refused for Mangroves.`,
    ])
  })

  test('by the rules, which every start writes into the database as they are by then', async () => {
    const rules = () =>
      site.db.rows(sql`select kind, recipients, mail_group as "mailGroup" from notification_rules order by kind`)
    const written = Object.entries(notificationRules)
      .map(([kind, { notifies, mailGroup }]) => ({ kind, recipients: notifies, mailGroup }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1))
    expect(await rules()).toEqual(written)
    await site.db.rows(
      sql`update notification_rules set kind = 'gone', recipients = '{}' where kind = 'member_removed'`,
    )
    await site.db.rows(fillNotificationRules())
    expect(await rules()).toEqual(written)
  })
})

describe('the bell', () => {
  test('counts what is unread, and each reads their own', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site)
    const second = await newMember(site, organizationId, admin, { grantsAdmin: true })
    await asSeen(operator).call(suspendOrganization, { organizationId, reason })
    expect(await admin.call(getMe, {})).toMatchObject({ unreadNotifications: 3, mail: true })
    const { items, unread } = await admin.call(listNotifications, {})
    expect(unread).toBe(3)
    await second.call(markNotificationRead, { notificationId: items[0]!.id })
    await second.call(markNotificationsRead, { until: items[0]!.at })
    expect((await admin.call(getMe, {})).unreadNotifications).toBe(3)
    await admin.call(markNotificationRead, { notificationId: items[1]!.id })
    await admin.call(markNotificationRead, { notificationId: items[1]!.id })
    expect((await admin.call(listNotifications, {})).items.map(({ read }) => read)).toEqual([false, true, false])
    await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
    // Up to what was seen; later notifications stay unread.
    await admin.call(markNotificationsRead, { until: items[0]!.at })
    expect((await admin.call(listNotifications, {})).items.map(({ read }) => read)).toEqual([false, true, true, true])
    expect((await second.call(getMe, {})).unreadNotifications).toBe(1)
  })

  test('stops counting at a hundred, and its list has pages', async () => {
    const person = await site.person()
    const { id } = await acceptedOrganization(site)
    await site.db.rows(sql`
      insert into events (kind, subject_id, organization_id, at)
      select 'admin_appointed', ${person.id}::uuid, ${id}::uuid, now() - (n / 3) * interval '1 second' from generate_series(1, 130) n`)
    expect((await person.call(getMe, {})).unreadNotifications).toBe(mostUnread)
    const pages = await everyPage((cursor) => person.call(listNotifications, { limit: 50, ...cursor }))
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 30])
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(130)
  })
})

describe('mails', () => {
  test('come with the notifications, and link to the page, for people who have confirmed their address', async () => {
    const confirmed = await site.person('Ana', { confirmed: true })
    const { id: organizationId } = await confirmed.call(createOrganization, details('Kelp Forest'))
    const other = await site.person('Ben')
    const { id: otherId } = await other.call(createOrganization, details('Sand Bank'))
    await site.db.rows(sql`update accounts set email_verified = false where id = ${other.id}`)
    await asSeen(operator).call(rejectOrganization, { organizationId: otherId, reason })
    await asSeen(operator).call(rejectOrganization, { organizationId, reason })
    const mail = await catcher.mailTo(confirmed.email)
    expect(mail.subject).toBe('Kelp Forest was rejected')
    expect(mail.text).toContain('Hello Ana,\n\nKelp Forest was rejected.\n\n> A reason.\n> On two lines.')
    expect(mail.html).toContain(`href="${testBaseUrl}/organization"`)
    expect(await subjects(other)).toEqual([])
    await confirm(other)
    expect(await kinds(other)).toEqual(['organization_rejected'])
  })

  test('are limited per account that causes them, however often it does; the bell has all', async () => {
    const few = await openSite({ smtp: catcher.url })
    const { id, admin, operator: recipient } = await acceptedOrganization(few)
    const other = await acceptedOrganization(few)
    const rename = async (by: Person, organizationId: string, times = 1) => {
      for (let n = 0; n < times; n++) {
        const { detailsVersion } = await by.call(getOrganization, { organizationId })
        await by.call(editOrganizationDetails, { organizationId, ...details(), detailsVersion })
      }
    }
    const bell = async () => (await recipient.call(listNotifications, { limit: 50 })).items.length
    const mailsOf = async (actor: Person) =>
      (
        await few.db.rows(sql`
          select m.id from mails m join events e on e.id = (m.details->>'eventId')::uuid
          where m.account_id = ${recipient.id} and e.actor_id = ${actor.id}`)
      ).length

    await rename(admin, id, 30)
    expect(await bell()).toBe(30)
    expect(await mailsOf(admin)).toBe(limitsInDatabase.notificationMails.tries)
    await rename(other.admin, other.id)
    expect(await mailsOf(other.admin)).toBe(1)
    await few.db.rows(sql`
      update tries set drained_at = drained_at - interval '61 minutes' where key = ${`notification mails of ${admin.id} to ${recipient.id}`}`)
    await rename(admin, id)
    expect(await mailsOf(admin)).toBe(limitsInDatabase.notificationMails.tries + 1)
    expect(await bell()).toBe(32)
    await few.close()
  })

  test('come of those kinds only that one wants', async () => {
    const { id: organizationId, admin } = await acceptedOrganization(site, 'Sponge Park')
    const all = { organization: true, members: true, roles: true, programs: true }
    expect(await admin.call(getNotificationPreferences, {})).toEqual(all)
    const grantable = services[0]!.roles
    const everything = async (round: number) => {
      await asSeen(operator).call(suspendOrganization, { organizationId, reason })
      await asSeen(operator).call(reinstateOrganization, { organizationId, reason })
      await newMember(site, organizationId, admin)
      await asSeen(operator).call(grantRole, { organizationId, roleId: grantable[round]!.id, reason })
    }
    const got = async () =>
      (await subjects(admin)).flatMap((subject) => /suspended|joined|role/.exec(subject!) ?? []).sort()
    await everything(0)
    expect(await got()).toEqual(['joined', 'role', 'suspended', 'suspended'])

    await admin.call(setNotificationPreferences, { organization: false, members: true, roles: false })
    expect(await admin.call(getNotificationPreferences, {})).toEqual({
      organization: false,
      members: true,
      roles: false,
      programs: true,
    })
    await everything(1)
    expect(await got()).toEqual(['joined', 'joined', 'role', 'suspended', 'suspended'])

    await admin.call(setNotificationPreferences, { organization: false, members: false, roles: true })
    await everything(2)
    expect(await got()).toEqual(['joined', 'joined', 'role', 'role', 'suspended', 'suspended'])
    // The bell shows all of them.
    expect(await kinds(admin)).toHaveLength(1 + 3 * 4)
  })
})
