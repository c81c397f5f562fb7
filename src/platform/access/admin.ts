import { nothing, type Sql, sql, text } from '../db/sql'
import type { Admin } from './admit'
import { isLive, type OrganizationState, organizationStates } from './organization-state'

const live = organizationStates.filter(isLive)

/** Several admins at once: queries for the ids of their memberships and of their organizations. */
interface Admins {
  membershipId: Sql
  organizationId: Sql
}

/**
 * Begins a save by an admin with two common table expressions: `org`, the organization's row, locked and in one of
 * these states; and `me`, the admin's own membership, locked and checked to be an admin's still. Both are empty if that
 * is no longer so. A statement that waited here continues from the row that the other change left.
 *
 * Use `change` for changes to memberships or their count: it admits one at a time. Use `share` for changes that must
 * only not happen while memberships change. `and` is an additional guard on the locked row.
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

/**
 * The common table expression `org` alone. Several organizations are locked in the order of their ids, as everywhere.
 */
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
