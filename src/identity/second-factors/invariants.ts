import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of second factors, checked independently of the constraints and triggers that enforce them. */
export const secondFactorInvariants: Invariant[] = [
  {
    claim: message('Every account with two-factor authentication turned on has a confirmed second factor'),
    violations: sql`
      select a.id from accounts a left join two_factors t on t.account_id = a.id and t.verified
      where a.two_factor_enabled and t.id is null`,
  },
]
