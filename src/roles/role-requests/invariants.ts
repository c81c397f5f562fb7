import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of role requests, checked independently of the constraints and triggers that enforce them. */
export const roleRequestInvariants: Invariant[] = [
  {
    claim: message('Every role request has exactly one event'),
    violations: sql`
      select q.id from role_requests q left join (
        select e.organization_id, told.id, count(*) from events e cross join lateral (
          select e.details->>'requestId' as id union all select jsonb_array_elements_text(e.details->'requestIds')
        ) told
        where e.kind in ('role_requested', 'organization_created', 'organization_resubmitted') group by e.organization_id, told.id
      ) e on e.id = q.id::text and e.organization_id = q.organization_id
      where coalesce(e.count, 0) <> 1`,
  },
  {
    claim: message('Every accepted or refused part of a role request has exactly one decision event'),
    violations: sql`
      select p.request_id::text || ' ' || p.kind as id from role_request_parts p left join (
        select kind, details->>'requestId' as id, details->>'kind' as part, count(*) from events
        where kind in ('role_accepted', 'role_refused') group by 1, 2, 3
      ) e on e.kind = 'role_' || p.state and e.id = p.request_id::text and e.part = p.kind
      where p.state in ('accepted', 'refused') and coalesce(e.count, 0) <> 1`,
  },
]
