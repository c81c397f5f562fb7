import type { Environment } from '../environment'
import type { Work } from '../loop'
import type { Client } from '../seed'
import { type Kind, md5, mustHave, type NextWork, type Size, type Subject, upTo } from './subject'

export const bareServer = 'bench/operations/bare-server.ts'

/** The baseline's tables: only the columns and indexes that the operations need. */
const schema = `
  create table users (id uuid primary key, first_name text not null, last_name text not null, email text not null unique);
  create table sessions (token text primary key, user_id uuid not null references users, expires_at timestamptz not null);
  create table organizations (id uuid primary key, name text not null);
  create table members (id uuid primary key, organization_id uuid not null references organizations, user_id uuid not null unique references users,
    role text not null, created_at timestamptz not null default now());
  create index on members (organization_id, created_at desc, id desc);
  create table invitations (id uuid primary key, organization_id uuid not null references organizations, inviter_id uuid not null references users,
    code text not null unique, uses_left int not null default 1 check (uses_left >= 0), created_at timestamptz not null default now(), expires_at timestamptz not null);
  create index on invitations (organization_id, created_at desc, id desc);
  create table services (id int primary key, name text not null);
  create table roles (id int primary key, service_id int not null references services, kind text not null, name text not null);
  create table organization_roles (organization_id uuid not null references organizations, role_id int not null references roles, primary key (organization_id, role_id));
  create table service_keys (token text primary key, service_id int not null references services, expires_at timestamptz not null);`

const rows = ({ organizations, members, large, invitations, services, newcomers }: Size, insiders: number) => `
  create function pg_temp.id(what text, n bigint) returns uuid language sql immutable as $$ select md5(what || n)::uuid $$;
  insert into users select pg_temp.id('user', n), 'Person' || n, 'Cruz', 'person' || n || '@example.org' from generate_series(1, ${insiders + large + newcomers}) n;
  insert into sessions select md5('session ' || n), pg_temp.id('user', n), now() + interval '1 day' from generate_series(1, ${insiders + large + newcomers}) n;
  insert into organizations select pg_temp.id('organization', o), 'Organization ' || o from generate_series(1, ${organizations}) o;
  insert into members select pg_temp.id('member', n), pg_temp.id('organization', case when n > ${insiders} then 1 else (n - 1) / ${members} + 1 end), pg_temp.id('user', n),
    case when n <= ${insiders} and (n - 1) % ${members} < 2 then 'admin' else 'member' end, now() - interval '600 days' + n * interval '1 minute'
  from generate_series(1, ${insiders + large}) n;
  insert into invitations select pg_temp.id('old', n), pg_temp.id('organization', 1), pg_temp.id('user', 1), 'old ' || n, 1, now() - interval '1 day' + n * interval '1 second', now() + interval '6 days'
  from generate_series(1, ${invitations}) n;
  insert into invitations select pg_temp.id('new', n), pg_temp.id('organization', n % ${organizations - 1} + 2), pg_temp.id('user', (n % ${organizations - 1} + 1) * ${members} + 1), 'new ' || n, 1, now(), now() + interval '7 days'
  from generate_series(1, ${newcomers}) n;
  insert into services select s, 'Service ' || s from generate_series(1, ${services}) s;
  insert into roles select s * 10 + k, s, kind, name from generate_series(1, ${services}) s, (values (1, 'access', 'editor'), (2, 'quota', 'large')) r (k, kind, name);
  insert into organization_roles select pg_temp.id('organization', o), r.id from generate_series(1, ${organizations}) o, roles r;
  insert into service_keys select md5('key ' || s), s, now() + interval '1 day' from generate_series(1, ${services}) s;`

/** `last` is the cursor of the last page. */
async function seedTables(client: Client, size: Size): Promise<{ last: { at: string; id: string } }> {
  await client.query(schema)
  await client.query(rows(size, size.organizations * size.members))
  await client.query('vacuum analyze')
  const { rows: last } = await client.query(
    `select created_at::text as at, id from members where organization_id = (select organization_id from members where id = md5('member1')::uuid) order by created_at, id offset 50 limit 1`,
  )
  return { last: last[0] }
}

type Seeded = Awaited<ReturnType<typeof seedTables>>

/** `accept` is the path that performs W4. */
function workOf({ organizations, members, large, services }: Size, { last }: Seeded, accept = '/accept'): NextWork {
  const insiders = organizations * members
  const session = (n: number) => ({ cookie: `session=${md5(`session ${n}`)}` })
  let next = 0
  const get = (path: string, n: number, check: (answer: string) => void) =>
    ({ method: 'GET', path, headers: session(n), status: 200, check }) as const
  const post = (path: string, n: number, body: object, check: (answer: string) => void) =>
    ({
      method: 'POST',
      path,
      headers: { ...session(n), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      status: 200,
      check,
    }) as const
  const fifty = (answer: string) => mustHave(answer, '"last_name"', 50)
  return (operation) => {
    if (operation === 'W1') return get('/me', upTo(insiders), (answer) => mustHave(answer, '"kind"', services * 2))
    if (operation === 'W2 first') return get('/members', insiders + upTo(large), fifty)
    if (operation === 'W2 last')
      return get(`/members?${encodeURIComponent(`${last.at},${last.id}`)}`, insiders + upTo(large), fifty)
    if (operation === 'W3')
      return post('/invite', upTo(organizations - 1) * members + 1, {}, (answer) => mustHave(answer, '"code"', 1))
    if (operation === 'W4') {
      next++
      return post(accept, insiders + large + next, { code: `new ${next}` }, (answer) =>
        mustHave(answer, '"organization_id"', 1),
      )
    }
    return get('/invitations', 1, fifty)
  }
}

/** A service's question about a member. */
export const questionToBare = (service: number, member: number): Work => ({
  path: `/service/accounts/${md5(`user${member}`).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`,
  headers: { authorization: md5(`key ${service}`) },
  check: (answer) => mustHave(answer, '"kind"', 2),
})

export const bare: Kind<Seeded> = {
  seed: seedTables,
  work: async (_url, size, seeded) => workOf(size, seeded),
  async count(client) {
    const { rows } = await client.query(
      'select (select count(*)::int from invitations) as invitations, (select count(*)::int from members) as memberships',
    )
    return rows[0]
  },
}

export async function openBare(environment: Environment, size: Size, name = 'bare', accept?: string): Promise<Subject> {
  const { client, url } = await environment.database(name)
  const seeded = await seedTables(client, size)
  const server = await environment.start(bareServer, [], { DATABASE_URL: url })
  return { name, ...server, client, work: workOf(size, seeded, accept), count: () => bare.count(client) }
}

/** The same server, accepting in one statement instead of a transaction of five. */
export const openBareAtOnce = (environment: Environment, size: Size): Promise<Subject> =>
  openBare(environment, size, 'bare_at_once', '/accept-at-once')
