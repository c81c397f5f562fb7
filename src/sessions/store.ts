import type { Database } from '../db/database'
import { many, one, sql } from '../db/sql'
import type { AnswerOf } from '../http/endpoint'
import { type OrganizationRow, organizationColumns } from '../organizations/store'
import { loadFacts } from './actor'
import type { getMe } from './schema'

type MeAnswer = AnswerOf<typeof getMe>
interface Me {
  account: MeAnswer['account'] | null
  organization: OrganizationRow | null
  waiting: MeAnswer['waiting']
  rejected: OrganizationRow[]
}

export const loadMe = (db: Database, session: string) =>
  loadFacts<Me>(db, session, {
    account: one(sql`
      select a.id, a.email, a.email_verified as "emailConfirmed", a.first_name as "firstName",
        a.last_name as "lastName", a.country, a.operator, a.created_at as "createdAt"
      from accounts a join actor on a.id = actor.id`),
    organization: one(sql`select ${organizationColumns} where o.id = (select "organizationId" from actor)`),
    waiting: one(sql`
      select x.id as "acceptanceId", o.name as "organizationName", x.at as since
      from acceptances x join organizations o on o.id = x.organization_id join actor on x.account_id = actor.id
      where x.state = 'awaiting_approval'`),
    rejected: many(sql`
      select ${organizationColumns}
      where o.author_id = (select id from actor) and o.state = 'rejected'
      order by o.state_since desc limit 10`),
  })

/** When the last of the sessions there are ends. */
export const lastSessionEnds = (db: Database) =>
  db.only<{ ends: Date | null }>(sql`select max(expires_at) as ends from sessions where expires_at > now()`)
