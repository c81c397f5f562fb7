import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of role assignments, checked independently of the constraints and triggers that enforce them. */
export const roleAssignmentInvariants: Invariant[] = [
  {
    claim: message('An organization holds at most one role of each kind on a service'),
    violations: sql`select min(id::text) as id from role_assignments where ended_at is null group by organization_id, service_id, kind having count(*) > 1`,
  },
  {
    claim: message('No two assignments of the same kind on the same service overlap in time'),
    violations: sql`
      select a.id from role_assignments a join role_assignments b
      on b.organization_id = a.organization_id and b.service_id = a.service_id and b.kind = a.kind and b.id <> a.id
      where a.started_at < coalesce(b.ended_at, 'infinity') and b.started_at < coalesce(a.ended_at, 'infinity')
        and a.started_at < coalesce(a.ended_at, 'infinity') and b.started_at < coalesce(b.ended_at, 'infinity')`,
  },
  {
    claim: message('No role was assigned to an organization before it was first accepted'),
    violations: sql`
      select a.id from role_assignments a where not exists (
      select from organization_periods p where p.organization_id = a.organization_id and p.accepted_from <= a.started_at)`,
  },
  {
    claim: message('Every role assignment has exactly one start event'),
    violations: sql`
      select a.id from role_assignments a left join (
        select details->>'assignmentId' as id, count(*) from events where kind in ('role_accepted', 'role_granted') group by 1
      ) e on e.id = a.id::text where coalesce(e.count, 0) <> 1`,
  },
  {
    claim: message('Every revoked role assignment has exactly one revocation event'),
    violations: sql`
      select a.id from role_assignments a left join (
        select details->>'assignmentId' as id, count(*) from events where kind = 'role_revoked' group by 1
      ) e on e.id = a.id::text where a.ended_reason = 'revoked' and coalesce(e.count, 0) <> 1`,
  },
]
