import type { Database } from '../db/database'
import { many, one, sql } from '../db/sql'
import type { AnswerOf } from '../http/endpoint'
import { currentVersion } from '../services/store'
import { loadFacts } from '../sessions/actor'
import type { getMyAccess, ServiceAccess } from './schema'

interface Access {
  organization: AnswerOf<typeof getMyAccess>['organization']
  services: ServiceAccess[]
}

/**
 * What the caller holds at this moment, without its history: the same as `entitlementsAt` says for now, from the rows
 * that are current. A test holds the two to each other.
 */
export const loadMyAccess = (db: Database, session: string) =>
  loadFacts<Access>(db, session, {
    organization: one(sql`
      select o.id, o.name, o.state, actor.admin from actor join organizations o on o.id = actor."organizationId"`),
    services: many(sql`
      select s.key, s.name, count(*) = 2 as usable,
        min(case when held.kind = 'access' then held.role::text end)::json as access,
        min(case when held.kind = 'quota' then held.role::text end)::json as quota
      from (
        select distinct on (r.service_id, r.kind) r.service_id, r.kind, json_build_object('key', r.key, 'name', v.name) as role
        from (
          select a.role_id, 1 as precedence from actor join role_assignments a on a.organization_id = actor."organizationId"
          where actor."organizationState" = 'accepted' and a.ended_at is null and (a.expires_at is null or a.expires_at > now())
          union all
          select d.role_id, 2 from role_versions d where d.is_default and d.valid_until is null
        ) candidate
        join roles r on r.id = candidate.role_id ${currentVersion}
        order by r.service_id, r.kind, candidate.precedence
      ) held join services s on s.id = held.service_id
      group by s.id order by s.position, s.key`),
  })
