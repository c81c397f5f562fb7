import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of the site, checked independently of the constraints and triggers that enforce them. */
export const siteInvariants: Invariant[] = [
  {
    claim: message('The site has an operator once its setup link has been used'),
    violations: sql`select 'site' as id from site where setup_claimed_at is not null and not exists (select from accounts where operator)`,
  },
]
