import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of sessions, checked independently of the constraints and triggers that enforce them. */
export const sessionInvariants: Invariant[] = [
  {
    claim: message(
      'Every session has the current security stamp of its account, so none outlived a change that ends sessions',
    ),
    violations: sql`select s.id from sessions s join accounts a on a.id = s.account_id where s.security_stamp is distinct from a.security_stamp`,
  },
]
