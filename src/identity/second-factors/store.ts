import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, keeping, loadFacts, ownAccount } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { operatorAndAccount } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { removeSecondFactorOf } from './schema'

type Removal = CheckedInputOf<typeof removeSecondFactorOf>

export interface SecondFactor {
  /** The site’s policy. */
  policy: string
  on: boolean
  /** A setup that no code has confirmed yet; its secret is encrypted. */
  begun: { id: string; secret: string } | null
}

export const getSecondFactor = (db: Database, accountId: string) =>
  db.only<SecondFactor>(sql`
    select site.second_factor as policy, a.two_factor_enabled as on,
      ${one(sql`select id, secret from two_factors where account_id = a.id and not verified`)} as begun
    from site, accounts a where a.id = ${accountId}`)

/** Starts a setup, replacing any that no code has confirmed. Secret and codes are encrypted. */
export const saveBegun = (db: Database, actor: Actor, begun: { secret: string; recoveryCodes: string }) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}
    insert into two_factors as t (id, account_id, secret, backup_codes, verified)
    select gen_random_uuid(), id, ${begun.secret}::text, ${begun.recoveryCodes}::text, false from account
    on conflict (account_id) do update
    set id = excluded.id, secret = excluded.secret, backup_codes = excluded.backup_codes, created_at = now() where not t.verified
    returning id`)

/**
 * Turns on the second factor whose code was right, unless its setup was restarted; that code counts as used. Other
 * sessions of its account end; this one has had both factors.
 */
export const saveTurnedOn = (db: Database, actor: Actor, secondFactorId: string, step: number) =>
  db.only<{ signedIn: boolean; on: boolean }>(sql`
    with ${ownAccount(actor)}, confirmed as (
      update two_factors t set verified = true, last_step = ${step} from account
      where t.id = ${secondFactorId} and t.account_id = account.id and not t.verified returning t.account_id
    ), turned_on as (
      update accounts a set two_factor_enabled = true, updated_at = now() from confirmed
      where a.id = confirmed.account_id returning a.id
    ), ${keeping(sql`s.id = ${actor.sessionId}`, sql`turned_on`, sql`, method = case method when 'password' then 'second_factor' else method end`)},
    ${recordingEvent({ kind: 'second_factor_added', actor, subject: actor.id }, sql`turned_on`)}
    select exists (select from account) as "signedIn", exists (select from turned_on) as on`)

/**
 * Loads the account of a challenge (found by Better Auth's identifier) whose password step succeeded, whether a second
 * factor is required, and the time step of the last accepted code.
 */
export interface Challenged {
  accountId: string
  /** `lockedFor` is in seconds; 0 if the factor is not locked. */
  factor: { secret: string; lastStep: number; lockedFor: number } | null
}

// The stored value is the account's id, followed by its security stamp.
export const findChallenged = (db: Database, identifier: string) =>
  db.first<Challenged>(sql`
    select a.id as "accountId", ${one(sql`
      select secret, last_step as "lastStep", coalesce(greatest(0, ceil(extract(epoch from locked_until - now()))), 0)::int as "lockedFor"
      from two_factors where account_id = a.id and verified`)} as factor
    from verifications v join accounts a
      on a.id = substring(v.value from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid
    where v.identifier = ${identifier} and v.expires_at > now()`)

export const loadSecondFactorOf = (db: Database, credential: Credential, accountId: string) =>
  loadFacts<{ account: { on: boolean; email: string } | null }>(db, credential, {
    account: one(
      sql`select two_factor_enabled as on, email from accounts where id = ${accountId} and deleted_at is null`,
    ),
  })

/** Removes the second factor from one's own account. */
export const saveSecondFactorRemoval = (db: Database, actor: Actor) =>
  saveRemovalFrom(db, actor, actor.id, ownAccount(actor))

/** The same by an operator, guarded by the account's address that they saw. */
export const saveRemovalByOperator = (db: Database, actor: Actor, { accountId, email, reason }: Removal) =>
  saveRemovalFrom(
    db,
    actor,
    accountId,
    operatorAndAccount(actor.id, accountId, undefined, sql`and p.two_factor_enabled and p.email = ${email}`),
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
    ${recordingEvent({ kind: 'second_factor_removed', actor, subject: accountId, details }, sql`removed`)}
    select id from removed`)

export const saveRecoveryCodes = (db: Database, actor: Actor, sealed: string) =>
  db.first<{ id: string }>(sql`
    with ${ownAccount(actor)}, renewed as (
      update two_factors t set backup_codes = ${sealed} from account where t.account_id = account.id and t.verified returning t.id
    ), ${recordingEvent({ kind: 'recovery_codes_renewed', actor, subject: actor.id }, sql`renewed`)}
    select id from renewed`)
