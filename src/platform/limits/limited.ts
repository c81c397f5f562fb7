import type { Database } from '../db/database'
import { Problem } from '../errors'
import type { ProblemCode } from '../problems'
import { type Counter, countersOf } from './counters'
import { type LimitedAction, type Policy, policies } from './policies'
import { countTry, forgetOldTries, uncountTry } from './store'

/** Who makes the attempt: the network (`caller.source`), and the account concerned (its address or id), if any. */
interface Trying {
  source: string
  account?: string | undefined
}

/**
 * Refusals that do not count as attempts. A caller refused because the server was busy has learned nothing; a used code
 * was correct, not guessed; and an expired challenge means that no code was checked.
 */
const noTries: ProblemCode[] = ['too_busy', 'code_used', 'sign_in_again']

/**
 * Runs `work` if another attempt is allowed; otherwise refuses with the time to wait. The attempt is counted before the
 * work begins, so that parallel attempts gain nothing, and taken back if it does not count.
 */
export async function limited<Result>(
  db: Database,
  action: LimitedAction,
  { source, account }: Trying,
  work: () => Promise<Result>,
): Promise<Result> {
  const counters = await count(db, action, { source, account })
  const { counts }: Policy = policies[action]
  try {
    const result = await work()
    if (counts === 'refusals') await takeBack(db, counters)
    return result
  } catch (error) {
    if (error instanceof Problem && noTries.includes(error.code)) await takeBack(db, counters)
    throw error
  }
}

async function takeBack(db: Database, counters: Counter[]): Promise<void> {
  for (const counter of counters) await uncountTry(db, counter)
}

/** Counts an attempt, or refuses it with the time to wait: then it counts nowhere. */
export async function count(db: Database, action: LimitedAction, { source, account }: Trying): Promise<Counter[]> {
  const counters = countersOf(action, source, account)
  for (const [index, counter] of counters.entries()) {
    const { wait } = await countTry(db, counter)
    if (wait === 0) continue
    await takeBack(db, counters.slice(0, index))
    throw new Problem(counter.problem ?? 'too_many_tries', undefined, wait)
  }
  await forgetOldTries(db)
  return counters
}
