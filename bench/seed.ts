import { createHash } from 'node:crypto'
import type pg from 'pg'

/** The part of a connection that seeding needs. A text without values may contain several statements. */
export interface Client {
  query(text: string, values?: unknown[]): Promise<Pick<pg.QueryResult, 'rows'>>
}

export interface Size {
  organizations: number
  members: number
  services?: number
}

export const services = 20
export const adminsPerOrganization = 2

/**
 * Organizations with two years of the same past: roles on 16 of 20 services, of which 8 were replaced, 2 revoked, and
 * 2 expired. Members joined one after the other, and every tenth belonged to another organization before. Triggers are
 * disabled during seeding, because they would write today's date; `guildhall check` verifies consistency.
 */
export async function seed(
  client: Client,
  { organizations, members, services: count = services }: Size,
): Promise<void> {
  const accounts = organizations * members
  const run = (text: string) => client.query(text)
  await run(`set session_replication_role = replica`)
  await run(`
    create function pg_temp.ago(days numeric) returns timestamptz language sql stable as
      $$ select timestamptz '${new Date().toISOString()}' - days * interval '1 day' $$`)
  // A version 7 UUID for that time; the rest derives from the text, so that any statement can compute a row's ID.
  await run(`
    create function pg_temp.id(days numeric, what text) returns uuid language sql stable as
      $$ select (lpad(to_hex((extract(epoch from pg_temp.ago(days)) * 1000)::bigint), 12, '0') || '7'
        || substr(md5(what), 1, 3) || '8' || substr(md5(what), 4, 15))::uuid $$`)
  await run(
    `create function pg_temp.registered(n int) returns numeric language sql stable as $$ select 700 - n / 100000.0 $$`,
  )
  await run(
    `create function pg_temp.account(n int) returns uuid language sql stable as $$ select pg_temp.id(pg_temp.registered(n), 'account ' || n) $$`,
  )
  await run(
    `create function pg_temp.organization(n int) returns uuid language sql stable as $$ select pg_temp.id(680, 'organization ' || n) $$`,
  )

  // Account 0 is the operator; each organization has the next `members` accounts.
  await run(`
    insert into accounts (id, email, first_name, last_name, country, operator, created_at)
    select pg_temp.account(n), 'person' || n || '@example.org', 'Person' || n, 'Cruz', 'PH', n = 0, pg_temp.ago(pg_temp.registered(n))
    from generate_series(0, ${accounts}) n`)
  await run(`
    insert into sessions (id, account_id, token, expires_at)
    select gen_random_uuid(), pg_temp.account(n), translate(rtrim(encode(sha256(md5('session ' || n)::bytea), 'base64'), '='), '+/', '-_'), now() + interval '1 day' from generate_series(0, ${accounts}) n`)
  await run(`
    insert into organizations (id, name, name_key, country, description, author_id, state, state_since, created_at, admin_count, member_count)
    select pg_temp.organization(o), 'Organization ' || o, 'organization ' || o, 'PH', 'Counting corals from orbit.',
      pg_temp.account((o - 1) * ${members} + 1), 'accepted', pg_temp.ago(670), pg_temp.ago(680), ${adminsPerOrganization}, ${members}
    from generate_series(1, ${organizations}) o`)
  await run(`insert into organization_names (name_key, organization_id) select name_key, id from organizations`)
  await run(`
    insert into organization_periods (organization_id, accepted_from)
    select pg_temp.organization(o), pg_temp.ago(670) from generate_series(1, ${organizations}) o`)

  await run(`create temp table joined as
    select o, m, pg_temp.organization(o) as organization_id, pg_temp.account((o - 1) * ${members} + m) as account_id,
      case when m = 1 then 680 else 600 - 590.0 * m / ${members} end as days
    from generate_series(1, ${organizations}) o, generate_series(1, ${members}) m`)
  await run(`
    insert into memberships (id, organization_id, account_id, admin, started_at)
    select pg_temp.id(days, 'member ' || o || ' ' || m), organization_id, account_id, m <= ${adminsPerOrganization}, pg_temp.ago(days) from joined`)
  await run(`create temp table left_before as
    select pg_temp.organization(o % ${organizations} + 1) as organization_id, account_id, o, m from joined where m % 10 = 3`)
  await run(`
    insert into memberships (id, organization_id, account_id, started_at, ended_at, ended_reason)
    select pg_temp.id(650, 'before ' || o || ' ' || m), organization_id, account_id, pg_temp.ago(650), pg_temp.ago(610), 'left' from left_before`)

  await run(`
    insert into services (id, key, name, description, position, created_at)
    select pg_temp.id(720, 'service ' || s), 's' || s, 'Service ' || s, 'What organizations get access to.', s, pg_temp.ago(720)
    from generate_series(1, ${count}) s`)
  await run(`create temp table catalogue as
    select s, kind, key, starred, pg_temp.id(720, 'service ' || s) as service_id, pg_temp.id(720, key || ' ' || s) as role_id
    from generate_series(1, ${count}) s, (values ('access', 'reader', true), ('access', 'editor', false), ('quota', 'small', true), ('quota', 'large', false)) r (kind, key, starred)`)
  await run(
    `insert into roles (id, service_id, key, kind, created_at) select role_id, service_id, key, kind, pg_temp.ago(720) from catalogue`,
  )
  await run(`
    insert into role_versions (role_id, service_id, kind, valid_from, valid_until, name, description, is_default, limits)
    select role_id, service_id, kind, pg_temp.ago(since), pg_temp.ago(until), key, 'Version of ' || since, starred,
      case kind when 'quota' then '[{"key": "storage", "name": "Storage", "value": 100, "unit": "GB"}]'::jsonb else '[]' end
    from catalogue, (values (720, 400), (400, null)) v (since, until)`)

  await run(`create temp table asked as
    select o, s, kind, role_id, service_id, pg_temp.organization(o) as organization_id, pg_temp.id(640, 'request ' || o || ' ' || s) as request_id,
      pg_temp.account((o - 1) * ${members} + 1) as requested_by,
      pg_temp.id(630, 'assignment ' || o || ' ' || s || kind) as first_id, pg_temp.id(300, 'later ' || o || ' ' || s || kind) as second_id
    from generate_series(1, ${organizations}) o join catalogue on s <= 16 and not starred`)
  await run(`
    insert into role_requests (id, organization_id, service_id, requested_by, requested_at, description)
    select request_id, organization_id, service_id, requested_by, pg_temp.ago(640), 'Mapping reefs.' from asked where kind = 'access'`)
  await run(`
    insert into role_request_parts (request_id, kind, organization_id, service_id, role_id, state, decided_by, decided_at)
    select request_id, kind, organization_id, service_id, role_id, 'accepted', pg_temp.account(0), pg_temp.ago(630) from asked`)
  await run(`
    insert into role_assignments (id, organization_id, service_id, kind, role_id, started_at, expires_at, ended_at, ended_reason, requested_by, granted_by, request_id)
    select first_id, organization_id, service_id, kind, role_id, pg_temp.ago(630), case when s in (13, 14) then pg_temp.ago(20) end,
      case when s <= 8 then pg_temp.ago(300) when s >= 15 then pg_temp.ago(100) end,
      case when s <= 8 then 'replaced' when s >= 15 then 'revoked' end, requested_by, pg_temp.account(0), request_id
    from asked`)
  await run(`
    insert into role_assignments (id, organization_id, service_id, kind, role_id, started_at, expires_at, granted_by, reason)
    select second_id, organization_id, service_id, kind, role_id, pg_temp.ago(300), case when s > 4 then pg_temp.ago(-365) end,
      pg_temp.account(0), 'Prolonged.'
    from asked where s <= 8`)

  await run(`
    insert into events (at, kind, actor_id, subject_id, organization_id, details)
    select pg_temp.ago(days), kind, actor, subject, organization, details from (
      select pg_temp.registered(n) as days, 'account_registered' as kind, pg_temp.account(n) as actor, pg_temp.account(n) as subject,
        null::uuid as organization, '{}'::jsonb as details from generate_series(0, ${accounts}) n
      union all select 680, 'organization_created', author_id, author_id, id, '{}' from organizations
      union all select 670, 'organization_accepted', pg_temp.account(0), null, id, '{}' from organizations
      union all select 650, 'invitation_accepted', account_id, account_id, organization_id, '{}' from left_before
      union all select 610, 'member_left', account_id, account_id, organization_id, '{}' from left_before
      union all select days, 'invitation_accepted', account_id, account_id, organization_id, '{}' from joined where m > 1
      union all select 640, 'role_requested', requested_by, null, organization_id,
        jsonb_build_object('requestId', request_id, 'serviceId', service_id) from asked where kind = 'access'
      union all select 630, 'role_accepted', pg_temp.account(0), requested_by, organization_id,
        jsonb_build_object('requestId', request_id, 'kind', kind, 'assignmentId', first_id) from asked
      union all select 300, 'role_granted', pg_temp.account(0), null, organization_id,
        jsonb_build_object('assignmentId', second_id, 'serviceId', service_id, 'kind', kind, 'roleId', role_id) from asked where s <= 8
      union all select 100, 'role_revoked', pg_temp.account(0), null, organization_id,
        jsonb_build_object('assignmentId', first_id, 'reason', 'Not used.') from asked where s >= 15
    ) history order by days desc`)
  await run(`set session_replication_role = origin`)
  await run(`vacuum (analyze)`)
}

/** The token of an account's seeded session. Account 0 is the operator. */
export const sessionOfAccount = (account: number): string =>
  createHash('md5').update(`session ${account}`).digest('hex')

/** Seeded IDs by number: accounts from 0, organizations from 1. */
export async function idsOf(client: Client, table: 'accounts' | 'organizations'): Promise<string[]> {
  const number = table === 'accounts' ? `substr(first_name, 7)::int` : `substr(name, 14)::int`
  const { rows } = await client.query(`select id, ${number} as number from ${table}`)
  const ids: string[] = []
  for (const { id, number } of rows) ids[number] = id
  return ids
}
