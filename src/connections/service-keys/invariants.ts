import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of service keys, checked independently of the trigger that counts them. */
export const serviceKeyInvariants: Invariant[] = [
  {
    claim: message('Every service has at most two usable keys'),
    violations: sql`
      select service_id as id from service_keys where ended_at is null and expires_at > now() group by service_id having count(*) > 2`,
  },
  {
    claim: message('The making and the ending of every service key are in the events'),
    violations: sql`
      select k.id from service_keys k
      where not exists (select from events e where e.kind = 'service_key_created' and e.details->>'keyId' = k.id::text)
        or (k.ended_at is not null) <> exists (select from events e where e.kind = 'service_key_ended' and e.details->>'keyId' = k.id::text)`,
  },
]
