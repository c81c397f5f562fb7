import type { Database } from '../db/database'
import { Problem } from '../errors'
import type { ProblemCode } from '../problems'
import { type Counter, countersOf } from './counters'
import { type LimitedAction, type Policy, policies } from './policies'
import { countTry, forgetOldTries, uncountTry } from './store'

/** Who tries: from which network (`caller.source`), and about which account (its address or id), where it is about one. */
interface Trying {
  source: string
  account?: string | undefined
}

/**
 * Refusals that are no tries: whoever was turned away because the server was busy has learned nothing by it, and has nothing
 * to pay for; a code that was used already was right, not guessed; and with a challenge that has ended no code is looked at.
 */
const noTries: ProblemCode[] = ['too_busy', 'code_used', 'sign_in_again']

/**
 * Does `work` if it may be tried once more, else refuses with the time to wait. The try is counted before the work
 * begins, so that trying in parallel does not help, and taken back where it does not count.
 */
export async function limited<Result>(
  db: Database,
  action: LimitedAction,
  { source, account }: Trying,
  work: () => Promise<Result>,
): Promise<Result> {
  const counters = await count(db, action, { source, account })
  const { counts }: Policy = policies[action]
  const takeBack = async () => {
    for (const counter of counters) await uncountTry(db, counter)
  }
  try {
    const result = await work()
    if (counts === 'refusals') await takeBack()
    return result
  } catch (error) {
    if (error instanceof Problem && noTries.includes(error.code)) await takeBack()
    throw error
  }
}

/** Counts a try, or refuses it with the time to wait. */
export async function count(db: Database, action: LimitedAction, { source, account }: Trying): Promise<Counter[]> {
  const counters = countersOf(action, source, account)
  for (const counter of counters) {
    const { wait } = await countTry(db, counter)
    if (wait > 0) throw new Problem(counter.closes ?? 'too_many_tries', undefined, wait)
  }
  await forgetOldTries(db)
  return counters
}
