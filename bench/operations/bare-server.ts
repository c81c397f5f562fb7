// The baseline: the minimal cost of the same operations. No validation, no events, no authorization except in the SQL;
// one named statement each. bench/operations/bare.ts creates its database, on PostgreSQL or embedded.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'
import { defaultConnections } from '../../src/platform/config'
import type { Connection, Pool } from '../../src/platform/db/database'
import { openEmbedded } from '../../src/platform/db/embedded/embedded'
import { planning } from '../../src/platform/db/planner-settings'

// Uses the product's connection and planner settings: a baseline that sorts 10,000 rows per page would be meaningless.
const options = planning.map((setting) => `-c ${setting}`).join(' ')
const { DATABASE_URL: connectionString, DATA_DIR: directory } = process.env
const pool = connectionString
  ? (new pg.Pool({ connectionString, max: defaultConnections, options }) as unknown as Pool)
  : (await openEmbedded(directory!)).pool

const actor = `select s.user_id, m.organization_id, m.role from sessions s left join members m on m.user_id = s.user_id
  where s.token = $1 and s.expires_at > now()`
const page = (order: 'asc' | 'desc', mark: '<' | '>', cursor: boolean) => `
  with actor as (${actor})
  select m.id, m.role, m.created_at, u.first_name, u.last_name, u.email from (
    select * from members where organization_id = (select organization_id from actor) ${cursor ? `and (created_at, id) ${mark} ($2, $3)` : ''}
    order by created_at ${order}, id ${order} limit 50
  ) m join users u on u.id = m.user_id order by m.created_at ${order}, m.id ${order}`

const statements = {
  mine: `with actor as (${actor})
    select o.id, o.name, actor.role, (
      select json_agg(json_build_object('service', s.name, 'kind', r.kind, 'role', r.name))
      from organization_roles h join roles r on r.id = h.role_id join services s on s.id = r.service_id where h.organization_id = o.id
    ) as roles
    from actor join organizations o on o.id = actor.organization_id`,
  members: page('desc', '<', false),
  membersAfter: page('desc', '<', true),
  invite: `with actor as (${actor})
    insert into invitations (id, organization_id, inviter_id, code, expires_at)
    select $2, organization_id, user_id, $3, now() + interval '7 days' from actor where role = 'admin'
    returning id, code, expires_at`,
  invitations: `with actor as (${actor})
    select i.id, i.created_at, i.expires_at, i.uses_left, u.first_name, u.last_name
    from invitations i join users u on u.id = i.inviter_id
    where i.organization_id = (select organization_id from actor where role = 'admin') order by i.created_at desc, i.id desc limit 50`,
  holding: `with caller as (select service_id from service_keys where token = $1 and expires_at > now())
    select u.id, o.id as organization_id, o.name, (
      select json_agg(json_build_object('kind', r.kind, 'role', r.name))
      from organization_roles h join roles r on r.id = h.role_id where h.organization_id = o.id and r.service_id = caller.service_id
    ) as roles
    from caller, users u left join members m on m.user_id = u.id left join organizations o on o.id = m.organization_id where u.id = $2`,
  begin: 'begin',
  user: `select user_id from sessions where token = $1 and expires_at > now()`,
  claim: `update invitations set uses_left = uses_left - 1 where code = $1 and uses_left > 0 and expires_at > now() returning organization_id`,
  join: `insert into members (id, organization_id, user_id, role) values ($1, $2, $3, 'member') returning id, organization_id`,
  commit: 'commit',
  acceptAtOnce: `with claimed as (
      update invitations set uses_left = uses_left - 1 where code = $2 and uses_left > 0 and expires_at > now() returning organization_id)
    insert into members (id, organization_id, user_id, role)
    select $3, organization_id, user_id, 'member' from claimed, sessions s where s.token = $1 and s.expires_at > now()
    returning id, organization_id`,
}

const aboutAccount = '/service/accounts/'

type Statement = keyof typeof statements
const askOn = async (connection: Connection, name: Statement, values: unknown[] = []) =>
  (await connection.query({ name, text: statements[name], values })).rows as Record<string, string>[]

async function ask(name: Statement, values: unknown[]): Promise<Record<string, string>[]> {
  const connection = await pool.connect()
  try {
    return await askOn(connection, name, values)
  } finally {
    connection.release()
  }
}

async function accept(token: string, code: string): Promise<unknown> {
  const client = await pool.connect()
  try {
    await askOn(client, 'begin')
    const [user] = await askOn(client, 'user', [token])
    const [claimed] = await askOn(client, 'claim', [code])
    const [member] = await askOn(client, 'join', [randomUUID(), claimed!.organization_id, user!.user_id])
    await askOn(client, 'commit')
    return member
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function answer(request: IncomingMessage, body: string): Promise<unknown> {
  if (request.url === '/api/health') return {}
  const [path, query] = request.url!.split('?')
  if (path!.startsWith(aboutAccount))
    return (await ask('holding', [request.headers.authorization!, path!.slice(aboutAccount.length)]))[0]
  const token = request.headers.cookie!.slice('session='.length)
  if (path === '/me') return (await ask('mine', [token]))[0]
  if (path === '/members') {
    const [at, id] = query ? decodeURIComponent(query).split(',') : []
    return ask(at ? 'membersAfter' : 'members', at ? [token, at, id] : [token])
  }
  if (path === '/invite') return (await ask('invite', [token, randomUUID(), randomBytes(16).toString('hex')]))[0]
  if (path === '/invitations') return ask('invitations', [token])
  const { code } = JSON.parse(body)
  return path === '/accept-at-once' ? (await ask('acceptAtOnce', [token, code, randomUUID()]))[0] : accept(token, code)
}

createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    answer(request, body).then(
      (value) => {
        const text = JSON.stringify(value)
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
          .end(text)
      },
      (error) => response.writeHead(500).end(String(error)),
    )
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
