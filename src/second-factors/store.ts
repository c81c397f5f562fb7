import type { Database } from '../db/database'
import { one, type Sql, sql } from '../db/sql'
import { announcing } from '../events/announce'
import { type Actor, loadFacts, ownAccount } from '../sessions/actor'
import { operatorAndAccount } from '../sessions/operator'

export interface SecondFactor {
  /** The site’s policy. */
  policy: string
  on: boolean
  /** Whether one was begun that no code has confirmed yet. */
  begun: boolean
  hasPassword: boolean
}

export const getSecondFactor = (db: Database, accountId: string) =>
  db.only<SecondFactor>(sql`
    select site.second_factor as policy, a.two_factor_enabled as on,
      exists (select from two_factors where account_id = a.id and not verified) as begun,
      exists (select from credentials where account_id = a.id and password is not null) as "hasPassword"
    from site, accounts a where a.id = ${accountId}`)

/** Whose the challenge is that a password was right for, by what Better Auth keeps it under. */
export const findChallenged = (db: Database, identifier: string) =>
  db.first<{ accountId: string }>(sql`
    select value as "accountId" from verifications where identifier = ${identifier} and expires_at > now()`)

export const loadSecondFactorOf = (db: Database, session: string, accountId: string) =>
  loadFacts<{ account: { on: boolean; email: string } | null }>(db, session, {
    account: one(
      sql`select two_factor_enabled as on, email from accounts where id = ${accountId} and deleted_at is null`,
    ),
  })

/** Takes the second factor from one's own account. */
export const saveRemoval = (db: Database, actor: Actor) => saveRemovalFrom(db, actor, actor.id, ownAccount(actor))

interface RemovalByOperator {
  accountId: string
  email: string
  reason: string
}

/** The same by an operator, from the account whose address they saw. */
export const saveRemovalByOperator = (db: Database, actor: Actor, { accountId, email, reason }: RemovalByOperator) =>
  saveRemovalFrom(
    db,
    actor,
    accountId,
    sql`${operatorAndAccount(actor.id, accountId, undefined, sql`and p.two_factor_enabled and p.email = ${email}`)}`,
    { reason },
  )

const saveRemovalFrom = (
  db: Database,
  actor: Actor,
  accountId: string,
  locked: Sql,
  details: { reason?: string } = {},
) =>
  db.first<{ id: string }>(sql`
    with ${locked}, removed as (
      update accounts a set two_factor_enabled = false, updated_at = now() from account
      where a.id = account.id and a.two_factor_enabled returning a.id
    ), secret as (delete from two_factors where account_id in (select id from removed)),
    ${announcing({ kind: 'second_factor_removed', actor: actor.id, subject: accountId, details }, sql`removed`)}
    select id from removed`)

export const saveRecoveryCodes = (db: Database, actor: Actor, sealed: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, renewed as (
      update two_factors t set backup_codes = ${sealed} from account where t.account_id = account.id and t.verified returning t.id
    ), ${announcing({ kind: 'recovery_codes_renewed', actor: actor.id, subject: actor.id }, sql`renewed`)}
    select id from renewed`)
