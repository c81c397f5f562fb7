import { loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { many, one, sql } from '../../platform/db/sql'
import type { AnswerOf } from '../../platform/http/endpoint'
import { currentVersion } from '../services/store'
import type { getMyAccess, ServiceAccess } from './schema'

interface Access {
  organization: AnswerOf<typeof getMyAccess>['organization']
  services: (Pick<ServiceAccess, 'key' | 'name' | 'usable'> & {
    roles: Partial<Pick<ServiceAccess, 'access' | 'quota'>>
  })[]
}

/**
 * What the caller holds now, computed from current rows without the past: the same as `entitlementsAt` for the present
 * moment. A test compares the two.
 */
export const loadMyAccess = (db: Database, credential: Credential) =>
  loadFacts<Access>(db, credential, {
    organization: one(sql`
      select o.id, o.name, o.state, actor.admin from actor join organizations o on o.id = actor."organizationId"`),
    services: many(sql`
      select s.key, s.name, count(*) = 2 as usable, json_object_agg(held.kind, json_build_object('key', r.key, 'name', v.name)) as roles
      from (
        select distinct on (service_id, kind) service_id, kind, role_id
        from (
          select a.service_id, a.kind, a.role_id, 1 as precedence from actor join role_assignments a on a.organization_id = actor."organizationId"
          where actor."organizationState" = 'accepted' and a.ended_at is null and (a.expires_at is null or a.expires_at > now())
          union all
          select d.service_id, d.kind, d.role_id, 2 from role_versions d where d.is_default and d.valid_until is null
        ) candidate
        order by service_id, kind, precedence
      ) held join services s on s.id = held.service_id join roles r on r.id = held.role_id ${currentVersion}
      group by s.id order by s.position, s.key`),
  })
