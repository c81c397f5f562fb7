import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { openSite, type Site } from '../testing/site'
import { listMemberEntitlements } from './schema'
import {
  loadAccountEntitlements,
  loadMemberEntitlements,
  loadMyEntitlements,
  loadOrganizationEntitlements,
} from './store'

// 40,000 accounts, 200 organizations of 50 members, 20 services of 4 roles: enough that reading a whole table would be the wrong plan.

let site: Site
let session: string
let accountId: string
let organizationId: string

beforeAll(async () => {
  site = await openSite()
  const person = await site.person('Olga', { operator: true })
  session = decodeURIComponent(person.cookie.split('=')[1]!).split('.')[0]!
  const { db } = site
  await db.rows(sql`
    insert into accounts (id, email, first_name, last_name, country)
    select gen_random_uuid(), 'person' || n || '@example.org', 'Person', 'Cruz', 'PH' from generate_series(1, 40000) n`)
  await db.rows(sql`
    with numbered as (select id, row_number() over () as n from accounts where email like 'person%'),
    created as (
      insert into organizations (id, author_id, name, name_key, country, description, state)
      select gen_random_uuid(), id, 'Organization ' || n, 'organization ' || n, 'PH', 'Plans.', 'accepted' from numbered where n <= 200
      returning id, name_key
    )
    insert into memberships (id, organization_id, account_id, admin)
    select gen_random_uuid(), o.id, a.id, a.n <= 200 from created o join numbered a on o.name_key = 'organization ' || (a.n - 1) % 200 + 1 where a.n <= 10000`)
  await db.rows(sql`
    with services as (
      insert into services (id, key, name, position) select gen_random_uuid(), 's' || n, 'Service', n from generate_series(1, 20) n returning id
    ), roles as (
      insert into roles (id, service_id, key, kind)
      select gen_random_uuid(), id, 'r' || n, case when n <= 2 then 'access' else 'quota' end from services, generate_series(1, 4) n
      returning id, service_id, key, kind
    )
    insert into role_versions (role_id, service_id, kind, name, is_default) select id, service_id, kind, key, key = 'r1' from roles`)
  await db.rows(sql`
    with requests as (
      insert into role_requests (id, organization_id, service_id, requested_by, description)
      select gen_random_uuid(), o.id, s.id, o.author_id, 'Plans.' from organizations o, services s
      returning id, organization_id, service_id, requested_by
    )
    insert into role_assignments (id, organization_id, service_id, kind, role_id, granted_by, requested_by, request_id)
    select gen_random_uuid(), q.organization_id, r.service_id, r.kind, r.id, ${person.id}::uuid, q.requested_by, q.id
    from requests q join roles r on r.service_id = q.service_id where r.key in ('r2', 'r3')`)
  await db.rows(sql`
    insert into sessions (id, account_id, token, expires_at)
    select gen_random_uuid(), id, id::text, now() + interval '1 day' from accounts where email like 'person%'`)
  await db.rows(sql`analyze`)
  const member = await db.only<{ account: string; organization: string }>(
    sql`select account_id as account, organization_id as organization from memberships where not admin limit 1`,
  )
  accountId = member.account
  organizationId = member.organization
  await db.rows(sql`update sessions set account_id = ${accountId} where token = ${session}`)
})
afterAll(() => site.close())

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

/** A database that explains the one statement that it is given, and gives its answer too. */
function explaining(plans: Plan[]): Database {
  const only = async <Row>(statement: Sql): Promise<Row> => {
    const [row] = await site.db.rows<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (format json) ${statement}`)
    plans.push(row!['QUERY PLAN'][0]!.Plan)
    return site.db.only<Row & object>(statement)
  }
  return { ...site.db, only } as Database
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const earlier = () => new Date(Date.now() - 1).toISOString()
const page = () => listMemberEntitlements.input.parse({ organizationId })

test.each<[string, number, (db: Database) => Promise<{ entitlements: unknown[] }>]>([
  ['a person’s own', 20, (db) => loadMyEntitlements(db, session, undefined)],
  ['an account’s', 20, (db) => loadAccountEntitlements(db, session, accountId, undefined)],
  ['an account’s at a past moment', 20, (db) => loadAccountEntitlements(db, session, accountId, earlier())],
  ['an organization’s', 20, (db) => loadOrganizationEntitlements(db, session, organizationId, undefined)],
  ['a page of members’', 20, (db) => loadMemberEntitlements(db, session, page())],
  [
    'a page of members’ at a past moment',
    20,
    (db) => loadMemberEntitlements(db, session, { ...page(), at: earlier() }),
  ],
])('%s entitlements are one statement, answered from indexes', async (_, services, load) => {
  const plans: Plan[] = []
  const { entitlements } = await load(explaining(plans))
  expect(entitlements).toHaveLength(services)
  expect(plans).toHaveLength(1)
  const scanned = nodes(plans[0]!)
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'])
  const growing = ['memberships', 'role_assignments', 'accounts', 'sessions', 'role_requests', 'organizations']
  expect(scanned.filter((table) => growing.includes(table!))).toEqual([])
})
