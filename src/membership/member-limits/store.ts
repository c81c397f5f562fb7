import { siteUnchanged, whileSite } from '../../identity/site/unchanged'
import { recordingEvent } from '../../messaging/events/recording'
import { lockedBy } from '../../platform/access/admin'
import type { Admin, Operator } from '../../platform/access/admit'
import { operatorAfter } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { setMemberLimit } from './schema'

export const saveLimitRequest = (db: Database, by: Admin, limit: number, reason: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change', ['accepted'])}, changed as (
      update organizations o set limit_wanted = ${limit}, limit_wanted_reason = ${reason} from me where o.id = me.organization_id returning o.id
    ), ${recordingEvent({ kind: 'higher_limit_requested', actor: by, organization: by.organizationId, details: { limit, reason } }, sql`changed`)}
    select id from changed`)

type LimitChange = CheckedInputOf<typeof setMemberLimit> & { operator: Operator }

/** The limit of the site, as it is now. */
const anySettings = whileSite(sql`true`)

export const saveLimit = (db: Database, { operator, organizationId, limit, seen, reason }: LimitChange) =>
  db.first<{ id: string }>(sql`
    with ${anySettings}, org as materialized (
      select id from organizations where id = ${organizationId} and state not in ('rejected', 'dissolved')
        and coalesce(member_limit, (select default_member_limit from settings)) is not distinct from ${seen.limit}
        and limit_wanted is not distinct from ${seen.wanted} ${siteUnchanged}
      for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, changed as (
      update organizations o set member_limit = ${limit}, limit_wanted = null, limit_wanted_reason = null
      from org, operator where o.id = org.id
      returning o.id
    ), ${recordingEvent({ kind: 'member_limit_set', actor: operator, organization: organizationId, details: { limit, reason } }, sql`changed`)}
    select id from changed`)
