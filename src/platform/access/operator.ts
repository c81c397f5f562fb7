import { nothing, type Sql, sql } from '../db/sql'

/**
 * The common table expression `operator`: the row of the operator’s account, locked, while it is an operator’s; empty when
 * it is one no longer. What operators save comes from it, so that somebody who was demoted saves nothing more: only a row
 * that is locked is looked at again after waiting. `after` is the common table expression that locks what comes before
 * accounts in the order of locks: the site, the organization.
 */
export const operatorAfter = (operatorId: string, after: Sql): Sql => sql`
  operator as materialized (
    select id from accounts where id = ${operatorId} and operator and disabled_at is null ${whenLocked(after)} for share
  )`

/** The same where nothing comes before. */
export const operatorFirst = (operatorId: string): Sql => sql`
  operator as materialized (
    select id from accounts where id = ${operatorId} and operator and disabled_at is null for share
  )`

/**
 * The common table expressions `operator`, and `account`, which is decided about, locked in the order of their ids. `and` is
 * what else has to be true of the account.
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

/** Counting makes PostgreSQL lock all of them before. */
const whenLocked = (after: Sql): Sql => sql`and (select count(*) from ${after}) > 0`
