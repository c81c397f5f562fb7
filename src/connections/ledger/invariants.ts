import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'
import { outstanding } from './counts'

/** Invariants of the ledger that always hold, also while changes wait. */
export const ledgerInvariants: Invariant[] = [
  {
    claim: message('No row of a ledger has a version above that of its connection, or one that another row has'),
    violations: sql`
      select p.account_id as id from propagations p join connections c on c.id = p.connection_id
      where p.version > c.version or p.version < 1
        or exists (select from propagations o where o.connection_id = p.connection_id and o.version = p.version and o.account_id <> p.account_id)`,
  },
  {
    claim: message('No ledger has forgotten a version that its connection has not reached'),
    violations: sql`select id from connections where oldest_version > version`,
  },
  {
    claim: message('Every row of a ledger that says that nothing is held says since when, and no other row does'),
    violations: sql`select account_id as id from propagations where (desired is null) <> (ended_at is not null)`,
  },
  {
    claim: message('Every role in a ledger is one of the service that is connected'),
    violations: sql`
      select p.account_id as id from propagations p join connections c on c.id = p.connection_id
      cross join (values ('access'), ('quota')) k (kind)
      where p.desired is not null and c.kind <> 'openid' and not exists (
        select from roles r where r.service_id = c.service_id and r.kind = k.kind and r.key = p.desired->k.kind->>'key')`,
  },
  {
    claim: message('Every row of a ledger is due no later than the first end date in it'),
    violations: sql`
      select p.account_id as id from propagations p join connections c on c.id = p.connection_id
      cross join lateral (
        select least((p.desired#>>'{access,until}')::timestamptz, (p.desired#>>'{quota,until}')::timestamptz) as ends_at) e
      where e.ends_at is not null and c.kind = 'pull' and (p.next_attempt_at is null or p.next_attempt_at > e.ends_at)`,
  },
  {
    claim: message(
      'Every row of a ledger that the service is to be told of is due, or being told, or waits after a failure',
    ),
    violations: sql`
      select p.account_id as id from propagations p join connections c on c.id = p.connection_id
      where c.kind <> 'pull' and c.deleted_at is null and ${outstanding} and p.claim is null
        and (p.next_attempt_at is null or p.next_attempt_at > now() and p.error is null)`,
  },
  {
    claim: message('Every connection that was ever switched on says when'),
    violations: sql`select id from connections where enabled and enabled_at is null`,
  },
]
