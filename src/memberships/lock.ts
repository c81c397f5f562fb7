import { type Sql, sql } from '../db/sql'
import type { OrganizationState } from '../organizations/schema'
import type { Admin } from '../sessions/access'

const live: OrganizationState[] = ['pending', 'changes_requested', 'accepted', 'suspended']

/**
 * Begins a save by an admin: the common table expressions `org`, the organization's row, locked and in one of these
 * states, and `me`, the admin's own membership, locked and checked to be one still. Both are empty where that is no
 * longer so. Whoever waited here for another change goes on from what that one left.
 *
 * `change` is for what changes memberships or their count, and lets in one at a time; `share` is for what only must
 * not happen while they change.
 */
export function lockedBy(admin: Admin, lock: 'change' | 'share', states: OrganizationState[] = live): Sql {
  return sql`
    org as materialized (
      select id from organizations where id = ${admin.organizationId} and state = any(${states}::text[])
      ${lock === 'change' ? sql`for no key update` : sql`for share`}
    ), me as materialized (
      select m.id, m.organization_id from memberships m, org
      where m.id = ${admin.membershipId} and m.organization_id = org.id and m.admin and m.ended_at is null
      for share of m
    )`
}
