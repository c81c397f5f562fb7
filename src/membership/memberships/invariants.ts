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
  {
    claim: message(
      'Every person who was removed came back by an approval, by an operator, or by a later invitation bound to their address',
    ),
    // Before this migration, any invitation let them in.
    violations: sql`
      select m.id from memberships m cross join lateral (
        select r.ended_at, r.ended_reason from memberships r
        where r.organization_id = m.organization_id and r.account_id = m.account_id and r.started_at < m.started_at
        order by r.started_at desc limit 1
      ) before
      where before.ended_reason = 'removed'
        and m.started_at > (select applied_at from migrations where name = '0021_removals_and_reminders.sql')
        and not exists (
          select from events e where e.organization_id = m.organization_id and e.at = m.started_at and (
            e.kind in ('acceptance_approved', 'admin_appointed') and e.subject_id = m.account_id
            or e.kind = 'organization_resubmitted' and e.actor_id = m.account_id))
        and not exists (
          select from acceptances x join invitations i on i.id = x.invitation_id
          where x.organization_id = m.organization_id and x.account_id = m.account_id and x.at = m.started_at
            and i.bound_email is not null and i.created_at > before.ended_at)`,
  },
]
