import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of tokens, checked independently of the triggers that end them. */
export const tokenInvariants: Invariant[] = [
  {
    claim: message('Every token that has not ended belongs to an active account'),
    violations: sql`
      select t.id from tokens t join accounts a on a.id = t.account_id where t.ended_at is null and a.disabled_at is not null`,
  },
  {
    claim: message('Every token that has not ended was made under a membership that has not ended, if under any'),
    violations: sql`
      select t.id from tokens t join memberships m on m.id = t.membership_id where t.ended_at is null and m.ended_at is not null`,
  },
  {
    claim: message(
      'Every token of an organization that has not ended belongs to an admin of that accepted organization',
    ),
    violations: sql`
      select t.id from tokens t
      join organizations o on o.id = t.organization_id
      join memberships m on m.id = t.membership_id
      where t.ended_at is null
        and (not m.admin or m.organization_id <> o.id or m.account_id <> t.account_id or o.state <> 'accepted')`,
  },
  {
    claim: message(
      'Every token that an event names is the actor’s, and if it is an organization’s, the event is about that organization',
    ),
    violations: sql`
      select e.id from events e left join tokens t on t.id = e.token_id and t.account_id = e.actor_id
      where e.token_id is not null
        and (t.id is null or t.organization_id is not null and t.organization_id is distinct from e.organization_id)`,
  },
]
