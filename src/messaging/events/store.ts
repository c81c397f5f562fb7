import { loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import { personForActor, searchedPerson } from '../../platform/access/people'
import type { Database } from '../../platform/db/database'
import { limitTo, readPosition } from '../../platform/db/page'
import { matches } from '../../platform/db/search'
import { many, nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import type { EventItem, listEvents } from './schema'

type Filters = CheckedInputOf<typeof listEvents>

/** Whether the event `e` has a subject other than its actor. The index on subjects contains only such events. */
export const isAboutSomebodyElse = (e: Sql): Sql => sql`${e}.subject_id is distinct from ${e}.actor_id`

/** A page of events, newest first, of one organization or of the site. */
export const loadEvents = (
  db: Database,
  credential: Credential,
  organizationId: string | undefined,
  { q, limit, cursor, kind, accountId, from, until }: Filters,
) => {
  const after = readPosition(cursor)
  const people = sql`concat_ws(' ', ${searchedPerson(sql`actor_account`)}, ${searchedPerson(sql`subject_account`)})`
  return loadFacts<{ exists: boolean; events: (EventItem & { position: string })[] }>(db, credential, {
    exists: organizationId ? sql`exists (select from organizations where id = ${organizationId})` : sql`true`,
    events: many(sql`
      select e.id, e.at, e.kind, e.position::text as position, e.details,
        case when actor_account.id is not null then ${personForActor(sql`actor_account`)} end as actor,
        ${one(sql`select token.id, token.name where token.id is not null`)} as token,
        case when subject_account.id is not null then ${personForActor(sql`subject_account`)} end as subject,
        ${one(sql`select o.id, o.name where o.id is not null`)} as organization
      from events e
      left join accounts actor_account on actor_account.id = e.actor_id
      left join tokens token on token.id = e.token_id
      left join accounts subject_account on subject_account.id = e.subject_id
      left join organizations o on o.id = e.organization_id
      where true
        ${organizationId ? sql`and e.organization_id = ${organizationId}` : nothing}
        ${kind ? sql`and e.kind = ${kind}` : nothing}
        ${accountId ? sql`and (e.actor_id = ${accountId} or (e.subject_id = ${accountId} and ${isAboutSomebodyElse(sql`e`)}))` : nothing}
        ${q ? sql`and ${matches(people, q)}` : nothing}
        ${from ? sql`and e.at >= ${from}::timestamptz` : nothing} ${until ? sql`and e.at < ${until}::timestamptz` : nothing}
        ${after ? sql`and e.position < ${after}::bigint` : nothing}
      order by e.position desc ${limitTo(limit + 1)}`),
  })
}
