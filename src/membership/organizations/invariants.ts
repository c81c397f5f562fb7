import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of organizations, checked independently of the constraints and triggers that enforce them. */
export const organizationInvariants: Invariant[] = [
  {
    claim: message('No two organizations that are not rejected or dissolved have the same name'),
    violations: sql`select min(id::text) as id from organizations where state not in ('rejected', 'dissolved') group by name_key having count(*) > 1`,
  },
  {
    claim: message(
      'Every organization that is not rejected or dissolved reserves its current name and its requested name, and no other organization reserves a name',
    ),
    violations: sql`
      (select id::text || ' ' || name_key as id from organizations where state not in ('rejected', 'dissolved')
       union select id::text || ' ' || wanted_name_key from organizations where wanted_name_key is not null)
      except select organization_id::text || ' ' || name_key from organization_names
      union all (select organization_id::text || ' ' || name_key from organization_names except (
        select id::text || ' ' || name_key from organizations where state not in ('rejected', 'dissolved')
        union select id::text || ' ' || wanted_name_key from organizations where wanted_name_key is not null))`,
  },
  {
    claim: message('A rejected or dissolved organization has no members'),
    violations: sql`
      select o.id from organizations o where o.state in ('rejected', 'dissolved')
      and exists (select from memberships m where m.organization_id = o.id and m.ended_at is null)`,
  },
  {
    claim: message('Every organization that is not rejected or dissolved has an admin whose account is active'),
    violations: sql`
      select o.id from organizations o where o.state not in ('rejected', 'dissolved') and not exists (
      select from memberships m join accounts a on a.id = m.account_id
      where m.organization_id = o.id and m.ended_at is null and m.admin and a.disabled_at is null)`,
  },
  {
    claim: message('Each organization’s stored counts of members and admins are correct'),
    violations: sql`
      select o.id from organizations o left join (
        select organization_id, count(*) as members, count(*) filter (where admin) as admins
        from memberships where ended_at is null group by organization_id
      ) c on c.organization_id = o.id
      where (o.member_count, o.admin_count) <> (coalesce(c.members, 0), coalesce(c.admins, 0))`,
  },
  {
    claim: message('Every organization has exactly one creation event'),
    violations: sql`
      select id from organizations left join (
        select organization_id as id, count(*) from events where kind = 'organization_created' group by 1
      ) e using (id) where coalesce(e.count, 0) <> 1`,
  },
  {
    claim: message('The state of every organization follows from its last event'),
    violations: sql`
      select id from organizations o left join (
        select distinct on (organization_id) organization_id as id, case kind
          when 'organization_accepted' then 'accepted' when 'organization_reinstated' then 'accepted'
          when 'changes_requested' then 'changes_requested' when 'organization_rejected' then 'rejected'
          when 'organization_suspended' then 'suspended' when 'organization_dissolved' then 'dissolved' else 'pending' end as state
        from events
        where kind in ('organization_created', 'organization_resubmitted', 'organization_accepted',
          'organization_reinstated', 'changes_requested', 'organization_rejected', 'organization_suspended', 'organization_dissolved')
        order by organization_id, position desc
      ) e using (id) where o.state <> coalesce(e.state, 'no event')`,
  },
  {
    claim: message('An organization has an open acceptance period if and only if it is accepted'),
    violations: sql`
      select o.id from organizations o where (o.state = 'accepted') <> exists (
      select from organization_periods p where p.organization_id = o.id and p.accepted_until is null)`,
  },
]
