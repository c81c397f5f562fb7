import { createInvitation } from '../src/invitations/schema'
import type { ChaosSite } from './site'
import { missing } from './writing'

export interface Away {
  seconds: number
  before: number
  /** Answers 503 while it was away. */
  meanwhile: number
  /** The slowest of these, in ms. */
  slowest: number
  /** Anything else while it was away: server errors, broken connections. */
  others: number
  /** How long after PostgreSQL was back the first write went well, in ms. */
  backAfter: number
  /** Acknowledged, and not there afterwards. */
  lost: number
}

/** PostgreSQL is stopped for a while under load: everybody is told so in time, and afterwards all is as before. */
export async function away(site: ChaosSite, seconds: number): Promise<Away> {
  const seen: Away = { seconds, before: 0, meanwhile: 0, slowest: 0, others: 0, backAfter: 0, lost: 0 }
  const acknowledged: string[] = []
  let state: 'before' | 'away' | 'back' | 'done' = 'before'
  let back = 0
  const { organizationId } = site
  const writer = async () => {
    while (state !== 'done') {
      const began = Date.now()
      const stateThen = state
      const answer = await site
        .admin()
        .try(createInvitation, { organizationId })
        .catch(() => undefined)
      const took = Date.now() - began
      if (answer?.status === 201) {
        acknowledged.push(answer.body.id)
        if (state === 'before') seen.before++
        if (state === 'back') {
          seen.backAfter ||= Date.now() - back
          state = 'done'
        }
      } else if (answer?.status === 503) {
        if (stateThen === 'away') seen.meanwhile++
        seen.slowest = Math.max(seen.slowest, took)
      } else seen.others++
      if (answer?.status !== 201) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const writers = Array.from({ length: 16 }, writer)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  state = 'away'
  await site.postgres!.end('SIGINT')
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  await site.postgres!.resume()
  back = Date.now()
  state = 'back'
  await Promise.all(writers)
  seen.lost = (await missing(site, acknowledged)).length
  return seen
}
