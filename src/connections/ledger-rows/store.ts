import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import { matchesPerson, personForActor } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { columns } from '../../platform/db/select-list'
import { nothing, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { rowState } from '../ledger/counts'
import type { LedgerRowItem, listLedgerRows } from './schema'

const rowColumns = columns<LedgerRowItem>({
  id: sql`p.account_id`,
  person: sql`case when a.deleted_at is null then ${personForActor(sql`a`)} end`,
  organization: sql`case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end`,
  held: sql`p.desired is not null`,
  state: rowState,
  error: sql`p.error`,
  drift: sql`to_json(p.drift)`,
  attempts: sql`p.attempts`,
  desiredAt: sql`p.desired_at`,
  appliedAt: sql`p.applied_at`,
  observedAt: sql`p.observed_at`,
  nextAttemptAt: sql`case when ${rowState} <> 'applied' then p.next_attempt_at end`,
  provedAt: sql`p.proved_at`,
  s3Keys: sql`coalesce(jsonb_array_length(p.desired->'keys'), 0)`,
})

export const loadLedgerRows = (
  db: Database,
  credential: Credential,
  { connectionId, state, q, limit, cursor }: CheckedInputOf<typeof listLedgerRows>,
) => {
  const page = pageAfter(newestFirst(sql`p.desired_at`, sql`p.account_id`), cursor, limit)
  return loadFacts<{ exists: boolean; rows: LoadedPage<LedgerRowItem> }>(db, credential, {
    exists: sql`exists (select from connections where id = ${connectionId} and deleted_at is null)`,
    rows: page.of(
      rowColumns,
      sql`from propagations p join accounts a on a.id = p.account_id left join organizations o on o.id = p.organization_id
        where p.connection_id = ${connectionId} ${state ? sql`and ${rowState} = ${state}` : nothing}
          ${q ? sql`and ${matchesPerson(sql`a`, q, sql`true`)}` : nothing} ${page.where} ${page.orderAndLimit}`,
    ),
  })
}

const row = (connectionId: string, accountId: string | undefined): Sql =>
  sql`p.connection_id = ${connectionId} ${accountId ? sql`and p.account_id = ${accountId}` : nothing}`

/** What waits for a later attempt is due now, and a connection that pauses is tried. */
export const saveLedgerRetry = (db: Database, by: Operator, connectionId: string, accountId: string | undefined) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, tried as (
      update connections c set paused_until = null from operator where c.id = ${connectionId} and c.deleted_at is null returning c.id
    ), due as (
      update propagations p set next_attempt_at = now() from tried where ${row(connectionId, accountId)} and p.error is not null
    )
    select id from tried`)

/** Those whose access ended are looked at first. */
export const saveLedgerObservation = (
  db: Database,
  by: Operator,
  connectionId: string,
  accountId: string | undefined,
) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(by.id)}, observed as (
      update connections c set ${accountId ? sql`listed_at = c.listed_at` : sql`listed_at = null`}
      from operator where c.id = ${connectionId} and c.deleted_at is null returning c.id
    ), due as (
      update propagations p set next_observation_at = now() - case when p.desired is null then interval '1 second' else interval '0' end
      from observed where ${row(connectionId, accountId)} and p.next_observation_at is not null
    )
    select id from observed`)
