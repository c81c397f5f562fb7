import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin, Member } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { fullNameSql, matchesPerson, personColumns, personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, type Order, pageAfter } from '../../platform/db/page'
import { alphabetical } from '../../platform/db/search'
import { columns, type Expressions } from '../../platform/db/select-list'
import { named, nothing, one, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { isPending } from '../../platform/invitation-codes/pending'
import type { MembershipFacts } from './rules'
import type { listMemberships, Membership } from './schema'

const expressions: Expressions<Membership> = {
  id: sql`m.id`,
  account: personColumns(sql`a`),
  admin: sql`m.admin`,
  since: sql`m.started_at`,
  me: sql`m.account_id = (select id from actor)`,
}
const membershipColumns = columns(expressions)

const byStart = newestFirst(sql`m.started_at`, sql`m.id`)
const sortName = alphabetical(fullNameSql(sql`a`))
const orders: Record<CheckedInputOf<typeof listMemberships>['sort'], Order> = {
  newest: byStart,
  oldest: { ...byStart, direction: 'asc' },
  name: { key: sortName, type: 'text', id: sql`m.id`, direction: 'asc' },
}

export const loadMemberships = (
  db: Database,
  credential: Credential,
  input: CheckedInputOf<typeof listMemberships>,
) => {
  const { organizationId, q, limit, cursor, sort, admins } = input
  const page = pageAfter(orders[sort], cursor, limit)
  const accounts = q || sort === 'name' ? sql`join accounts a on a.id = m.account_id` : nothing
  const mayMatchEmail = sql`(select admin or operator from actor)`
  // Selects the page first, by its index alone if possible, and then joins the accounts: the other order would read all
  // rows.
  return loadFacts<{ exists: boolean; memberships: LoadedPage<Membership> }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    memberships: page.of(
      membershipColumns,
      sql`
      from (
        select m.* from memberships m ${accounts}
        where m.organization_id = ${organizationId} and m.ended_at is null ${admins ? sql`and m.admin` : nothing}
          ${q ? sql`and ${matchesPerson(sql`a`, q, mayMatchEmail)}` : nothing} ${page.where}
        ${page.orderAndLimit}
      ) m join accounts a on a.id = m.account_id
      ${page.order}`,
    ),
  })
}

export const loadMembership = (db: Database, credential: Credential, organizationId: string, membershipId: string) =>
  loadFacts<{ membership: (Membership & { pendingInvitations: number; tokens: number }) | null }>(db, credential, {
    membership: one(sql`
      select ${named({ ...expressions, account: personForActor(sql`a`) })}, (
        select count(*)::int from invitations i
        where i.inviter_membership_id = m.id and ${isPending}
      ) as "pendingInvitations", (
        select count(*)::int from tokens t
        where t.account_id = m.account_id and t.ended_at is null and t.expires_at > now() and (m.admin or t.membership_id = m.id)
      ) as tokens
      from memberships m join accounts a on a.id = m.account_id
      where m.id = ${membershipId} and m.organization_id = ${organizationId} and m.ended_at is null`),
  })

/** The facts for changing one membership; without an id, only the number of admins. */
export const loadMembershipFacts = (
  db: Database,
  credential: Credential,
  organizationId: string,
  membershipId: string | undefined,
) =>
  loadFacts<MembershipFacts>(db, credential, {
    target: one(sql`
      select m.id, m.account_id as "accountId", m.admin, a.disabled_at is not null as disabled
      from memberships m join accounts a on a.id = m.account_id
      where m.id = ${membershipId ?? null}::uuid and m.organization_id = ${organizationId} and m.ended_at is null`),
    admins: sql`(select admin_count from organizations where id = ${organizationId})`,
  })

export const saveAdminPrivileges = (
  db: Database,
  by: Admin,
  target: { id: string; accountId: string },
  admin: boolean,
) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change')}, changed as (
      update memberships m set admin = ${admin} from me
      where m.id = ${target.id} and m.ended_at is null and m.admin <> ${admin}
      returning m.id
    ), ${recordingEvent({ kind: admin ? 'admin_granted' : 'admin_revoked', actor: by, subject: target.accountId, organization: by.organizationId }, sql`changed`)}
    select id from changed`)

/** Removing oneself is leaving: a person who was removed needs a decision to return. */
export const saveMembershipRemoval = (db: Database, by: Admin, target: { id: string; accountId: string }) => {
  const leaves = target.accountId === by.id
  return db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change')}, ended as (
      update memberships m set ended_at = now(), ended_reason = ${leaves ? 'left' : 'removed'} from me
      where m.id = ${target.id} and m.ended_at is null
      returning m.id
    ), ${recordingEvent({ kind: leaves ? 'member_left' : 'member_removed', actor: by, subject: target.accountId, organization: by.organizationId }, sql`ended`)}
    select id from ended`)
}

export const saveLeaving = (db: Database, member: Member) =>
  db.first<{ id: string }>(sql`
    with org as materialized (select id from organizations where id = ${member.organizationId} for no key update),
    ended as (
      update memberships m set ended_at = now(), ended_reason = 'left' from org
      where m.id = ${member.membershipId} and m.organization_id = org.id and m.ended_at is null
      returning m.id
    ), ${recordingEvent({ kind: 'member_left', actor: member, subject: member.id, organization: member.organizationId }, sql`ended`)}
    select id from ended`)

/**
 * The successor's privileges and the caller's own leaving, in one step: both rows or, if either has changed, neither.
 */
export const saveHandover = (
  db: Database,
  { by: member, successor }: { by: Admin; successor: { id: string; accountId: string } },
) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(member, 'change')}, both_members as materialized (
      select m.id from memberships m, me
      where m.id in (me.id, ${successor.id}) and m.organization_id = ${member.organizationId} and m.ended_at is null
      for no key update of m
    ), changed as (
      update memberships m
      set admin = m.admin or m.id = ${successor.id},
        ended_at = case when m.id = ${member.membershipId} then now() end,
        ended_reason = case when m.id = ${member.membershipId} then 'left' end
      where m.id in (select id from both_members) and (select count(*) from both_members) = 2
      returning m.id
    ), handed_over as (select id from changed where id = ${member.membershipId}),
    ${recordingEvent({ kind: 'handed_over', actor: member, subject: successor.accountId, organization: member.organizationId }, sql`handed_over`)}
    select id from handed_over`)
