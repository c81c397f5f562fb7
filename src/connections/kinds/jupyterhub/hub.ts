import { z } from 'zod'
import type { Rest } from '../rest'

// The REST API of JupyterHub 3 and later (https://jupyterhub.readthedocs.io/en/stable/reference/rest-api.html), as far as it is used.

/** What is read of a user. There is more in the answer, also tokens of the person, which is not kept. */
const userAnswer = z.object({
  name: z.string(),
  groups: z.array(z.string()),
  servers: z.record(z.string(), z.object({ name: z.string() })),
})

const tokensAnswer = z.object({ api_tokens: z.array(z.object({ id: z.string() })) })

const pageAnswer = z.object({
  items: z.array(z.object({ name: z.string() })),
  _pagination: z.object({ next: z.object({ offset: z.int() }).nullable() }),
})

export interface HubUser {
  groups: string[]
  /** Names of servers that run or start; the usual one has an empty name. */
  servers: string[]
}

const segment = encodeURIComponent

export const jupyterHubApi = (call: Rest) => ({
  /** Null if there is none. */
  async findUser(name: string): Promise<HubUser | null> {
    const path = `/users/${segment(name)}`
    const answer = await call({ method: 'GET', path, right: 'admin:users', expected: [404] })
    if (answer.status === 404) return null
    const { groups, servers } = answer.read(userAnswer)
    return { groups, servers: Object.keys(servers) }
  },

  async createUser(name: string): Promise<void> {
    // 409 if another attempt made it.
    await call({ method: 'POST', path: `/users/${segment(name)}`, right: 'admin:users', expected: [409] })
  },

  async join(group: string, name: string): Promise<void> {
    await call({ method: 'POST', path: `/groups/${segment(group)}/users`, body: { users: [name] }, right: 'groups' })
  },

  async leave(group: string, name: string): Promise<void> {
    await call({ method: 'DELETE', path: `/groups/${segment(group)}/users`, body: { users: [name] }, right: 'groups' })
  },

  /** Whether it has stopped. A hub that needs longer answers before; older ones refuse while a server starts. */
  async stopServer(user: string, server: string): Promise<boolean> {
    const path = server === '' ? `/users/${segment(user)}/server` : `/users/${segment(user)}/servers/${segment(server)}`
    const { status } = await call({ method: 'DELETE', path, right: 'delete:servers', expected: [400, 404] })
    return status === 204 || status === 404
  },

  async listTokens(name: string): Promise<string[]> {
    const answer = await call({ method: 'GET', path: `/users/${segment(name)}/tokens`, right: 'tokens' })
    return answer.read(tokensAnswer).api_tokens.map(({ id }) => id)
  },

  async deleteToken(name: string, id: string): Promise<void> {
    const path = `/users/${segment(name)}/tokens/${segment(id)}`
    await call({ method: 'DELETE', path, right: 'tokens', expected: [404] })
  },

  /** A page of the names of all users. */
  async listUsers(offset: number): Promise<{ names: string[]; next: number | null }> {
    const { items, _pagination } = (
      await call({
        method: 'GET',
        path: `/users?offset=${offset}&limit=200`,
        headers: { accept: 'application/jupyterhub-pagination+json' },
        right: 'list:users',
      })
    ).read(pageAnswer)
    return { names: items.map(({ name }) => name), next: _pagination.next?.offset ?? null }
  },

  async groupExists(group: string): Promise<boolean> {
    const path = `/groups/${segment(group)}`
    return (await call({ method: 'GET', path, right: 'groups', expected: [404] })).status !== 404
  },
})

export type JupyterHubApi = ReturnType<typeof jupyterHubApi>
