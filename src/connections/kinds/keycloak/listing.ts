import type { KeycloakApi } from './api'
import { findTopGroup } from './groups'

const pageSize = 500

interface Member {
  id: string
  username: string
}

/** All members of a group and of those in it. Each page has a token of its own, because they live for a minute or so. */
export async function* memberPages(signIn: () => Promise<KeycloakApi>, path: string): AsyncIterable<Member[]> {
  const top = await findTopGroup(await signIn(), path)
  const waiting = top ? [top.id] : []
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    waiting.push(...(await childrenOf(await signIn(), group)))
    for (let first = 0, more = true; more; first += pageSize) {
      const members = await (await signIn()).membersOf(group, first, pageSize)
      yield members
      more = members.length === pageSize
    }
  }
}

async function childrenOf(api: KeycloakApi, group: string): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const page = await api.children(group, ids.length, pageSize)
    ids.push(...page.map(({ id }) => id))
    if (page.length < pageSize) return ids
  }
}
