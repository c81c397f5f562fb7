import type { Invariant } from '../../platform/db/invariant'
import { sql } from '../../platform/db/sql'
import { message } from '../../platform/messages/t'

/** Invariants of S3 keys, checked independently of the triggers that end them. */
export const s3KeyInvariants: Invariant[] = [
  {
    claim: message('No S3 key outlives the membership under which it was made'),
    violations: sql`
      select k.id from s3_keys k join memberships m on m.id = k.membership_id where k.ended_at is null and m.ended_at is not null`,
  },
  {
    claim: message('No disabled account has an S3 key'),
    violations: sql`
      select k.id from s3_keys k join accounts a on a.id = k.account_id where k.ended_at is null and a.disabled_at is not null`,
  },
  {
    claim: message('Every membership under which an S3 key was made is one of its owner'),
    violations: sql`select k.id from s3_keys k join memberships m on m.id = k.membership_id where m.account_id <> k.account_id`,
  },
  {
    claim: message('The making of every S3 key is in the events, and so is its deletion'),
    violations: sql`
      select k.id from s3_keys k
      where not exists (select from events e where e.kind = 's3_key_created' and e.details->>'keyId' = k.id::text)
        or (k.ended_reason is not distinct from 'deleted')
          <> exists (select from events e where e.kind = 's3_key_deleted' and e.details->>'keyId' = k.id::text)`,
  },
  {
    claim: message('Every key in what a gateway was told belongs to that account and service'),
    violations: sql`
      select p.account_id as id from propagations p join connections c on c.id = p.connection_id
      cross join lateral jsonb_array_elements(coalesce(p.applied, p.desired)->'keys') e
      where not exists (
        select from s3_keys k where k.id = (e->>'id')::uuid and k.account_id = p.account_id and k.service_id = c.service_id)`,
  },
]
