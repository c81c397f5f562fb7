import { v7 as uuid } from 'uuid'
import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import { personOf } from '../../platform/access/people'
import type { NewToken } from '../../platform/access/program-tokens'
import type { Database } from '../../platform/db/database'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { ServiceKey } from './schema'

const usable: Sql = sql`(k.ended_at is null and k.expires_at > now())`

export interface KeyFacts {
  service: { id: string; retired: boolean; usable: number } | null
}

const service = (key: string): Sql =>
  one(sql`
    select s.id, s.retired_at is not null as retired,
      (select count(*) from service_keys k where k.service_id = s.id and ${usable}) as usable
    from services s where s.key = ${key}`)

export const loadService = (db: Database, credential: Credential, key: string) =>
  loadFacts<KeyFacts>(db, credential, { service: service(key) })

export const loadServiceKeys = (db: Database, credential: Credential, key: string) =>
  loadFacts<KeyFacts & { keys: ServiceKey[] }>(db, credential, {
    service: service(key),
    keys: many(sql`
      select k.id, k.name, k.prefix, k.created_at as "createdAt", ${personOf(sql`a`)} as "createdBy", k.expires_at as "expiresAt",
        k.expires_at <= now() as expired, k.last_used_at as "lastUsedAt"
      from service_keys k join services s on s.id = k.service_id join accounts a on a.id = k.created_by
      where s.key = ${key} and k.ended_at is null order by k.created_at desc, k.id desc`),
  })

export const loadServiceKey = (db: Database, credential: Credential, key: string, keyId: string) =>
  loadFacts<{ exists: boolean }>(db, credential, {
    exists: sql`exists (
      select from service_keys k join services s on s.id = k.service_id where s.key = ${key} and k.id = ${keyId} and k.ended_at is null)`,
  })

interface KeyToSave extends NewToken {
  serviceId: string
  name: string
  days: number
}

/**
 * The operator comes first, as when the catalogue is saved. Then the service's row is locked, so that a trigger counts
 * its keys one after another and none is made for a retired one.
 */
export const saveServiceKey = (db: Database, by: Operator, key: KeyToSave) => {
  const { serviceId, name, days, prefix, hash } = key
  const id = uuid()
  return db.first<{ id: string; expiresAt: string }>(sql`
    with ${operatorFirst(by.id)}, locked as materialized (
      select s.id, s.key from services s, operator where s.id = ${serviceId} and s.retired_at is null for no key update of s
    ), created as (
      insert into service_keys (id, service_id, name, prefix, hash, created_by, expires_at)
      select ${id}::uuid, locked.id, ${name}, ${prefix}, ${hash}, operator.id, now() + make_interval(days => ${days}::int)
      from locked, operator
      returning id, to_json(expires_at) as "expiresAt"
    ), ${recordingEvent({ kind: 'service_key_created', actor: by, details: sql`jsonb_build_object('keyId', ${id}::text, 'name', ${name}::text, 'service', locked.key)` }, sql`created, locked`)}
    select id, "expiresAt" from created`)
}

export const saveServiceKeyEnd = (db: Database, by: Operator, keyId: string) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, ended as (
      update service_keys k set ended_at = now() from operator, services s
      where k.id = ${keyId} and k.ended_at is null and s.id = k.service_id returning k.id, k.name, s.key
    ), ${recordingEvent({ kind: 'service_key_ended', actor: by, details: sql`jsonb_build_object('keyId', ended.id, 'name', ended.name, 'service', ended.key)` }, sql`ended`)}
    select id from ended`)
