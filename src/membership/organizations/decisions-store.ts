import { recordingEvent } from '../../messaging/events/recording'
import type { EventKind } from '../../messaging/events/schema'
import { type Actor, loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter, operatorAndAccount } from '../../platform/access/operator'
import type { OrganizationState } from '../../platform/access/organization-state'
import type { Database } from '../../platform/db/database'
import { one, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { appointAdmin } from './schema'
import { type OrganizationRow, organizationFact } from './store'

export interface StateChange {
  organizationId: string
  /** The version of the state that the caller saw. */
  stateVersion: number
  from: readonly OrganizationState[]
  to: OrganizationState
  kind: EventKind
  operator: Actor
  reason: string | null
}

/** An operator's decision. Triggers end whatever ends with the organization. */
export const saveStateChange = (
  db: Database,
  { organizationId, stateVersion, from, to, kind, operator, reason }: StateChange,
) =>
  db.first<{ id: string }>(sql`
    with org as materialized (
      select id from organizations where id = ${organizationId} and state = any(${from}::text[]) and state_version = ${stateVersion}
      for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, changed as (
      update organizations o set state = ${to}, state_reason = ${to === 'accepted' ? null : reason}, state_since = now()
      from org, operator where o.id = org.id
      returning o.id
    ), ${recordingEvent({ kind, actor: operator, organization: sql`changed.id`, details: reason ? { reason } : {} }, sql`changed`)}
    select id from changed`)

/** The sole member's own decision; guarded by the counts on the locked row, in case a person joins concurrently. */
export const saveDissolution = (db: Database, by: Admin, stateVersion: number) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change', undefined, sql`and state_version = ${stateVersion} and member_count = 1 and admin_count = 1`)}, changed as (
      update organizations o set state = 'dissolved', state_reason = null, state_since = now() from me
      where o.id = me.organization_id returning o.id
    ), ${recordingEvent({ kind: 'organization_dissolved', actor: by, organization: sql`changed.id` }, sql`changed`)}
    select id from changed`)

export interface AppointmentFacts {
  organization: OrganizationRow | null
  account: {
    id: string
    addressConfirmed: boolean
    membershipId: string | null
    organizationId: string | null
    admin: boolean | null
  } | null
}

export const loadAppointment = (db: Database, credential: Credential, organizationId: string, email: string) =>
  loadFacts<AppointmentFacts>(db, credential, {
    organization: organizationFact(organizationId),
    account: one(sql`
      select a.id, a.email_verified as "addressConfirmed", m.id as "membershipId", m.organization_id as "organizationId", m.admin
      from accounts a left join memberships m on m.account_id = a.id and m.ended_at is null
      where a.email = ${email} and a.disabled_at is null`),
  })

interface Appointment extends CheckedInputOf<typeof appointAdmin> {
  operator: Actor
  accountId: string
  /** The membership that gets the privileges; null for a person who joins by this. */
  membershipId: string | null
  newMembershipId: string
}

export const saveAppointment = (
  db: Database,
  { operator, organizationId, accountId, email, membershipId, newMembershipId, reason }: Appointment,
) =>
  db.first<{ id: string; addressConfirmed: boolean }>(sql`
    with org as materialized (
      select id from organizations where id = ${organizationId} and state not in ('rejected', 'dissolved')
      for no key update
    ), ${operatorAndAccount(operator.id, accountId, sql`org`)}, appointed as (
      ${
        membershipId
          ? sql`update memberships m set admin = true from org, account
              where m.id = ${membershipId} and m.organization_id = org.id and m.ended_at is null and not m.admin
                and account.email = ${email} and account.disabled_at is null returning m.id`
          : sql`insert into memberships (id, organization_id, account_id, admin)
              select ${newMembershipId}::uuid, org.id, account.id, true from org, account
              where account.email = ${email} and account.disabled_at is null returning id`
      }
    ), ${recordingEvent({ kind: 'admin_appointed', actor: operator, subject: accountId, organization: organizationId, details: { reason, joined: !membershipId } }, sql`appointed`)}
    select appointed.id, account.email_verified as "addressConfirmed" from appointed, account`)
