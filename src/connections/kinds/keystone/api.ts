import { z } from 'zod'
import { Refused } from '../connector'
import type { Rest, RestAnswer, RestCall } from '../rest'

// The Identity API v3 of OpenStack (https://docs.openstack.org/api-ref/identity/v3/), as far as it is used.

const userAnswer = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  email: z.string().nullish(),
  description: z.string().nullish(),
  /** Our mark: the account or organization that it was made for. It can be read, but not searched for. */
  guildhall: z.string().nullish(),
})
export type KeystoneUser = z.infer<typeof userAnswer>

const groupAnswer = z.object({
  id: z.string(),
  name: z.string(),
  domain_id: z.string(),
  guildhall: z.string().nullish(),
})
export type KeystoneGroup = z.infer<typeof groupAnswer>

const projectAnswer = z.object({ id: z.string(), enabled: z.boolean(), guildhall: z.string().nullish() })
export type KeystoneProject = z.infer<typeof projectAnswer>

const withId = z.object({ id: z.string() })
const registeredAnswer = z.object({ resource_name: z.string(), region_id: z.string().nullish() })
const limitAnswer = z.object({ id: z.string(), resource_name: z.string(), resource_limit: z.number() })
const refusal = z.object({ error: z.object({ message: z.string() }) })

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString()
const segment = encodeURIComponent

/** What is marked as made for an account or organization. */
export type Marked<Fields> = Fields & { guildhall: string }

export const keystoneApi = (rest: Rest) => {
  /**
   * A call that changes nothing when it is made twice is made once more where the connection was closed: some servers close
   * them without a word. A 404 about our own token says nothing about what was looked for.
   */
  async function call(request: RestCall): Promise<RestAnswer> {
    const answer = await rest(request).catch((error) => {
      const again = request.method !== 'POST' && error instanceof Refused && error.outcome.code === 'closed'
      return again ? rest(request) : Promise.reject(error)
    })
    if (answer.status === 404 && messageOf(answer).startsWith('Unable to validate token'))
      throw new Refused({ code: 'refused_by_service', broken: true, status: 404 })
    return answer
  }

  const listOf = async <Schema extends z.ZodType>(name: string, schema: Schema, path: string, right: string) => {
    const answer = await call({ method: 'GET', path, right })
    // A listing that was cut short is none.
    if (answer.read(z.looseObject({ truncated: z.boolean().optional() })).truncated === true)
      throw new Refused({ code: 'unexpected_answer' })
    return answer.read(z.looseObject({ [name]: z.array(schema) }))[name] as z.output<Schema>[]
  }
  const one = async <Schema extends z.ZodType>(name: string, schema: Schema, request: RestCall) => {
    const answer = await call(request)
    if (answer.status === 404 || answer.status === 409) return null
    return answer.read(z.looseObject({ [name]: schema }))[name] as z.output<Schema>
  }
  const remove = async (path: string, right: string) => {
    await call({ method: 'DELETE', path, right, expected: [404] })
  }
  const put = async (path: string, right: string) => {
    await call({ method: 'PUT', path, right })
  }

  return {
    domainsNamed: (name: string) => listOf('domains', withId, `/domains?${query({ name })}`, 'identity:list_domains'),
    rolesNamed: (name: string) => listOf('roles', withId, `/roles?${query({ name })}`, 'identity:list_roles'),

    findUser: (id: string) =>
      one('user', userAnswer, {
        ...{ method: 'GET', path: `/users/${segment(id)}`, right: 'identity:get_user', expected: [404] },
      }),
    usersNamed: (name: string, domain: string) =>
      listOf('users', userAnswer, `/users?${query({ name, domain_id: domain })}`, 'identity:list_users'),
    /** Null if there is one of that name. */
    createUser: (user: Marked<{ name: string; domain_id: string; email: string; description: string }>) =>
      one('user', userAnswer, {
        ...{ method: 'POST', path: '/users', body: { user }, right: 'identity:create_user', expected: [409] },
      }),
    async changeUser(id: string, user: Partial<Pick<KeystoneUser, 'enabled' | 'email' | 'description'>>) {
      await call({ method: 'PATCH', path: `/users/${segment(id)}`, body: { user }, right: 'identity:update_user' })
    },
    deleteUser: (id: string) => remove(`/users/${segment(id)}`, 'identity:delete_user'),

    groupsOf: (user: string) =>
      listOf('groups', groupAnswer, `/users/${segment(user)}/groups`, 'identity:list_groups_for_user'),
    groupsIn: (domain: string, more: { name?: string } = {}) =>
      listOf('groups', groupAnswer, `/groups?${query({ domain_id: domain, ...more })}`, 'identity:list_groups'),
    createGroup: (group: Marked<{ name: string; domain_id: string; description: string }>) =>
      one('group', groupAnswer, {
        ...{ method: 'POST', path: '/groups', body: { group }, right: 'identity:create_group', expected: [409] },
      }),
    membersOf: (group: string) =>
      listOf(
        'users',
        z.object({ id: z.string(), name: z.string() }),
        `/groups/${segment(group)}/users`,
        'identity:list_users_in_group',
      ),
    join: (group: string, user: string) =>
      put(`/groups/${segment(group)}/users/${segment(user)}`, 'identity:add_user_to_group'),
    leave: (group: string, user: string) =>
      remove(`/groups/${segment(group)}/users/${segment(user)}`, 'identity:remove_user_from_group'),

    projects: (parameters: { name?: string; tags?: string; domain_id: string }) =>
      listOf('projects', projectAnswer, `/projects?${query(parameters)}`, 'identity:list_projects'),
    createProject: (project: Marked<{ name: string; domain_id: string; description: string; tags: string[] }>) =>
      one('project', projectAnswer, {
        ...{ method: 'POST', path: '/projects', body: { project }, right: 'identity:create_project', expected: [409] },
      }),
    async switchProject(id: string, enabled: boolean) {
      const body = { project: { enabled } }
      await call({ method: 'PATCH', path: `/projects/${segment(id)}`, body, right: 'identity:update_project' })
    },

    async rolesOn(project: string, group: string): Promise<string[]> {
      const path = `/projects/${segment(project)}/groups/${segment(group)}/roles`
      return (await listOf('roles', withId, path, 'identity:list_grants')).map(({ id }) => id)
    },
    grant: (project: string, group: string, role: string) =>
      put(`/projects/${segment(project)}/groups/${segment(group)}/roles/${segment(role)}`, 'identity:create_grant'),
    revoke: (project: string, group: string, role: string) =>
      remove(`/projects/${segment(project)}/groups/${segment(group)}/roles/${segment(role)}`, 'identity:revoke_grant'),

    /** Paths of everything that signs in for a person without their password. Their secrets, which are in the answers, are not read. */
    async credentialsOf(user: string): Promise<string[]> {
      const own = `/users/${segment(user)}/application_credentials`
      const trusts = (side: string) =>
        listOf('trusts', withId, `/OS-TRUST/trusts?${query({ [side]: user })}`, 'identity:list_trusts')
      const [applications, others, given, received] = await Promise.all([
        listOf('application_credentials', withId, own, 'identity:list_application_credentials'),
        listOf('credentials', withId, `/credentials?${query({ user_id: user })}`, 'identity:list_credentials'),
        trusts('trustor_user_id'),
        trusts('trustee_user_id'),
      ])
      return [
        ...applications.map(({ id }) => `${own}/${segment(id)}`),
        ...others.map(({ id }) => `/credentials/${segment(id)}`),
        ...[...given, ...received].map(({ id }) => `/OS-TRUST/trusts/${segment(id)}`),
      ]
    },
    deleteCredential: (path: string) => remove(path, 'identity:delete_credential'),

    servicesOf: (type: string) => listOf('services', withId, `/services?${query({ type })}`, 'identity:list_services'),
    registeredLimits: (service: string) =>
      listOf(
        'registered_limits',
        registeredAnswer,
        `/registered_limits?${query({ service_id: service })}`,
        'identity:list_registered_limits',
      ),
    limitsOf: (service: string, project: string) =>
      listOf(
        'limits',
        limitAnswer,
        `/limits?${query({ service_id: service, project_id: project })}`,
        'identity:list_limits',
      ),
    async createLimit(limit: Record<string, string | number>) {
      // 409 if another attempt made it.
      const body = { limits: [limit] }
      await call({ method: 'POST', path: '/limits', body, right: 'identity:create_limits', expected: [409] })
    },
    async changeLimit(id: string, resourceLimit: number) {
      const body = { limit: { resource_limit: resourceLimit } }
      await call({ method: 'PATCH', path: `/limits/${segment(id)}`, body, right: 'identity:update_limit' })
    },

    /** Whether we may write people and groups: nothing is there to be written to. */
    async tryRights(): Promise<void> {
      const nothing = `/groups/${'0'.repeat(32)}/users/${'0'.repeat(32)}`
      await call({ method: 'PUT', path: nothing, right: 'identity:add_user_to_group', expected: [404] })
      const body = { user: { name: '' } }
      await call({ method: 'POST', path: '/users', body, right: 'identity:create_user', expected: [400] })
    },
  }
}

export type KeystoneApi = ReturnType<typeof keystoneApi>

function messageOf(answer: RestAnswer): string {
  try {
    return answer.read(refusal).error.message
  } catch {
    return ''
  }
}
