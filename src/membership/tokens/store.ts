import { v7 as uuid } from 'uuid'
import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, loadFacts, ownAccount } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { personOf } from '../../platform/access/people'
import type { NewToken } from '../../platform/access/program-tokens'
import type { Database } from '../../platform/db/database'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { OrganizationToken, Token } from './schema'

/** How long an organization's admins see a token that ended with its maker's privileges, so that they can renew it. */
const renewableFor = sql`interval '30 days'`

const usable: Sql = sql`(t.ended_at is null and t.expires_at > now())`

const columns: Sql = sql`
  t.id, t.name, t.prefix, t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt",
  t.expires_at <= now() as expired, t.last_used_at as "lastUsedAt"`

/** The caller's personal tokens. */
const own: Sql = sql`t.account_id = (select id from actor) and t.organization_id is null`

export const loadTokens = (db: Database, credential: Credential) =>
  loadFacts<{ tokens: Token[] }>(db, credential, {
    tokens: many(sql`select ${columns} from tokens t where ${own} and t.ended_at is null order by t.id desc`),
  })

export const loadTokenCount = (db: Database, credential: Credential) =>
  loadFacts<{ usable: number }>(db, credential, {
    usable: sql`(select count(*) from tokens t where ${own} and ${usable})`,
  })

export const loadToken = (db: Database, credential: Credential, tokenId: string) =>
  loadFacts<{ exists: boolean }>(db, credential, {
    exists: sql`exists (select from tokens t where t.id = ${tokenId} and ${own} and t.ended_at is null)`,
  })

/** What a token is made with. */
export interface TokenToSave extends NewToken {
  name: string
  scopes: string[]
  days: number
}

export interface SavedToken {
  id: string
  expiresAt: string
}

/** The method of the caller's session: a token satisfies a policy about second factors as its maker did. */
const methodOf = (actor: Actor): Sql => sql`(select method from sessions where id = ${actor.sessionId})`

/** Made under the membership that the caller still has, if they have one. A trigger limits their number. */
export const saveToken = (db: Database, actor: Actor, { name, scopes, days, prefix, hash }: TokenToSave) => {
  const id = uuid()
  return db.first<SavedToken>(sql`
    with ${ownAccount(actor)}, me as materialized (
      select m.id from memberships m, account where m.account_id = account.id and m.ended_at is null for share of m
    ), created as (
      insert into tokens (id, account_id, membership_id, name, prefix, hash, scopes, method, expires_at)
      select ${id}::uuid, account.id, (select id from me), ${name}, ${prefix}, ${hash}, ${scopes}::text[], ${methodOf(actor)},
        now() + make_interval(days => ${days}::int)
      from account
      where (select id from me) is not distinct from ${actor.membershipId}::uuid
      returning id, to_json(expires_at) as "expiresAt"
    ), ${recordingEvent({ kind: 'token_created', actor, subject: actor.id, details: { tokenId: id, name, scopes } }, sql`created`)}
    select id, "expiresAt" from created`)
}

export const saveTokenEnd = (db: Database, actor: Actor, tokenId: string) =>
  db.first<{ id: string }>(sql`
    with ended as (
      update tokens t set ended_at = now(), ended_reason = 'ended'
      where t.id = ${tokenId} and t.account_id = ${actor.id} and t.organization_id is null and t.ended_at is null
      returning t.id, t.name
    ), ${recordingEvent({ kind: 'token_ended', actor, subject: actor.id, details: sql`jsonb_build_object('tokenId', ended.id, 'name', ended.name)` }, sql`ended`)}
    select id from ended`)

/** The tokens of the caller's organization. */
const ofOrganization: Sql = sql`t.organization_id = (select "organizationId" from actor)`

export const loadOrganizationTokens = (db: Database, credential: Credential) =>
  loadFacts<{ tokens: OrganizationToken[] }>(db, credential, {
    tokens: many(sql`
      select ${columns}, ${personOf(sql`a`)} as maker, t.ended_at as "endedAt", t.ended_reason as "endedReason"
      from tokens t join accounts a on a.id = t.account_id
      where ${ofOrganization} and ${listed} order by t.created_at desc, t.id desc`),
  })

/** Not ended, or ended with the privileges of its maker and not yet renewed. */
const listed: Sql = sql`
  (t.ended_at is null or t.ended_reason not in ('ended', 'renewed') and t.ended_at > now() - ${renewableFor})`

export interface OrganizationTokenFacts {
  usable: number
  /** The token that the request names, if it is listed. */
  token: { name: string; scopes: string[]; usable: boolean } | null
}

export const loadOrganizationToken = (db: Database, credential: Credential, tokenId: string | null) =>
  loadFacts<OrganizationTokenFacts>(db, credential, {
    usable: sql`(select count(*) from tokens t where ${ofOrganization} and ${usable})`,
    token: one(sql`
      select t.name, t.scopes, ${usable} as usable from tokens t where t.id = ${tokenId}::uuid and ${ofOrganization} and ${listed}`),
  })

/**
 * Made under the admin's membership. `replaces` ends in the same statement. The organization is locked, so a trigger
 * counts its tokens one after another.
 */
export const saveOrganizationToken = (db: Database, by: Admin, token: TokenToSave, replaces: string | null) => {
  const { name, scopes, days, prefix, hash } = token
  const id = uuid()
  const kind = replaces === null ? 'token_created' : 'token_renewed'
  return db.first<SavedToken>(sql`
    with ${lockedBy(by, 'change', ['accepted'])}, replaced as (
      update tokens t set ended_at = now(), ended_reason = 'renewed'
      from me where t.id = ${replaces}::uuid and t.organization_id = me.organization_id and ${listed}
      returning t.id, t.expires_at
    ), created as (
      insert into tokens (id, account_id, membership_id, organization_id, name, prefix, hash, scopes, method, expires_at)
      select ${id}::uuid, ${by.id}, me.id, me.organization_id, ${name}, ${prefix}, ${hash}, ${scopes}::text[], ${methodOf(by)},
        now() + make_interval(days => ${days}::int)
      from me
      where ${replaces}::uuid is null or exists (select from replaced)
      returning id, to_json(expires_at) as "expiresAt"
    ), ${recordingEvent({ kind, actor: by, organization: by.organizationId, details: { tokenId: id, name, scopes, ...(replaces && { replaces }) } }, sql`created`)}
    select id, "expiresAt" from created`)
}

export const saveOrganizationTokenEnd = (db: Database, by: Admin, tokenId: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share')}, ended as (
      update tokens t set ended_at = coalesce(t.ended_at, now()), ended_reason = 'ended'
      from me where t.id = ${tokenId} and t.organization_id = me.organization_id and ${listed}
      returning t.id, t.name
    ), ${recordingEvent({ kind: 'token_ended', actor: by, organization: by.organizationId, details: sql`jsonb_build_object('tokenId', ended.id, 'name', ended.name)` }, sql`ended`)}
    select id from ended`)
