import type { Database } from '../platform/db/database'
import { type Sql, sql } from '../platform/db/sql'

interface Invariant {
  /** What is true; the rules' numbers are product.md's. */
  claim: string
  /** Ids of rows for which it is not. */
  violations: Sql
}

/** What the constraints and triggers keep true, looked up independently of them. */
export const invariants: Invariant[] = [
  {
    claim: 'An account is in at most one organization at a time (rule 1)',
    violations: sql`select account_id as id from memberships where ended_at is null group by account_id having count(*) > 1`,
  },
  {
    claim: 'No two live organizations have the same name (rule 2)',
    violations: sql`select min(id::text) as id from organizations where state not in ('rejected', 'dissolved') group by name_key having count(*) > 1`,
  },
  {
    claim: 'Every name that a live organization has or waits for is taken by it, and no other is',
    violations: sql`
      (select id::text || ' ' || name_key as id from organizations where state not in ('rejected', 'dissolved')
       union select id::text || ' ' || wanted_name_key from organizations where wanted_name_key is not null)
      except select organization_id::text || ' ' || name_key from organization_names
      union all (select organization_id::text || ' ' || name_key from organization_names except (
        select id::text || ' ' || name_key from organizations where state not in ('rejected', 'dissolved')
        union select id::text || ' ' || wanted_name_key from organizations where wanted_name_key is not null))`,
  },
  {
    claim: 'A rejected or dissolved organization has no members (rule 3)',
    violations: sql`select o.id from organizations o where o.state in ('rejected', 'dissolved')
      and exists (select from memberships m where m.organization_id = o.id and m.ended_at is null)`,
  },
  {
    claim: 'Every other organization has an admin whose account is active (rule 4)',
    violations: sql`select o.id from organizations o where o.state not in ('rejected', 'dissolved') and not exists (
      select from memberships m join accounts a on a.id = m.account_id
      where m.organization_id = o.id and m.ended_at is null and m.admin and a.disabled_at is null)`,
  },
  {
    claim: 'The counts of members and admins are right',
    violations: sql`select o.id from organizations o left join (
        select organization_id, count(*) as members, count(*) filter (where admin) as admins
        from memberships where ended_at is null group by organization_id
      ) c on c.organization_id = o.id
      where (o.member_count, o.admin_count) <> (coalesce(c.members, 0), coalesce(c.admins, 0))`,
  },
  {
    claim: 'No invitation let in more people than it has uses, and its count is right (rule 12)',
    violations: sql`select i.id from invitations i left join (
        select invitation_id, count(*) as acceptances from acceptances group by invitation_id
      ) x on x.invitation_id = i.id
      where i.uses_spent > i.uses or i.uses_spent <> coalesce(x.acceptances, 0)`,
  },
  {
    claim: 'A pending invitation was made by somebody who is still an admin of its organization (rule 14)',
    violations: sql`select i.id from invitations i join memberships m on m.id = i.inviter_membership_id
      where i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now()
        and (m.ended_at is not null or not m.admin or m.organization_id <> i.organization_id)`,
  },
  {
    claim: 'Whoever joined with an invitation has a membership of its organization',
    violations: sql`select x.id from acceptances x where x.state = 'joined' and not exists (
      select from memberships m where m.organization_id = x.organization_id and m.account_id = x.account_id)`,
  },
  {
    claim: 'Nobody waits to be let into an organization that has ended',
    violations: sql`select x.id from acceptances x join organizations o on o.id = x.organization_id
      where x.state = 'awaiting_approval' and o.state in ('rejected', 'dissolved')`,
  },
  {
    claim: 'The site’s first operator was set up, or nobody is one yet',
    violations: sql`select 'site' as id from site where setup_claimed_at is not null and not exists (select from accounts where operator)`,
  },
  {
    claim:
      'Every account, organization, invitation, acceptance and membership has the event of its beginning (rule 23)',
    // Events are gone through once for all rows, not once for each: there may be millions of either.
    violations: sql`
      select id::text from accounts a where not exists (select from events e where e.kind = 'account_registered' and e.subject_id = a.id)
      union all select id::text from organizations left join (
        select organization_id as id, count(*) from events where kind = 'organization_created' group by 1
      ) e using (id) where coalesce(e.count, 0) <> 1
      union all select id::text from invitations left join (
        select invitation_id as id, count(*) from events where kind = 'invitation_created' group by 1
      ) e using (id) where coalesce(e.count, 0) <> 1
      union all select id::text from acceptances left join (
        select invitation_id, subject_id as account_id, count(*) from events
        where kind in ('invitation_accepted', 'acceptance_awaiting_approval') group by 1, 2
      ) e using (invitation_id, account_id) where coalesce(e.count, 0) <> 1
      union all select organization_id::text || ' ' || account_id::text
      from (select organization_id, account_id, count(*) from memberships group by 1, 2) m left join (
        select organization_id, case kind when 'organization_resubmitted' then actor_id else subject_id end as account_id, count(*) from events
        where kind in ('organization_created', 'organization_resubmitted', 'invitation_accepted', 'acceptance_approved', 'admin_appointed') group by 1, 2
      ) e using (organization_id, account_id) where m.count > coalesce(e.count, 0)`,
  },
  {
    claim: 'Every membership that somebody ended has the event of its end (rule 23)',
    violations: sql`
      select organization_id::text || ' ' || account_id::text as id
      from (select organization_id, account_id, count(*) from memberships where ended_reason in ('left', 'removed') group by 1, 2) m left join (
        select organization_id, case kind when 'handed_over' then actor_id else subject_id end as account_id, count(*) from events
        where kind in ('member_left', 'member_removed', 'handed_over') group by 1, 2
      ) e using (organization_id, account_id) where m.count <> coalesce(e.count, 0)`,
  },
  {
    claim: 'Every state of an organization follows from its last event (rule 23)',
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
    claim: 'An organization holds at most one role of each kind on a service (rule 17)',
    violations: sql`select min(id::text) as id from role_assignments where ended_at is null group by organization_id, service_id, kind having count(*) > 1`,
  },
  {
    claim: 'No two assignments of one kind on a service overlap in time (rule 22)',
    violations: sql`select a.id from role_assignments a join role_assignments b
      on b.organization_id = a.organization_id and b.service_id = a.service_id and b.kind = a.kind and b.id <> a.id
      where a.started_at < coalesce(b.ended_at, 'infinity') and b.started_at < coalesce(a.ended_at, 'infinity')
        and a.started_at < coalesce(a.ended_at, 'infinity') and b.started_at < coalesce(b.ended_at, 'infinity')`,
  },
  {
    claim: 'No role was assigned to an organization that was never accepted (rule 3)',
    violations: sql`select a.id from role_assignments a where not exists (
      select from organization_periods p where p.organization_id = a.organization_id and p.accepted_from <= a.started_at)`,
  },
  {
    claim: 'An organization has an open period exactly while it is accepted',
    violations: sql`select o.id from organizations o where (o.state = 'accepted') <> exists (
      select from organization_periods p where p.organization_id = o.id and p.accepted_until is null)`,
  },
  {
    claim: 'At most one default role of each kind on a service, and one current version of each role (rule 18)',
    violations: sql`
      select min(role_id::text) as id from role_versions where valid_until is null and is_default group by service_id, kind having count(*) > 1
      union all select r.id::text from roles r where (select count(*) from role_versions v where v.role_id = r.id and v.valid_until is null) <> 1`,
  },
  {
    claim: 'Every role request, decision and assignment has its event (rule 23)',
    violations: sql`
      select q.id::text from role_requests q left join (
        select e.organization_id, told.id, count(*) from events e cross join lateral (
          select e.details->>'requestId' as id union all select jsonb_array_elements_text(e.details->'requestIds')
        ) told
        where e.kind in ('role_requested', 'organization_created', 'organization_resubmitted') group by e.organization_id, told.id
      ) e on e.id = q.id::text and e.organization_id = q.organization_id
      where coalesce(e.count, 0) <> 1
      union all select p.request_id::text || ' ' || p.kind from role_request_parts p left join (
        select kind, details->>'requestId' as id, details->>'kind' as part, count(*) from events
        where kind in ('role_accepted', 'role_refused') group by 1, 2, 3
      ) e on e.kind = 'role_' || p.state and e.id = p.request_id::text and e.part = p.kind
      where p.state in ('accepted', 'refused') and coalesce(e.count, 0) <> 1
      union all select a.id::text from role_assignments a left join (
        select details->>'assignmentId' as id, count(*) from events where kind in ('role_accepted', 'role_granted') group by 1
      ) e on e.id = a.id::text where coalesce(e.count, 0) <> 1
      union all select a.id::text from role_assignments a left join (
        select details->>'assignmentId' as id, count(*) from events where kind = 'role_revoked' group by 1
      ) e on e.id = a.id::text where a.ended_reason = 'revoked' and coalesce(e.count, 0) <> 1`,
  },
  {
    claim: 'No mail that was sent or given up still has its secret, and none is both',
    violations: sql`select id from mails where (sent_at is not null or given_up_at is not null) and secret_sealed is not null
      or (sent_at is not null and given_up_at is not null)`,
  },
  {
    claim: 'No mail keeps the name of a deleted account, or its address once that was told',
    violations: sql`
      select id from mails where template = 'account_deleted' and (sent_at is not null or given_up_at is not null)
      union all select m.id from mails m join invitations i on i.id = (m.details->>'invitationId')::uuid join accounts a on a.id = i.created_by
      where a.deleted_at is not null and m.details->>'inviter' <> 'Deleted account'`,
  },
  {
    claim: 'A disabled account is signed in nowhere, is no admin, and is known as disabled since then',
    violations: sql`
      select a.id from accounts a where a.disabled_at is not null and (
        exists (select from sessions s where s.account_id = a.id)
        or exists (select from memberships m where m.account_id = a.id and m.ended_at is null and m.admin))
      union select a.id from accounts a left join account_disablings d on d.account_id = a.id and d.enabled_at is null
      where (a.disabled_at is null) <> (d.account_id is null)`,
  },
  {
    claim: 'Of a deleted account nothing is left but the row: no membership, no way in, no name',
    violations: sql`select a.id from accounts a where a.deleted_at is not null and (
      a.operator or a.email <> 'deleted-' || a.id || '@invalid' or a.first_name <> 'Deleted'
      or exists (select from memberships m where m.account_id = a.id and m.ended_at is null)
      or exists (select from credentials c where c.account_id = a.id)
      or exists (select from passkeys p where p.account_id = a.id)
      or exists (select from two_factors t where t.account_id = a.id)
      or exists (select from sessions s where s.account_id = a.id)
      or exists (select from verifications v where v.account_id = a.id)
      or exists (select from acceptances x where x.account_id = a.id and x.state = 'awaiting_approval'))`,
  },
  {
    claim: 'Every session has the security stamp of its account: no change that ends sessions left one',
    violations: sql`select s.id from sessions s join accounts a on a.id = s.account_id where s.security_stamp is distinct from a.security_stamp`,
  },
  {
    claim: 'Where a mailed link proved an address, no passkey, second factor or provider link is older than that',
    violations: sql`
      select a.id from accounts a where a.address_proved_at is not null and (
        exists (select from passkeys p where p.account_id = a.id and p.created_at < a.address_proved_at)
        or exists (select from two_factors t where t.account_id = a.id and t.created_at < a.address_proved_at)
        or exists (select from credentials c where c.account_id = a.id and c.provider_id <> 'credential' and c.created_at < a.address_proved_at))`,
  },
  {
    claim: 'Whoever has a second factor turned on has one',
    violations: sql`select a.id from accounts a left join two_factors t on t.account_id = a.id and t.verified
      where a.two_factor_enabled and t.id is null`,
  },
]

export interface Finding {
  claim: string
  /** At most ten of the ids concerned. */
  ids: string[]
}

/** Looks every invariant up. Claims without ids hold. */
export async function checkInvariants(db: Database): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { claim, violations } of invariants) {
    const rows = await db.rows<{ id: string }>(sql`select id from (${violations}) v limit 10`)
    findings.push({ claim, ids: rows.map(({ id }) => id) })
  }
  return findings
}
