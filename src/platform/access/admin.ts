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
 * Starts an admin's save with two common table expressions: `org`, the organization's row, locked, if its state is one
 * of the given ones; and `me`, the admin's own membership, locked, if it still has admin privileges. Otherwise both are
 * empty. A statement that had to wait for the lock sees the row as the other transaction left it.
 *
 * Use `change` if the statement changes memberships or their count; only one such statement runs at a time. Use `share`
 * if the statement only requires that memberships do not change while it runs. `and` is an additional condition on the
 * locked row.
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
