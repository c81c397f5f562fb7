import { startKeystone } from './keystone'
import { statement } from './postgres'
import { until } from './until'

export const password = 'a password for tests'
export const secret = 'a secret for tests'

interface Answer {
  status: number
  token: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what Keystone answers.
  body: any
}

/** A Keystone with a domain for this site, and two users that may write there: one on the whole system, one on the domain. */
export async function startCloud(server: string) {
  const name = `keystone_${process.pid}_${Date.now()}`
  await statement(`${server}postgres`, `create database ${name}`)
  const { url, admin } = await startKeystone({ databaseUrl: server + name })

  async function ask(
    token: string,
    method: string,
    path: string,
    body?: object,
    headers: object = {},
  ): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { 'x-auth-token': token } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    const answered = text ? JSON.parse(text) : undefined
    return { status: response.status, token: response.headers.get('x-subject-token') ?? '', body: answered }
  }
  const signIn = (methods: object, scope?: object) =>
    ask('', 'POST', '/auth/tokens', { auth: { identity: methods, ...(scope ? { scope } : {}) } })
  const withPassword = (user: object, scope?: object) => signIn({ methods: ['password'], password: { user } }, scope)
  const asAdmin = await withPassword(
    { name: admin.name, password: admin.password, domain: { name: 'Default' } },
    { system: { all: true } },
  )
  const call = (method: string, path: string, body?: object) => ask(asAdmin.token, method, path, body)
  const get = async (path: string) => (await call('GET', path)).body
  async function make(path: string, body: object): Promise<string> {
    const { status, body: made } = await call('POST', path, body)
    if (status !== 201) throw new Error(`Keystone answered ${status} to POST ${path}: ${JSON.stringify(made)}`)
    return Object.values(made as Record<string, { id: string }>)[0]!.id
  }
  const domain = await make('/domains', { domain: { name: 'site' } })
  const roleNamed = async (role: string): Promise<string> => (await get(`/roles?name=${role}`)).roles[0].id
  const userIn = (domainId: string, username: string, given = password) =>
    make('/users', { user: { name: username, password: given, domain_id: domainId } })
  const roles = {
    admin: await roleNamed('admin'),
    member: await roleNamed('member'),
    reader: await roleNamed('reader'),
  }
  await call('PUT', `/system/users/${await userIn('default', 'guildhall', secret)}/roles/${roles.admin}`)
  await call('PUT', `/domains/${domain}/users/${await userIn('default', 'domain-admin', secret)}/roles/${roles.admin}`)
  await call('PUT', `/system/users/${await userIn('default', 'looker', secret)}/roles/${roles.reader}`)

  const userNamed = async (username: string) => (await get(`/users?name=${username}&domain_id=${domain}`)).users[0]
  const groupsOf = async (id: string): Promise<string[]> =>
    (await get(`/users/${id}/groups`)).groups.map((group: { name: string }) => group.name)
  const credentialsOf = async (id: string): Promise<number> => {
    const lists = await Promise.all([
      get(`/users/${id}/application_credentials`),
      get(`/credentials?user_id=${id}`),
      get(`/OS-TRUST/trusts?trustor_user_id=${id}`),
      get(`/OS-TRUST/trusts?trustee_user_id=${id}`),
    ])
    return lists.flatMap((list) => Object.values(list).filter(Array.isArray)).flat().length
  }
  const projectOf = async (organization: string) =>
    (await get(`/projects?tags=guildhall-${organization}&domain_id=${domain}`)).projects[0]

  return {
    ...{ url, domain, roles, call, get, make, userIn, userNamed, groupsOf, credentialsOf, projectOf, withPassword },
    isAlive: async (token: string) => (await ask(token, 'GET', '/auth/projects')).status === 200,

    /** Everything by which a person can act: tokens, and what brings new ones. */
    async meansOf({ id }: { id: string }, organization: string, trustee: string) {
      const user = await userNamed(id)
      const project = await projectOf(organization)
      await call('PATCH', `/users/${user.id}`, { user: { password } })
      const scope = { project: { id: project.id } }
      // A token of the second in which the password was set is refused.
      const scoped = await until(async () => {
        const one = await withPassword({ id: user.id, password }, scope)
        return (await ask(one.token, 'GET', '/auth/projects')).status === 200 && one
      })
      const unscoped = await withPassword({ id: user.id, password }, 'unscoped' as never)
      const own = (method: string, path: string, body?: object) => ask(scoped.token, method, path, body)
      const application = (
        await own('POST', `/users/${user.id}/application_credentials`, { application_credential: { name: 'job' } })
      ).body.application_credential
      await own('POST', `/users/${user.id}/credentials/OS-EC2`, { tenant_id: project.id })
      const trust = (
        await own('POST', '/OS-TRUST/trusts', {
          trust: {
            ...{ trustor_user_id: user.id, trustee_user_id: trustee, project_id: project.id, impersonation: true },
            roles: [{ id: roles.member }],
          },
        })
      ).body.trust
      const applied = () =>
        signIn({
          methods: ['application_credential'],
          application_credential: { id: application.id, secret: application.secret },
        })
      const trusted = () => withPassword({ id: trustee, password }, { 'OS-TRUST:trust': { id: trust.id } })
      const tokens = [scoped.token, unscoped.token, (await applied()).token, (await trusted()).token]
      return {
        /** How many ways are left: tokens that work, and credentials that bring new ones. */
        async alive(): Promise<number> {
          const used = await Promise.all(
            tokens.map(
              async (token) =>
                (await ask(token, 'GET', '/auth/catalog')).status === 200 ||
                (await ask(token, 'GET', '/auth/projects')).status === 200,
            ),
          )
          const signed = await Promise.all([applied(), trusted()])
          return used.filter(Boolean).length + signed.filter(({ status }) => status === 201).length
        },
      }
    },
  }
}

export type RunningCloud = Awaited<ReturnType<typeof startCloud>>
