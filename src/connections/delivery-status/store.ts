import { loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { OrganizationState } from '../../platform/access/organization-state'
import { personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf } from '../../platform/http/endpoint'
import { holdings, usableNow } from '../holdings/store'
import { outstanding } from '../ledger/counts'
import { isOn } from '../ledger/store'
import type { AccessEnd, listPendingAccess, ServiceStatus } from './schema'

const serviceJson: Sql = sql`json_build_object('key', s.key, 'name', s.name)`

/** What the connections of the service `s` were told about the caller. Aliases: `c`, and `p` for the row of the ledger. */
const deliveries = (boundTo: string): Sql => sql`
  select c.kind, case when not ${outstanding} then 'ready' when c.failing_since is not null or p.error is not null then 'delayed' else 'pending' end as state,
    case when ${outstanding} then p.desired_at else coalesce(p.applied_at, p.desired_at) end as since,
    case when ${outstanding} then c.failing_since end as "failingSince",
    case when ${outstanding} then greatest(p.next_attempt_at, c.paused_until) end as "nextAttemptAt"
  from connections c join propagations p on p.connection_id = c.id and p.account_id = (select id from actor)
  where c.service_id = s.id and c.kind <> 'openid' and c.deleted_at is null and ${isOn(boundTo)} and (p.desired is not null or ${outstanding}) order by c.id`

/** What the caller holds on the service `s`, and which of the two kinds of role it lacks. */
const held: Sql = sql`
  select coalesce(bool_or(${usableNow}), false) as usable, coalesce(bool_or(coalesce(xa.role_id, da.role_id) is not null), false) as access,
    coalesce(bool_or(coalesce(xq.role_id, dq.role_id) is not null), false) as quota
  ${holdings(sql`s.id = asked.id and a.id = (select id from actor)`)}`

interface OwnStatus {
  organization: { id: string; name: string; state: OrganizationState } | null
  services: ServiceStatus[]
}

export const loadDeliveryStatus = (db: Database, credential: Credential, boundTo: string) =>
  loadFacts<OwnStatus>(db, credential, {
    organization: one(sql`
      select o.id, o.name, o.state from organizations o where o.id = (select "organizationId" from actor)`),
    services: many(sql`
      select ${serviceJson} as service, h.usable,
        array_to_json(array_remove(array[case when not h.access then 'access' end, case when not h.quota then 'quota' end], null)) as missing,
        (select min(r.requested_at) from role_requests r join role_request_parts q on q.request_id = r.id and q.state = 'pending'
          where r.service_id = s.id and r.organization_id = (select "organizationId" from actor)) as "requestedAt",
        ${many(deliveries(boundTo))} as deliveries
      from services s cross join lateral (select s.id) asked cross join lateral (${held}) h
      where s.retired_at is null or h.access or h.quota order by s.position, s.key`),
  })

export interface PendingAccess {
  accountId: string
  service: { key: string; name: string }
  since: string
  failingSince: string | null
}

const mostPending = 500

const mostEnds = 50

/** A connection of this site through which services are told, on or off: off, an end of access is not told. */
const telling = (boundTo: string): Sql =>
  sql`(c.kind <> 'pull' and c.deleted_at is null and c.enabled_at is not null and c.bound_to = ${boundTo})`

/** The row `p` is about this organization, or the service still has what it gave, though it is about another one now. */
const concerns = (organizationId: Sql): Sql =>
  sql`(p.organization_id = ${organizationId} or (p.applied->>'organization')::uuid = ${organizationId})`

/** The service has not confirmed what follows from the end of the membership `m`. */
const unconfirmed: Sql = sql`(${outstanding} or p.desired_at < m.ended_at and p.applied is not null)`

/** Former members, by their last membership. */
const unconfirmedEnds = (organizationId: string, boundTo: string): Sql => sql`
  select m.id as "membershipId", case when a.deleted_at is null then ${personForActor(sql`a`)} end as person
  from memberships m join accounts a on a.id = m.account_id
  where m.organization_id = ${organizationId} and m.ended_at is not null
    and not exists (select from memberships later where later.account_id = m.account_id and later.organization_id = m.organization_id and later.started_at > m.started_at)
    and exists (
      select from propagations p join connections c on c.id = p.connection_id
      where p.account_id = m.account_id and ${telling(boundTo)} and ${concerns(sql`m.organization_id`)} and ${unconfirmed})
  order by m.ended_at desc limit ${mostEnds}`

export const loadPendingAccess = (db: Database, credential: Credential, organizationId: string, boundTo: string) =>
  loadFacts<{
    exists: boolean
    connected: boolean
    pending: PendingAccess[]
    ends: AnswerOf<typeof listPendingAccess>['ends']
  }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    connected: sql`exists (select from connections c where ${isOn(boundTo)} and c.deleted_at is null)`,
    pending: many(sql`
      select p.account_id as "accountId", ${serviceJson} as service, p.desired_at as since, c.failing_since as "failingSince"
      from propagations p join connections c on c.id = p.connection_id join services s on s.id = c.service_id
      join memberships m on m.account_id = p.account_id and m.organization_id = ${organizationId} and m.ended_at is null
      where p.organization_id = ${organizationId} and c.kind <> 'openid' and ${isOn(boundTo)} and c.deleted_at is null and ${outstanding}
      order by p.desired_at, p.account_id limit ${mostPending}`),
    ends: many(unconfirmedEnds(organizationId, boundTo)),
  })

/** What was told to the services after the end of a membership. A service that asks for changes confirms nothing. */
export const loadAccessEnd = (
  db: Database,
  credential: Credential,
  organizationId: string,
  membershipId: string,
  boundTo: string,
) =>
  loadFacts<{ exists: boolean; ended: boolean; services: AccessEnd[] }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    ended: sql`exists (select from memberships where id = ${membershipId} and organization_id = ${organizationId} and ended_at is not null)`,
    services: many(sql`
      select ${serviceJson} as service, max(m.ended_at) as "endedAt",
        case when not bool_or(${unconfirmed}) then max(greatest(p.applied_at, p.proved_at)) end as "confirmedAt",
        max(c.failing_since) filter (where ${outstanding}) as "failingSince"
      from memberships m join propagations p on p.account_id = m.account_id and ${concerns(sql`m.organization_id`)}
      join connections c on c.id = p.connection_id join services s on s.id = c.service_id
      where m.id = ${membershipId} and m.organization_id = ${organizationId} and m.ended_at is not null
        and ${telling(boundTo)} and (${unconfirmed} or p.desired_at >= m.ended_at)
      group by s.id order by s.position, s.key`),
  })
