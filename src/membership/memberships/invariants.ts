import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of memberships, checked independently of the constraints and triggers that enforce them. */
export const membershipInvariants: Invariant[] = [
  {
    claim: message('An account is in at most one organization at a time'),
    violations: sql`select account_id as id from memberships where ended_at is null group by account_id having count(*) > 1`,
  },
  {
    claim: message('Every membership has a start event'),
    violations: sql`
      select organization_id::text || ' ' || account_id::text as id
      from (select organization_id, account_id, count(*) from memberships group by 1, 2) m left join (
        select organization_id, case kind when 'organization_resubmitted' then actor_id else subject_id end as account_id, count(*) from events
        where kind in ('organization_created', 'organization_resubmitted', 'invitation_accepted', 'acceptance_approved', 'admin_appointed') group by 1, 2
      ) e using (organization_id, account_id) where m.count > coalesce(e.count, 0)`,
  },
  {
    claim: message('Every membership that was ended by a person has an end event'),
    violations: sql`
      select organization_id::text || ' ' || account_id::text as id
      from (select organization_id, account_id, count(*) from memberships where ended_reason in ('left', 'removed') group by 1, 2) m left join (
        select organization_id, case kind when 'handed_over' then actor_id else subject_id end as account_id, count(*) from events
        where kind in ('member_left', 'member_removed', 'handed_over') group by 1, 2
      ) e using (organization_id, account_id) where m.count <> coalesce(e.count, 0)`,
  },
]
