import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf } from '../../platform/http/endpoint'
import type { connectionModes } from '../connection-settings/schema'
import { changingConnection, retryingFailed } from '../connection-settings/store'
import { namedStrangers } from '../ledger/observation-store'
import { recordingConnection } from '../ledger/recording'
import { type LockedConnection, wanted } from '../ledger/wanted'
import { type AdoptionRow, mostTroubles, type Trouble } from './adopting'
import type { previewSystem, SystemSettings } from './schema'

export interface SystemFacts {
  system: { kind: string; remote: string; settings: Record<string, string> } | null
}

/** The name of people’s entries among the objects of a system. */
const entries = sql`r.kind = 'user' and r.membership_id is null`

export const loadSystem = (db: Database, credential: Credential, connectionId: string) =>
  loadFacts<SystemFacts>(db, credential, {
    system: one(sql`
      select kind, remote, settings from connections where id = ${connectionId} and remote is not null and deleted_at is null`),
  })

/** Undefined if the connection is none of a system. */
export const findServiceOfSystem = (db: Database, connectionId: string) =>
  db.first<{ serviceId: string }>(sql`
    select service_id as "serviceId" from connections where id = ${connectionId} and remote is not null`)

/** What deleted connections left in this part of the system, as the last one that knew it says. */
const leftIn = (remote: string): Sql => sql`
  select distinct on (r.kind, r.external_id) r.* from remote_objects r join connections c on c.id = r.connection_id
  where c.deleted_at is not null and c.remote = ${remote} order by r.kind, r.external_id, c.deleted_at desc`

/** The new connection knows it as its own, and has to find out what should still be in use. */
export const adoptingLeftIn = (remote: string) => ({
  owners: sql`former as materialized (${leftIn(remote)}), owners as materialized (select distinct account_id from former),`,
  more: sql`adopted as (
    insert into remote_objects (connection_id, kind, account_id, membership_id, external_id, created_at)
    select created.id, f.kind, f.account_id, f.membership_id, f.external_id, f.created_at from created, former f
  ),`,
})

export interface SystemChange {
  connectionId: string
  kind: SystemSettings['kind']
  remote: string
  settings: Record<string, string | null>
  /** Null to keep it. */
  sealed: Buffer | null
}

/** What failed is tried again at once. */
export const saveSystem = (
  db: Database,
  by: Operator,
  { connectionId, kind, remote, settings, sealed }: SystemChange,
) =>
  db.first<{ id: string }>(
    changingConnection(
      by,
      connectionId,
      kind,
      sealed ? 'connection_secret_rotated' : 'connection_changed',
      sql`remote = ${remote}, settings = jsonb_strip_nulls(${JSON.stringify(settings)}::jsonb), paused_until = null
        ${sealed ? sql`, secret_sealed = ${sealed}::bytea` : sql``}`,
      retryingFailed(),
    ),
  )

export const saveMode = (db: Database, by: Operator, connectionId: string, mode: (typeof connectionModes)[number]) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, changed as (
      update connections c set mode = ${mode} from operator
      where c.id = ${connectionId} and c.remote is not null and c.deleted_at is null
      returning c.id, c.name, (select key from services where id = c.service_id) as key
    ), ${recordingConnection('connection_changed', by, sql`jsonb_build_object('mode', ${mode}::text)`)}
    select id from changed`)

/** What would change in a system that has these entries. */
export const previewOf = (db: Database, connection: LockedConnection, listed: string[]) =>
  db.only<AnswerOf<typeof previewSystem>>(sql`
    with wanted as materialized (${wanted(connection, sql`true`)}), listed as materialized (
      select distinct name from unnest(${listed}::text[]) l (name)
    ), ours as materialized (
      select r.* from remote_objects r where r.connection_id = ${connection.id} and ${entries}
    ), present as materialized (
      select o.account_id, o.off_at from ours o where o.external_id in (select name from listed)
    ), strange as materialized (
      select name from listed
      where not exists (select from remote_objects r where r.connection_id = ${connection.id} and r.external_id = name)
    ), counted as (
      select (select count(*) from wanted)::int as accounts, (select count(*) from wanted where account_id in (select account_id from present))::int as known,
        (select count(*) from present where off_at is null and account_id not in (select account_id from wanted))::int as ending,
        (select count(*) from strange)::int as strangers
    )
    select accounts, known, accounts - known as missing, ending, strangers,
      array(select name from strange order by name limit ${namedStrangers}) as names from counted`)

export interface Adoption {
  connectionId: string
  rows: AdoptionRow[]
  /** Everything that the system has. */
  listed: string[]
  dryRun: boolean
}

/** Either all rows are adopted, or none. Whoever gets an entry is looked at: they may have no access. */
export const saveAdoption = (db: Database, by: Operator, { connectionId, rows, listed, dryRun }: Adoption) =>
  db.only<{ adopted: number; known: number; troubles: Trouble[] }>(sql`
    with ${operatorFirst(by.id)}, locked as materialized (
      select c.id, c.name, (select key from services where id = c.service_id) as key from connections c, operator
      where c.id = ${connectionId} and c.deleted_at is null for no key update of c
    ), given as materialized (
      select g."row", g.entry, a.id as account_id, count(*) over (partition by g.entry) as entries, count(*) over (partition by a.id) as accounts
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) g ("row" int, "accountId" uuid, email text, entry text)
      left join accounts a on a.deleted_at is null and (a.id = g."accountId" or a.email = g.email)
    ), judged as materialized (
      select g."row", g.entry, g.account_id, own.external_id is not null and own.external_id = g.entry as known, case
        when g.account_id is null then 'account_unknown' when g.entries > 1 or g.accounts > 1 then 'given_twice'
        when own.external_id <> g.entry then 'account_has_another' when other.account_id <> g.account_id then 'entry_of_another'
        when own.external_id is null and not g.entry = any(${listed}::text[]) then 'entry_unknown' end as trouble
      from given g
      left join lateral (select r.external_id from remote_objects r where r.connection_id = ${connectionId} and ${entries} and r.account_id = g.account_id) own on true
      left join lateral (select r.account_id from remote_objects r where r.connection_id = ${connectionId} and r.kind = 'user' and r.external_id = g.entry) other on true
    ), fitting as materialized (
      select j.account_id, j.entry from judged j, locked where not j.known and not exists (select from judged where trouble is not null)
    ), adopted as (
      insert into remote_objects (connection_id, kind, account_id, external_id)
      select ${connectionId}::uuid, 'user', account_id, entry from fitting where not ${dryRun} returning account_id
    ), drawn as (
      update connections c set version = c.version + (select count(*) from adopted) where c.id = ${connectionId} and exists (select from adopted)
      returning c.version - (select count(*) from adopted) as before
    ), looked as (
      insert into propagations (connection_id, account_id, version, next_attempt_at, ended_at, uncertain)
      select ${connectionId}::uuid, a.account_id, drawn.before + row_number() over (order by a.account_id), now(), now(), true from adopted a, drawn
      on conflict (account_id, connection_id) do update set version = excluded.version, next_attempt_at = now(), uncertain = true
    ), changed as (
      select locked.* from locked where exists (select from adopted)
    ), ${recordingConnection('connection_changed', by, sql`jsonb_build_object('adopted', (select count(*) from adopted))`)}
    select (select count(*) from fitting)::int as adopted, (select count(*) from judged where known)::int as known, ${many(sql`
      select "row", trouble from judged where trouble is not null order by "row" limit ${mostTroubles}`)} as troubles`)
