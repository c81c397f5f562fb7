import type { Credential } from '../../platform/access/credential'
import { loadForService } from '../../platform/access/service-caller'
import type { Database } from '../../platform/db/database'
import { limitTo } from '../../platform/db/page'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import { conditions, type Holding, heldRoleJson, holdingColumns, holdings } from '../holdings/store'
import type { askAboutOrganization, listHolders } from './schema'

const service: Sql = sql`s.id = (select "serviceId" from caller)`

const momentOf = (at: string | undefined): Sql | undefined => (at ? sql`${at}::timestamptz` : undefined)
const inTheFuture = (at: string | undefined): Sql => (at ? sql`(select ${at}::timestamptz > now())` : sql`false`)

export const loadHolding = (db: Database, key: Credential, accountId: string, at: string | undefined) =>
  loadForService<{ inTheFuture: boolean; holding: Holding | null }>(db, key, {
    inTheFuture: inTheFuture(at),
    holding: one(
      sql`select ${holdingColumns(momentOf(at))} ${holdings(sql`${service} and a.id = ${accountId}`, momentOf(at))}`,
    ),
  })

export const loadHolders = (db: Database, key: Credential, { at, limit, cursor }: CheckedInputOf<typeof listHolders>) =>
  loadForService<{ inTheFuture: boolean; at: string; holders: Holding[] }>(db, key, {
    inTheFuture: inTheFuture(at),
    at: sql`(select to_json(${momentOf(at) ?? sql`now()`}))`,
    holders: many(sql`
      select ${holdingColumns(momentOf(at))}
      ${holdings(cursor ? sql`${service} and a.id > ${cursor}` : service, momentOf(at))}
      order by a.id ${limitTo(limit + 1)}`),
  })

export const loadOrganizationHolding = (
  db: Database,
  key: Credential,
  organizationId: string,
  at: string | undefined,
) => {
  const moment = momentOf(at)
  const { accepted, assigned } = conditions(moment)
  const role = (kind: 'access' | 'quota', limits: Sql) => sql`(
    select ${heldRoleJson(sql`x.role_id`, sql`x.expires_at`, limits, moment)} from role_assignments x
    where x.organization_id = o.id and x.service_id = (select "serviceId" from caller) and x.kind = ${kind} and ${assigned(sql`x`)})`
  return loadForService<{ inTheFuture: boolean; held: AnswerOf<typeof askAboutOrganization> | null }>(db, key, {
    inTheFuture: inTheFuture(at),
    held: one(sql`
      select * from (
        select json_build_object('id', o.id, 'name', o.name) as organization,
          ${role('access', sql``)} as access, ${role('quota', sql`, 'limits', v.limits`)} as quota
        from organizations o where o.id = ${organizationId} and ${accepted}
      ) held where held.access is not null or held.quota is not null`),
  })
}
