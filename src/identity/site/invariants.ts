import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** What is always true of the site, looked up independently of the constraints and triggers that keep it. */
export const siteInvariants: Invariant[] = [
  {
    claim: message('The site has an operator once its setup link was used'),
    violations: sql`select 'site' as id from site where setup_claimed_at is not null and not exists (select from accounts where operator)`,
  },
]
