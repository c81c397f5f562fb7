import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of mails, verified independently of the constraints and triggers that enforce them. */
export const mailInvariants: Invariant[] = [
  {
    claim: message('No e-mail that was sent or has failed still has its secret, and none was both sent and failed'),
    violations: sql`
      select id from mails where (sent_at is not null or given_up_at is not null) and secret_sealed is not null
      or (sent_at is not null and given_up_at is not null)`,
  },
  {
    claim: message(
      'No e-mail keeps the name of a deleted account, and the e-mail about the deletion is itself deleted once it has been sent',
    ),
    violations: sql`
      select id from mails where template = 'account_deleted' and (sent_at is not null or given_up_at is not null)
      union all select m.id from mails m join invitations i on i.id = (m.details->>'invitationId')::uuid join accounts a on a.id = i.created_by
      where a.deleted_at is not null and m.details->>'inviter' <> 'Deleted account'`,
  },
]
