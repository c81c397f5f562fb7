import type { Database } from '../db/database'
import { containing, pageAfter } from '../db/page'
import { many, nothing, sql } from '../db/sql'
import { announcing } from '../events/announce'
import type { AnswerOf, CheckedInputOf } from '../http/endpoint'
import { type Actor, loadFacts } from '../sessions/actor'
import { matchesPerson } from './people'
import type { listAccounts } from './schema'

type AccountItem = AnswerOf<typeof listAccounts>['items'][number] & { cursorKey: string }

export const loadAccounts = (
  db: Database,
  session: string,
  { q, limit, cursor }: CheckedInputOf<typeof listAccounts>,
) => {
  const page = pageAfter(
    { key: sql`a.created_at`, type: 'timestamptz', id: sql`a.id`, direction: 'desc' },
    cursor,
    limit,
  )
  return loadFacts<{ accounts: AccountItem[] }>(db, session, {
    accounts: many(sql`
      select a.id, a.email, a.email_verified as "emailConfirmed", a.first_name as "firstName", a.last_name as "lastName",
        a.country, a.operator, a.created_at as "createdAt", a.created_at as "cursorKey",
        case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'admin', m.admin) end as organization
      from accounts a
      left join memberships m on m.account_id = a.id and m.ended_at is null
      left join organizations o on o.id = m.organization_id
      where true ${q ? sql`and ${matchesPerson(sql`a`, containing(q), sql`true`)}` : nothing} ${page.where}
      ${page.orderAndLimit}`),
  })
}

export const loadAccountState = (db: Database, session: string, accountId: string) =>
  loadFacts<{ confirmed: boolean | null }>(db, session, {
    confirmed: sql`(select email_verified from accounts where id = ${accountId})`,
  })

export const saveConfirmation = (db: Database, operator: Actor, accountId: string) =>
  db.first<{ id: string }>(sql`
    with confirmed as (
      update accounts set email_verified = true, updated_at = now() where id = ${accountId} and not email_verified returning id
    ), ${announcing({ kind: 'address_confirmed', actor: operator.id, subject: accountId }, sql`confirmed`)}
    select id from confirmed`)
