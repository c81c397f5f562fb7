import { v7 as uuid } from 'uuid'
import { acceptInvitation, createInvitation, listInvitations } from '../../src/membership/invitations/schema'
import { listMemberships } from '../../src/membership/memberships/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { formatCode } from '../../src/platform/invitation-codes/code'
import { hashCode, newCode, sealCode } from '../../src/platform/invitation-codes/secrecy'
import { deriveKeys } from '../../src/platform/keys'
import { getMyAccess } from '../../src/roles/entitlements/schema'
import { callBy } from '../call'
import { type Environment, type SeededServer, secret } from '../environment'
import { type Client, idsOf, seed } from '../seed'
import { type Kind, mustHave, type NextWork, type Size, type Subject, upTo } from './subject'

const keys = deriveKeys(secret)

interface OwnSize extends Size {
  /** Which organizations W1, W3 and W4 use; the small ones by default. */
  busy?: 'small' | 'large'
}

/** Additional members of the first organization, and people without an organization, each with a session. */
const people = ({ large, newcomers }: Size, insiders: number) => `
  create temp table more as select n, gen_random_uuid() as account, gen_random_uuid() as membership, n <= ${insiders + large} as inside,
    now() - interval '9 days' + (n - ${insiders}) * interval '1 second' as at
  from generate_series(${insiders + 1}, ${insiders + large + newcomers}) n;
  set session_replication_role = replica;
  insert into accounts (id, email, first_name, last_name, country, created_at)
    select account, 'person' || n || '@example.org', 'Person' || n, 'Cruz', 'PH', at from more;
  insert into sessions (id, account_id, token, expires_at)
    select gen_random_uuid(), account, translate(rtrim(encode(sha256(md5('session ' || n)::bytea), 'base64'), '='), '+/', '-_'), now() + interval '1 day' from more;
  insert into memberships (id, organization_id, account_id, started_at)
    select membership, (select id from organizations where name = 'Organization 1'), account, at from more where inside;
  update organizations set member_count = member_count + ${large} where name = 'Organization 1';
  insert into events (at, kind, actor_id, subject_id, organization_id, details)
    select at, kind, account, account, case when kind = 'invitation_accepted' then (select id from organizations where name = 'Organization 1') end, '{}'
    from more, (values ('account_registered'), ('invitation_accepted')) k (kind) where inside or kind = 'account_registered';
  set session_replication_role = origin;`

/** Invitations with valid codes, and their events. */
const inviting = `
  with made as (
    insert into invitations (id, organization_id, created_by, inviter_membership_id, created_at, expires_at, code_hash, code_sealed)
    select i.id, m.organization_id, m.account_id, m.id, now() - interval '1 day' + i.position * interval '1 millisecond', now() + interval '6 days', i.hash, i.sealed
    from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) with ordinality i (id, organization, hash, sealed, position)
    join lateral (select * from memberships m where m.organization_id = i.organization and m.admin and m.ended_at is null limit 1) m on true
    returning id, organization_id, created_by, created_at
  )
  insert into events (at, kind, actor_id, organization_id, invitation_id, details)
  select created_at, 'invitation_created', created_by, organization_id, id, '{}' from made`

function invitationsOf(organization: (n: number) => string, count: number) {
  const rows = Array.from({ length: count }, (_, n) => {
    const [id, code] = [uuid(), newCode()]
    return { id, code, organization: organization(n), hash: hashCode(code, keys), sealed: sealCode(code, id, keys) }
  })
  return {
    codes: rows.map(({ code }) => formatCode(code)),
    values: [
      rows.map(({ id }) => id),
      rows.map(({ organization }) => organization),
      rows.map(({ hash }) => hash),
      rows.map(({ sealed }) => sealed),
    ],
  }
}

/** Seeds a site of this size; `codes` are the newcomers' invitation codes. */
async function seedSite(client: Client, size: OwnSize) {
  const { organizations, members, invitations, newcomers, busy } = size
  await seed(client, size)
  await client.query(people(size, organizations * members))
  const ids = await idsOf(client, 'organizations')
  const first = ids[1]!
  await client.query(inviting, invitationsOf(() => first, invitations).values)
  const { codes, values } = invitationsOf(
    (n) => (busy === 'large' ? first : ids[2 + (n % (organizations - 1))]!),
    newcomers,
  )
  await client.query(inviting, values)
  await client.query('vacuum analyze')
  return { ids, first, codes }
}

type Seeded = Awaited<ReturnType<typeof seedSite>>

async function workAt(url: string, size: OwnSize, { ids, first, codes }: Seeded) {
  const { organizations, members, large, services, busy } = size
  const insiders = organizations * members
  const fifty = (what: string) => (answer: string) => mustHave(answer, what, 50)
  const list = { organizationId: first, limit: 50 }
  const cursor = await lastPage(url, list)
  let next = 0
  const inLarge = () => insiders + upTo(large)
  const work: NextWork = (operation) => {
    if (operation === 'W1') {
      const account = busy === 'large' ? inLarge() : upTo(insiders)
      return { ...callBy(account, getMyAccess, {}), check: (answer) => mustHave(answer, '"usable"', services) }
    }
    if (operation === 'W2 first') return { ...callBy(inLarge(), listMemberships, list), check: fifty('"since"') }
    if (operation === 'W2 last')
      return { ...callBy(inLarge(), listMemberships, { ...list, cursor }), check: fifty('"since"') }
    if (operation === 'W3') {
      const organization = busy === 'large' ? 1 : 1 + upTo(organizations - 1)
      const call = callBy((organization - 1) * members + 1, createInvitation, { organizationId: ids[organization]! })
      return { ...call, check: (answer) => mustHave(answer, '"code"', 1) }
    }
    if (operation === 'W4') {
      const code = codes[next++]!
      const call = callBy(insiders + large + next, acceptInvitation, { code })
      return { ...call, check: (answer) => mustHave(answer, '"joined"', 1) }
    }
    return { ...callBy(1, listInvitations, list), check: fifty('"usesSpent"') }
  }
  return work
}

export const guildhall: Kind<Seeded> = {
  seed: seedSite,
  work: workAt,
  async count(client) {
    const { rows } = await client.query(
      'select (select count(*)::int from invitations) as invitations, (select count(*)::int from memberships where ended_at is null) as memberships',
    )
    return rows[0]
  },
}

export async function openGuildhall(
  environment: Environment,
  size: OwnSize,
  name = 'guildhall',
): Promise<Subject & SeededServer> {
  const server = await environment.open(name, (client) => seedSite(client, size))
  const work = await workAt(server.url, size, server.seeded)
  return { name, ...server, work, count: () => guildhall.count(server.client) }
}

/** The cursor of the last full page, found by walking all pages. */
async function lastPage(url: string, list: { organizationId: string; limit: number }): Promise<string | undefined> {
  let [cursor, before]: (string | undefined)[] = []
  for (;;) {
    const { path, headers } = callBy(1, listMemberships, { ...list, cursor })
    const { items, next } = (await (await fetch(url + path, { headers })).json()) as AnswerOf<typeof listMemberships>
    if (items.length === list.limit) before = cursor
    if (!next) return before
    cursor = next
  }
}
