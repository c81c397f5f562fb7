import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import { recordingConnection } from './recording'

/**
 * After a backup was restored, services may have what this database never heard of, and lack what it says they have. So
 * nothing in the ledger is known to be applied: everything is applied once more, ends of access first, after an operator
 * has switched the connections on again. The new epoch is part of every version, so receivers start again too.
 */
export const startNewEpoch = (db: Database) =>
  db.rows<{ service: string; name: string; accounts: number }>(sql`
    with changed as (
      update connections c set epoch = newest.epoch + newest.place, enabled = false, compared_at = null, comparison_claimed_until = null,
        listed_at = null, listing_claimed_until = null, paused_until = null
      from services s, (
        select id, max(epoch) over (partition by service_id) as epoch, row_number() over (partition by service_id order by id) as place from connections
      ) newest
      where s.id = c.service_id and newest.id = c.id and c.deleted_at is null
      returning c.id, c.name, c.kind, s.key
    ), unknown as (
      update propagations p set applied = null, uncertain = true, ends_access = p.desired is null, proved_at = null,
        attempts = 0, error = null, next_attempt_at = now(), claim = null, claimed_until = null
      from changed where p.connection_id = changed.id and changed.kind <> 'pull'
      returning p.connection_id
    ), ${recordingConnection('connection_switched_off', null)}
    select changed.key as service, changed.name,
      (select count(*) from unknown u where u.connection_id = changed.id)::int as accounts
    from changed order by changed.key, changed.id`)
