import type { OrganizationState } from '../../platform/access/organization-state'
import { nothing, type Sql, sql, text } from '../db/sql'
import type { Admin } from './admit'

const live: OrganizationState[] = ['pending', 'changes_requested', 'accepted', 'suspended']

/** Of many admins at once: queries for their memberships' ids, and for those of their organizations. */
interface Admins {
  membershipId: Sql
  organizationId: Sql
}

/**
 * Begins a save by an admin: the common table expressions `org`, the organization's row, locked and in one of these
 * states, and `me`, the admin's own membership, locked and checked to be one still. Both are empty where that is no
 * longer so. Whoever waited here for another change goes on from what that one left.
 *
 * `change` is for what changes memberships or their count, and lets in one at a time; `share` is for what only must
 * not happen while they change. `and` is what else has to be true of the locked row.
 */
export function lockedBy(
  by: Admin | Admins,
  lock: 'change' | 'share',
  states: OrganizationState[] = live,
  and: Sql = nothing,
): Sql {
  return sql`
    ${lockedOrganizations(by.organizationId, lock, states, and)}, me as materialized (
      select m.id, m.organization_id from memberships m, org
      where m.id in (${by.membershipId}) and m.organization_id = org.id and m.admin and m.ended_at is null
      order by m.id for share of m
    )`
}

/** The common table expression `org` alone. Several are locked in the order of their ids, as everywhere. */
export const lockedOrganizations = (
  id: Sql | string,
  lock: 'change' | 'share',
  states: OrganizationState[],
  and: Sql = nothing,
): Sql => sql`
  org as materialized (
    select id from organizations where id in (${id}) and state in (${text(states.map((state) => `'${state}'`).join())}) ${and}
    order by id ${lock === 'change' ? sql`for no key update` : sql`for share`}
  )`
