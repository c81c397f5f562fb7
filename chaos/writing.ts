import { createInvitation, listInvitations } from '../src/invitations/schema'
import type { ChaosSite } from './site'

/** What writers were told, kept apart from the server and its database. */
export interface Log {
  /** Ids of invitations that the server said it had made. */
  acknowledged: string[]
  /** How often which answer came instead. */
  refused: Map<string, number>
}

/** Writes from so many sides until `ended`; a refusal or a broken connection is noted, and the writer goes on. */
export async function writeUntil(site: ChaosSite, writers: number, ended: () => boolean): Promise<Log> {
  const log: Log = { acknowledged: [], refused: new Map() }
  const note = (what: string) => void log.refused.set(what, (log.refused.get(what) ?? 0) + 1)
  const admin = site.admin()
  const { organizationId } = site
  const writer = async () => {
    while (!ended()) {
      try {
        const { status, code, body } = await admin.try(createInvitation, { organizationId })
        if (status === 201) log.acknowledged.push(body.id)
        else note(`${status} ${code}`)
      } catch {
        note('no answer')
      }
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return log
}

/** Those of the ids that the server does not list. It lists the newest first, so it is asked until all are found. */
export async function missing(site: ChaosSite, ids: string[]): Promise<string[]> {
  const left = new Set(ids)
  const admin = site.admin()
  const { organizationId } = site
  let cursor: string | undefined
  do {
    const page = await admin.call(listInvitations, { organizationId, limit: 100, cursor })
    for (const { id } of page.items) left.delete(id)
    cursor = page.next ?? undefined
  } while (cursor && left.size > 0)
  return [...left]
}
