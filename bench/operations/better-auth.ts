import { createHmac } from 'node:crypto'
import { baseUrl, type Environment, secret } from '../environment'
import { md5, mustHave, type Size, type Subject, upTo } from './subject'

const rows = ({ organizations, members, large, invitations, newcomers }: Size, insiders: number) => `
  insert into "user" (id, name, email, "emailVerified") select 'user' || n, 'Person' || n || ' Cruz', 'person' || n || '@example.org', true
    from generate_series(1, ${insiders + large + newcomers}) n;
  insert into session (id, "userId", token, "expiresAt", "updatedAt", "activeOrganizationId")
    select 'session' || n, 'user' || n, md5('session ' || n), now() + interval '7 days', now(),
      case when n <= ${insiders + large} then 'organization' || case when n > ${insiders} then 1 else (n - 1) / ${members} + 1 end end
    from generate_series(1, ${insiders + large + newcomers}) n;
  insert into organization (id, name, slug, "createdAt") select 'organization' || o, 'Organization ' || o, 'o' || o, now() from generate_series(1, ${organizations}) o;
  insert into member (id, "organizationId", "userId", role, "createdAt")
    select 'member' || n, 'organization' || case when n > ${insiders} then 1 else (n - 1) / ${members} + 1 end, 'user' || n,
      case when n <= ${insiders} and (n - 1) % ${members} < 2 then 'admin' else 'member' end, now() - interval '600 days' + n * interval '1 minute'
    from generate_series(1, ${insiders + large}) n;
  insert into invitation (id, "organizationId", email, role, status, "expiresAt", "createdAt", "inviterId")
    select 'old' || n, 'organization1', 'old' || n || '@example.org', 'member', 'pending', now() + interval '6 days', now(), 'user1' from generate_series(1, ${invitations}) n;
  insert into invitation (id, "organizationId", email, role, status, "expiresAt", "createdAt", "inviterId")
    select 'new' || n, 'organization' || n % ${organizations - 1} + 2, 'person' || n + ${insiders + large} || '@example.org', 'member', 'pending', now() + interval '7 days', now(),
      'user' || (n % ${organizations - 1} + 1) * ${members} + 1
    from generate_series(1, ${newcomers}) n;`

export async function openBetterAuth(environment: Environment, size: Size): Promise<Subject> {
  const { organizations, members, large } = size
  const insiders = organizations * members
  const { client, url: databaseUrl } = await environment.database('better_auth')
  const server = await environment.start('bench/operations/better-auth-server.ts', [], { DATABASE_URL: databaseUrl })
  await client.query(rows(size, insiders))
  await client.query('vacuum analyze')
  const cookie = (n: number) => {
    const token = md5(`session ${n}`)
    const signature = createHmac('sha256', secret).update(token).digest('base64')
    return { cookie: `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}` }
  }
  const get = (path: string, n: number, check: (answer: string) => void) =>
    ({ method: 'GET', path: `/api/auth/organization/${path}`, headers: cookie(n), status: 200, check }) as const
  const post = (path: string, n: number, body: object, check: (answer: string) => void) =>
    ({
      method: 'POST',
      path: `/api/auth/organization/${path}`,
      headers: { ...cookie(n), origin: baseUrl, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      status: 200,
      check,
    }) as const
  let [next, asked] = [0, 0]
  return {
    name: 'better auth',
    ...server,
    client,
    work(operation) {
      // It has no service roles, so this reads only the organization and the role.
      if (operation === 'W1') return get('get-active-member', upTo(insiders), (answer) => mustHave(answer, '"role"', 1))
      const page = (offset: number) =>
        get(
          `list-members?limit=50&offset=${offset}&sortBy=createdAt&sortDirection=desc`,
          insiders + upTo(large),
          (answer) => mustHave(answer, '"userId"', 50),
        )
      if (operation === 'W2 first') return page(0)
      if (operation === 'W2 last') return page(large + members - 50)
      if (operation === 'W3') {
        const email = `asked${++asked}@example.org`
        const organization = 1 + upTo(organizations - 1)
        const body = { email, role: 'member', organizationId: `organization${organization}` }
        return post('invite-member', (organization - 1) * members + 1, body, (answer) =>
          mustHave(answer, '"pending"', 1),
        )
      }
      if (operation === 'W4') {
        next++
        return post('accept-invitation', insiders + large + next, { invitationId: `new${next}` }, (answer) =>
          mustHave(answer, '"accepted"', 1),
        )
      }
      // It returns the first 100 of 5,000; the page size cannot be reduced.
      return get('list-invitations?organizationId=organization1', 1, (answer) => mustHave(answer, '"inviterId"', 100))
    },
    async count() {
      const { rows } = await client.query(
        'select (select count(*)::int from invitation) as invitations, (select count(*)::int from member) as memberships',
      )
      return rows[0]
    },
  }
}
