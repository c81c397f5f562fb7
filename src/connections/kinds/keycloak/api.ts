import { z } from 'zod'
import type { Rest } from '../rest'

// The Admin API of Keycloak 26 (https://www.keycloak.org/docs-api/latest/rest-api/), as far as it is used. The service account
// needs `manage-users` and nothing else.

const right = 'manage-users'

/** Everything of it is kept, because a change has to repeat it: what is left out of a change can be erased there. */
const userAnswer = z.looseObject({
  id: z.string(),
  username: z.string(),
  enabled: z.boolean(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  emailVerified: z.boolean().optional(),
  access: z.record(z.string(), z.boolean()).optional(),
})
export type KeycloakUser = z.infer<typeof userAnswer>

const groupAnswer = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  parentId: z.string().nullish(),
  access: z.record(z.string(), z.boolean()).optional(),
})
export type KeycloakGroup = z.infer<typeof groupAnswer>

const linkAnswer = z.object({ identityProvider: z.string(), userId: z.string() })
const consentAnswer = z.object({ clientId: z.string(), additionalGrants: z.array(z.unknown()).optional() })

/** What is sent of a person. */
export interface NewUser {
  username: string
  enabled: boolean
  firstName: string
  lastName: string
  email: string
  emailVerified: boolean
  federatedIdentities?: Link[]
}

export interface Link {
  identityProvider: string
  userId: string
  userName: string
}

const segment = encodeURIComponent
const query = (parameters: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)])).toString()

/** Keycloak answers with its own number of entries unless more are asked for. */
const all = -1

export const keycloakApi = (call: Rest, ownId: string) => {
  const get = async <Schema extends z.ZodType>(path: string, schema: Schema) =>
    (await call({ method: 'GET', path, right })).read(schema)

  /** Null if there is none. */
  async function getOrNull<Schema extends z.ZodType>(path: string, schema: Schema) {
    const answer = await call({ method: 'GET', path, right, expected: [404] })
    return answer.status === 404 ? null : answer.read(schema)
  }

  /**
   * Whoever may search and not see gets an empty list for everything, with 200: an empty list counts only from one who sees
   * itself, by its id.
   */
  async function search(parameters: Record<string, string>): Promise<KeycloakUser[]> {
    const found = await get(`/users?${query({ ...parameters, briefRepresentation: 'false' })}`, z.array(userAnswer))
    if (found.length === 0) await api.findItself()
    return found
  }

  const api = {
    findItself: () => get(`/users/${segment(ownId)}`, userAnswer),
    findUser: (id: string) => getOrNull(`/users/${segment(id)}`, userAnswer),

    async findByName(username: string): Promise<KeycloakUser | null> {
      const found = await search({ username, exact: 'true' })
      return found.find((one) => one.username === username.toLowerCase()) ?? null
    },

    /** All users that this account of the identity provider signs in as. There can be several. */
    findLinked: (provider: string, account: string) => search({ idpAlias: provider, idpUserId: account }),

    /** The id; null if its name or address is taken. */
    async createUser(user: NewUser): Promise<string | 'taken' | 'refused'> {
      const answer = await call({ method: 'POST', path: '/users', body: user, right, expected: [400, 409] })
      if (answer.status === 400) return 'refused'
      return answer.status === 409 ? 'taken' : String(answer.headers.location).split('/').at(-1)!
    },

    async changeUser(user: KeycloakUser, change: Partial<NewUser>): Promise<'changed' | 'taken' | 'refused'> {
      const body = { ...user, ...change }
      const path = `/users/${segment(user.id)}`
      const { status } = await call({ method: 'PUT', path, body, right, expected: [400, 409] })
      if (status === 400) return 'refused'
      return status === 409 ? 'taken' : 'changed'
    },

    /** Alone, it keeps everything else, and nothing else of the user can make it fail. */
    async setEnabled(id: string, enabled: boolean): Promise<void> {
      await call({ method: 'PUT', path: `/users/${segment(id)}`, body: { enabled }, right, expected: [404] })
    },

    links: (id: string) => get(`/users/${segment(id)}/federated-identity`, z.array(linkAnswer)),

    async link(id: string, link: Link): Promise<void> {
      const path = `/users/${segment(id)}/federated-identity/${segment(link.identityProvider)}`
      await call({ method: 'POST', path, body: link, right, expected: [409] })
    },

    async unlink(id: string, provider: string): Promise<void> {
      const path = `/users/${segment(id)}/federated-identity/${segment(provider)}`
      await call({ method: 'DELETE', path, right, expected: [404] })
    },

    groupsOf: (id: string) => get(`/users/${segment(id)}/groups?${query({ max: all })}`, z.array(groupAnswer)),

    async join(id: string, group: string): Promise<void> {
      await call({ method: 'PUT', path: `/users/${segment(id)}/groups/${segment(group)}`, right })
    },

    async leave(id: string, group: string): Promise<void> {
      const path = `/users/${segment(id)}/groups/${segment(group)}`
      await call({ method: 'DELETE', path, right, expected: [404] })
    },

    /** The group of this name directly in another one, or at the top. */
    async findGroup(parent: string | null, name: string): Promise<KeycloakGroup | null> {
      const parameters = query({ search: name, exact: 'true', max: 1000 })
      const path = parent === null ? `/groups?${parameters}` : `/groups/${segment(parent)}/children?${parameters}`
      const found = await get(path, z.array(groupAnswer))
      return found.find((one) => one.name === name && (one.parentId ?? null) === parent) ?? null
    },

    async createGroup(parent: string | null, name: string): Promise<void> {
      const path = parent === null ? '/groups' : `/groups/${segment(parent)}/children`
      // 409 if another attempt made it.
      await call({ method: 'POST', path, body: { name }, right, expected: [409] })
    },

    findGroupById: (id: string) => get(`/groups/${segment(id)}`, groupAnswer),

    children: (group: string, first: number, max: number) =>
      get(`/groups/${segment(group)}/children?${query({ first, max })}`, z.array(groupAnswer)),

    membersOf: (group: string, first: number, max: number) =>
      get(
        `/groups/${segment(group)}/members?${query({ first, max, briefRepresentation: 'true' })}`,
        z.array(z.object({ id: z.string(), username: z.string() })),
      ),

    async sessionsOf(id: string): Promise<string[]> {
      const sessions = await get(`/users/${segment(id)}/sessions`, z.array(z.object({ id: z.string() })))
      return sessions.map((one) => one.id)
    },

    async logOut(id: string): Promise<void> {
      await call({ method: 'POST', path: `/users/${segment(id)}/logout`, right })
    },

    /** The clients for which the person has offline tokens, also where no consent was asked for. */
    async offlineClientsOf(id: string): Promise<string[]> {
      const consents = await get(`/users/${segment(id)}/consents`, z.array(consentAnswer))
      return consents.flatMap(({ clientId, additionalGrants = [] }) => (additionalGrants.length > 0 ? clientId : []))
    },

    async endOffline(id: string, client: string): Promise<void> {
      const path = `/users/${segment(id)}/consents/${segment(client)}`
      await call({ method: 'DELETE', path, right, expected: [404] })
    },
  }
  return api
}

export type KeycloakApi = ReturnType<typeof keycloakApi>
