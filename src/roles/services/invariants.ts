import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of services and their roles, checked independently of the constraints and triggers that enforce them. */
export const serviceInvariants: Invariant[] = [
  {
    claim: message('A service has at most one default role of each kind'),
    violations: sql`select min(role_id::text) as id from role_versions where valid_until is null and is_default group by service_id, kind having count(*) > 1`,
  },
  {
    claim: message('Every role has exactly one current version'),
    violations: sql`select r.id from roles r where (select count(*) from role_versions v where v.role_id = r.id and v.valid_until is null) <> 1`,
  },
  {
    claim: message('Every number of a quota role has a key, unique in the role'),
    violations: sql`
      select v.role_id as id from role_versions v
      where jsonb_array_length(v.limits) <> (select count(distinct l->>'key') from jsonb_array_elements(v.limits) l)`,
  },
]
