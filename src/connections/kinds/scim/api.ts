import { z } from 'zod'
import type { Rest } from '../rest'

// SCIM 2.0 (RFC 7643, RFC 7644), as far as it is used.

const references = z.array(z.object({ value: z.string().nullish() })).nullish()

/** What is read of a user. Nothing but the id is certain to be there. */
const userAnswer = z.object({
  id: z.string().min(1),
  externalId: z.string().nullish(),
  userName: z.string().nullish(),
  displayName: z.string().nullish(),
  name: z.object({ givenName: z.string().nullish(), familyName: z.string().nullish() }).nullish(),
  emails: references,
  active: z.boolean().nullish(),
  groups: references,
})
export type ScimUser = z.output<typeof userAnswer>

const groupAnswer = z.object({ id: z.string().min(1), displayName: z.string().nullish(), members: references })
export type ScimGroup = z.output<typeof groupAnswer>

const listAnswer = <Item extends z.ZodType>(item: Item) =>
  z.object({ totalResults: z.int(), Resources: z.array(item).nullish() })

const featuresAnswer = z.object({ patch: z.object({ supported: z.boolean() }).nullish() })

export interface Operation {
  op: 'add' | 'replace' | 'remove'
  path: string
  value?: unknown
}

const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
}

const pageSize = 200

/** A text in a filter is written as JSON. */
const equals = (attribute: string, value: string) => `${attribute} eq ${JSON.stringify(value)}`

export const scimApi = (call: Rest) => {
  /**
   * Everything that a search brings. There are servers that ignore filters and answer with everybody, a page at a time; so
   * whoever searches compares what comes. Others answer with the same page again: nobody counts twice.
   */
  async function search<Item extends typeof userAnswer | typeof groupAnswer>(path: string, item: Item, filter: string) {
    const found = new Map<string, z.output<Item>>()
    for (let before = -1; before < found.size; ) {
      before = found.size
      const query = new URLSearchParams({ filter, startIndex: String(before + 1), count: String(pageSize) })
      const answer = await call({ method: 'GET', path: `${path}?${query}`, right: `read ${path}` })
      const { totalResults, Resources } = answer.read(listAnswer(item))
      for (const one of (Resources ?? []) as z.output<Item>[]) found.set(one.id, one)
      if (found.size >= totalResults) break
    }
    return [...found.values()]
  }

  async function find<Item extends z.ZodType>(path: string, id: string, item: Item): Promise<z.output<Item> | null> {
    const one = `${path}/${encodeURIComponent(id)}`
    const answer = await call({ method: 'GET', path: one, right: `read ${path}`, expected: [404] })
    return answer.status === 404 ? null : answer.read(item)
  }

  const patch = async (path: string, id: string, Operations: Operation[], expected: number[]) =>
    (
      await call({
        ...{ method: 'PATCH', path: `${path}/${encodeURIComponent(id)}`, right: `write ${path}`, expected },
        body: { schemas: [schemas.patch], Operations },
      })
    ).status

  return {
    findUser: (id: string) => find('/Users', id, userAnswer),
    usersWith: (attribute: 'externalId' | 'userName', value: string) =>
      search('/Users', userAnswer, equals(attribute, value)),
    /** Null if the server has one already that it takes for the same. */
    async createUser(user: object): Promise<ScimUser | null> {
      const body = { schemas: [schemas.user], ...user }
      const answer = await call({ method: 'POST', path: '/Users', body, right: 'write /Users', expected: [409] })
      return answer.status === 409 ? null : answer.read(userAnswer)
    },
    changeUser: (id: string, operations: Operation[], expected: number[] = []) =>
      patch('/Users', id, operations, expected),

    findGroup: (id: string) => find('/Groups', id, groupAnswer),
    groupsNamed: (name: string) => search('/Groups', groupAnswer, equals('displayName', name)),
    async createGroup(displayName: string): Promise<ScimGroup | null> {
      const body = { schemas: [schemas.group], displayName }
      const answer = await call({ method: 'POST', path: '/Groups', body, right: 'write /Groups', expected: [409] })
      return answer.status === 409 ? null : answer.read(groupAnswer)
    },
    async deleteGroup(id: string): Promise<void> {
      const path = `/Groups/${encodeURIComponent(id)}`
      await call({ method: 'DELETE', path, right: 'write /Groups', expected: [404] })
    },
    changeGroup: (id: string, operations: Operation[], expected: number[] = []) =>
      patch('/Groups', id, operations, expected),

    /** Servers that say nothing about themselves may well be able to. */
    async refusesPatch(): Promise<boolean> {
      const path = '/ServiceProviderConfig'
      const answer = await call({ method: 'GET', path, right: `read ${path}`, expected: [401, 403, 404, 501] })
      return answer.status === 200 && answer.read(featuresAnswer).patch?.supported === false
    },
  }
}

export type ScimApi = ReturnType<typeof scimApi>
