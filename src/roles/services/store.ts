import { v7 as uuid } from 'uuid'
import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { many, type Sql, sql } from '../../platform/db/sql'
import type { CataloguePlan } from './rules'
import type { Service } from './schema'

/** A service, as lists name it. Alias: `s`. */
export const serviceColumns = { id: sql`s.id`, key: sql`s.key`, name: sql`s.name` }

/** A role in its current version. Aliases: `r` for roles, `v` for role_versions. */
export const roleJson: Sql = sql`json_build_object('id', r.id, 'version', v.version, 'key', r.key, 'kind', r.kind, 'name', v.name, 'description', v.description,
  'default', v.is_default, 'requestable', v.requestable, 'retired', v.retired, 'limits', v.limits)`

/** Joins to a role (`r`) its current version (`v`). */
export const currentVersion: Sql = sql`join role_versions v on v.role_id = r.id and v.valid_until is null`

/** The same, and its service (`s`). */
export const versionAndService: Sql = sql`${currentVersion} join services s on s.id = r.service_id`

/** The names of a role and its service for events. Aliases: as above, and `s` for services. */
export const roleNames: Sql = sql`
  json_build_object('key', s.key, 'name', s.name) as service, json_build_object('key', r.key, 'name', v.name) as role`

/** The columns of a `NamedRole`. */
export const namedRole: Sql = sql`r.service_id as "serviceId", r.kind, r.id as "roleId", ${roleNames}`

/** All services with all their roles, retired ones last, so that places in lists are those of the file. */
const services: Sql = many(sql`
  select s.id, s.key, s.name, s.description, s.url, s.s3_keys as "s3Keys", s.retired_at is not null as retired, coalesce((
    select json_agg(${roleJson} order by v.retired, v.position, r.key)
    from roles r ${currentVersion} where r.service_id = s.id
  ), '[]') as roles
  from services s order by s.retired_at is not null, s.position, s.key`)

const version: Sql = sql`(select catalogue_version from site)`

export interface CatalogueFacts {
  services: Service[]
  version: number
}

export const loadCatalogue = (db: Database, credential: Credential) =>
  loadFacts<CatalogueFacts>(db, credential, { services, version })

/** For the command line, which has no session. */
export const findCatalogue = (db: Database) =>
  db.only<CatalogueFacts>(sql`select ${services} as services, ${version} as version`)

export interface CatalogueSave {
  plan: CataloguePlan
  /** The version that the plan rests on. */
  version: number
  /** Null for the command line. */
  actor: Operator | null
}

/**
 * Applies the planned changes and writes their event, all or nothing; has no effect if the catalogue has changed since.
 * The event contains everything that was written, so that entitlements at any time can be computed from events alone. A
 * new version of a role starts when the previous one ends. That moment is after all locks are granted, so an
 * organization that was granted a role while this statement waited held it before, and no retired role can be granted.
 */
export const saveCatalogue = (db: Database, { plan, version, actor }: CatalogueSave) => {
  const planned = {
    services: plan.services.map((service) => ({ ...service, id: service.id ?? uuid() })),
    roles: plan.roles.map((role) => ({ ...role, id: role.id ?? uuid() })),
  }
  return db.first<{ version: number }>(sql`
    with lock as materialized (
      select single_row from site where catalogue_version = ${version} for no key update
    ), ${actor ? operatorAfter(actor.id, sql`lock`) : sql`operator as (select from lock)`}, claimed as (
      update site s set catalogue_version = catalogue_version + 1 from lock, operator where s.single_row = lock.single_row
      returning catalogue_version as version
    ), wanted_services as (
      select w.* from claimed, jsonb_to_recordset(${JSON.stringify(planned.services)}::jsonb)
        as w (id uuid, key text, name text, description text, url text, "s3Keys" int, position int, retired boolean)
    ), kept_services as (
      insert into services as s (id, key, name, description, url, s3_keys, position, retired_at)
      select id, key, name, description, url, "s3Keys", position, case when retired then now() end from wanted_services
      on conflict (key) do update set name = excluded.name, description = excluded.description, url = excluded.url,
        s3_keys = excluded.s3_keys, position = excluded.position,
        retired_at = case when excluded.retired_at is null then null else coalesce(s.retired_at, excluded.retired_at) end
      returning id, key
    ), all_services as (
      select id, key from kept_services
      union select id, key from services where key not in (select key from wanted_services)
    ), wanted_roles as (
      select w.*, s.id as service_id from claimed, jsonb_to_recordset(${JSON.stringify(planned.roles)}::jsonb)
        as w (id uuid, service text, key text, kind text, name text, description text, position int,
          "default" boolean, requestable boolean, retired boolean, limits jsonb)
      join all_services s on s.key = w.service
    ), new_roles as (
      -- A conflict on the id is enough: the guard on the version of the catalogue ensures that no role came since the
      -- plan was made. Locking a role before its version would violate the lock order of granting roles.
      insert into roles (id, service_id, key, kind) select id, service_id, key, kind from wanted_roles
      on conflict (id) do nothing
    ), locked as materialized (
      select v.role_id from role_versions v join wanted_roles w on w.id = v.role_id where v.valid_until is null order by v.role_id for update of v
    ), moment as materialized (
      -- Counting makes PostgreSQL take all locks before it reads the clock.
      select clock_timestamp() as at where (select count(*) from locked) >= 0
    ), closed as (
      update role_versions v set valid_until = moment.at from locked, moment where v.role_id = locked.role_id and v.valid_until is null returning v.role_id, v.version
    ), opened as (
      insert into role_versions (role_id, version, service_id, kind, valid_from, name, description, position, is_default, requestable, retired, limits)
      select w.id, coalesce((select c.version from closed c where c.role_id = w.id), 0) + 1, w.service_id, w.kind, moment.at, w.name, w.description, w.position, w."default", w.requestable, w.retired, w.limits
      from moment, wanted_roles w
      -- Counting makes PostgreSQL close all old versions before it inserts the first new one.
      where (select count(*) from closed) >= 0
      order by w."default"
    ), ${recordingEvent({ kind: 'catalogue_changed', actor, details: { changes: plan.changes, ...planned }, at: sql`moment.at` }, sql`claimed, moment`)}
    select version from claimed`)
}
