import { nothing, type Sql, sql } from '../db/sql'

/**
 * The common table expression `operator`: the operator's account under a row lock; empty if it is no longer an
 * operator's. Operators' saves depend on it, so a demoted operator saves nothing more: PostgreSQL checks only locked
 * rows again after waiting. `after` is the common table expression that locks what comes before accounts in the lock
 * order: the site, the organization.
 */
export const operatorAfter = (operatorId: string, after: Sql): Sql => sql`
  operator as materialized (
    select id from accounts where id = ${operatorId} and operator and disabled_at is null ${whenLocked(after)} for share
  )`

/** The same, if nothing comes before. */
export const operatorFirst = (operatorId: string): Sql => sql`
  operator as materialized (
    select id from accounts where id = ${operatorId} and operator and disabled_at is null for share
  )`

/**
 * The common table expressions `operator` and `account`, the account to decide about, locked in the order of their ids.
 * `and` is an additional guard on the account.
 */
export const operatorAndAccount = (operatorId: string, accountId: string, after?: Sql, and = nothing): Sql => sql`
  people as materialized (
    select id, email, email_verified, two_factor_enabled, operator, disabled_at, deleted_at from accounts
    where id in (${operatorId}, ${accountId}) ${after ? whenLocked(after) : nothing} order by id for no key update
  ), operator as materialized (
    select id from people where id = ${operatorId} and operator and disabled_at is null
  ), account as materialized (
    select p.* from people p, operator where p.id = ${accountId} and p.deleted_at is null ${and}
  )`

/** Counting them makes PostgreSQL lock all of these rows first. */
const whenLocked = (after: Sql): Sql => sql`and (select count(*) from ${after}) > 0`
