import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { many, one, sql } from '../../platform/db/sql'
import { liveSignIns } from './live'
import type { Application } from './schema'

export const loadApplications = (db: Database, credential: Credential) =>
  loadFacts<{ applications: Application[] }>(db, credential, {
    applications: many(sql`
      select c.id, c.name, case when s.id is not null then json_build_object('key', s.key, 'name', s.name) end as service, c.scopes,
        n.given_at as "consentedAt", l.at as "signedInAt", coalesce(l.devices, 0) as devices, c.backchannel_logout_uri is not null as told
      from openid_clients c left join services s on s.id = c.service_id
      left join openid_consents n on n.client_id = c.id and n.account_id = (select id from actor)
      left join (
        select i.client_id, max(i.signed_in_at) as at, count(*)::int as devices
        from (${liveSignIns(sql`i.account_id = (select id from actor)`)}) i group by i.client_id
      ) l on l.client_id = c.id
      where c.ended_at is null and (n.client_id is not null or l.client_id is not null) order by lower(c.name), c.id`),
  })

export const loadApplication = (db: Database, credential: Credential, clientId: string) =>
  loadFacts<{ known: boolean }>(db, credential, {
    known: sql`
      exists (select from openid_sign_ins where client_id = ${clientId} and account_id = (select id from actor))
      or exists (select from openid_consents where client_id = ${clientId} and account_id = (select id from actor))`,
  })

/** Null unless it asks people. */
export const loadAskingApplication = (db: Database, credential: Credential, clientId: string) =>
  loadFacts<{ application: Pick<Application, 'name' | 'scopes'> | null }>(db, credential, {
    application: one(sql`
      select name, scopes from openid_clients where id = ${clientId} and asks_consent and ended_at is null`),
  })

export const saveConsent = (
  db: Database,
  by: Pick<Actor, 'id' | 'token'>,
  clientId: string,
  scopes: Application['scopes'],
) =>
  db.first<{ id: string }>(sql`
    with changed as materialized (
      select c.id, c.name from openid_clients c where c.id = ${clientId} and c.asks_consent and c.ended_at is null for share
    ), saved as (
      insert into openid_consents (client_id, account_id, scopes) select changed.id, ${by.id}::uuid, ${scopes}::text[] from changed
      on conflict (client_id, account_id) do update set scopes = excluded.scopes, given_at = excluded.given_at
    ), ${recordingEvent({ kind: 'application_allowed', actor: by, details: sql`jsonb_build_object('clientId', changed.id, 'name', changed.name, 'scopes', ${scopes}::text[])` }, sql`changed`)}
    select id from changed`)

/**
 * Ends everything that the application has of the person. A token that is being issued at this moment rests on a grant that
 * is gone.
 */
export const saveApplicationSignOut = (db: Database, by: Pick<Actor, 'id' | 'token'>, clientId: string) =>
  db.first<{ id: string }>(sql`
    with signed_out as (
      update openid_sign_ins set ended_at = now() where client_id = ${clientId} and account_id = ${by.id} and ended_at is null returning 1
    ), forgotten as (
      delete from openid_consents where client_id = ${clientId} and account_id = ${by.id} returning 1
    ), revoked as (
      delete from openid_records where client_id = ${clientId} and account_id = ${by.id}
    ), changed as (
      select c.id, c.name from openid_clients c
      where c.id = ${clientId} and (exists (select from signed_out) or exists (select from forgotten))
    ), ${recordingEvent({ kind: 'application_signed_out', actor: by, details: sql`jsonb_build_object('clientId', changed.id, 'name', changed.name)` }, sql`changed`)}
    select ${clientId}::uuid as id`)

/** Deletes what no application has to be told of: sign-ins that have ended, at those that take no logout tokens. */
export const deleteEndedSignIns = (db: Database) =>
  db.rows(sql`
    delete from openid_sign_ins e
    where not exists (select from connections k where k.client_id = e.client_id and k.deleted_at is null)
      and not exists (select from (${liveSignIns(sql`i.client_id = e.client_id and i.session_id = e.session_id`)}) l)`)
