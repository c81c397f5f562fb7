import { ledgerInvariants } from '../connections/ledger/invariants'
import { openIdInvariants } from '../connections/openid-sign-ins/invariants'
import { s3KeyInvariants } from '../connections/s3-keys/invariants'
import { serviceKeyInvariants } from '../connections/service-keys/invariants'
import { accountInvariants } from '../identity/accounts/invariants'
import { sessionInvariants } from '../identity/authentication/invariants'
import { secondFactorInvariants } from '../identity/second-factors/invariants'
import { siteInvariants } from '../identity/site/invariants'
import { invitationInvariants } from '../membership/invitations/invariants'
import { membershipInvariants } from '../membership/memberships/invariants'
import { organizationInvariants } from '../membership/organizations/invariants'
import { tokenInvariants } from '../membership/tokens/invariants'
import { mailInvariants } from '../messaging/mails/invariants'
import type { Database } from '../platform/db/database'
import type { Invariant } from '../platform/db/invariant'
import { sql } from '../platform/db/sql'
import { roleAssignmentInvariants } from '../roles/role-assignments/invariants'
import { roleRequestInvariants } from '../roles/role-requests/invariants'
import { serviceInvariants } from '../roles/services/invariants'

const invariants: Invariant[] = [
  ...organizationInvariants,
  ...membershipInvariants,
  ...invitationInvariants,
  ...tokenInvariants,
  ...serviceInvariants,
  ...roleRequestInvariants,
  ...roleAssignmentInvariants,
  ...siteInvariants,
  ...accountInvariants,
  ...sessionInvariants,
  ...secondFactorInvariants,
  ...mailInvariants,
  ...serviceKeyInvariants,
  ...ledgerInvariants,
  ...s3KeyInvariants,
  ...openIdInvariants,
]

export interface Finding {
  claim: string
  /** At most ten of the affected ids. */
  ids: string[]
}

/** Checks every invariant. An invariant without ids holds. */
export async function checkInvariants(db: Database): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { claim, violations } of invariants) {
    const rows = await db.rows<{ id: string }>(sql`select id from (${violations}) v limit 10`)
    findings.push({ claim, ids: rows.map(({ id }) => id) })
  }
  return findings
}
