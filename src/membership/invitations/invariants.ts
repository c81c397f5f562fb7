import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/**
 * Invariants of invitations and their acceptances, checked independently of the constraints and triggers that enforce
 * them.
 */
export const invitationInvariants: Invariant[] = [
  {
    claim: message('No invitation admitted more people than it has uses, and its stored number of uses is correct'),
    violations: sql`
      select i.id from invitations i left join (
        select invitation_id, count(*) as acceptances from acceptances group by invitation_id
      ) x on x.invitation_id = i.id
      where i.uses_spent > i.uses or i.uses_spent <> coalesce(x.acceptances, 0)`,
  },
  {
    claim: message('Every pending invitation was made by a person who is still an admin of its organization'),
    violations: sql`
      select i.id from invitations i join memberships m on m.id = i.inviter_membership_id
      where i.revoked_at is null and i.uses_spent < i.uses and i.expires_at > now()
        and (m.ended_at is not null or not m.admin or m.organization_id <> i.organization_id)`,
  },
  {
    claim: message('Every person who joined with an invitation has, or had, a membership in its organization'),
    violations: sql`
      select x.id from acceptances x where x.state = 'joined' and not exists (
      select from memberships m where m.organization_id = x.organization_id and m.account_id = x.account_id)`,
  },
  {
    claim: message('No one is waiting for approval by an organization that was rejected or dissolved'),
    violations: sql`
      select x.id from acceptances x join organizations o on o.id = x.organization_id
      where x.state = 'awaiting_approval' and o.state in ('rejected', 'dissolved')`,
  },
  {
    claim: message('Every invitation has exactly one creation event'),
    violations: sql`
      select id from invitations left join (
        select invitation_id as id, count(*) from events where kind = 'invitation_created' group by 1
      ) e using (id) where coalesce(e.count, 0) <> 1`,
  },
  {
    claim: message('Every acceptance has exactly one event'),
    violations: sql`
      select id from acceptances left join (
        select invitation_id, subject_id as account_id, count(*) from events
        where kind in ('invitation_accepted', 'acceptance_awaiting_approval') group by 1, 2
      ) e using (invitation_id, account_id) where coalesce(e.count, 0) <> 1`,
  },
]
