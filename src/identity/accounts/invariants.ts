import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of accounts, checked independently of the constraints and triggers that enforce them. */
export const accountInvariants: Invariant[] = [
  {
    claim: message('Every account has a registration event'),
    violations: sql`select a.id from accounts a where not exists (select from events e where e.kind = 'account_registered' and e.subject_id = a.id)`,
  },
  {
    claim: message(
      'A disabled account has no session and no admin privileges, and the period since it was disabled is recorded',
    ),
    violations: sql`
      select a.id from accounts a where a.disabled_at is not null and (
        exists (select from sessions s where s.account_id = a.id)
        or exists (select from memberships m where m.account_id = a.id and m.ended_at is null and m.admin))
      union select a.id from accounts a left join account_disablings d on d.account_id = a.id and d.enabled_at is null
      where (a.disabled_at is null) <> (d.account_id is null)`,
  },
  {
    claim: message('A deleted account keeps only its row: it has no membership, sign-in method, name or address'),
    violations: sql`
      select a.id from accounts a where a.deleted_at is not null and (
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
    claim: message(
      'If an e-mailed link proved an address, no passkey, second factor or provider link is older than that proof',
    ),
    violations: sql`
      select a.id from accounts a where a.address_proved_at is not null and (
        exists (select from passkeys p where p.account_id = a.id and p.created_at < a.address_proved_at)
        or exists (select from two_factors t where t.account_id = a.id and t.created_at < a.address_proved_at)
        or exists (select from credentials c where c.account_id = a.id and c.provider_id <> 'credential' and c.created_at < a.address_proved_at))`,
  },
]
