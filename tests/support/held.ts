import type { Connection, Database } from '../../src/platform/db/database'
import { sql } from '../../src/platform/db/sql'

const waiting = sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

/** Until so many wait, or one that should have waited was answered. */
async function untilWaiting(db: Database, count: number, answer: Promise<unknown>): Promise<void> {
  let answered = false
  const over = () => {
    answered = true
  }
  answer.then(over, over)
  while (!answered && (await db.rows(waiting)).length < count);
}

/** What can be held, by what `$1` is: a row, or the name of an organization. */
const holds = {
  accounts: 'select from accounts where id = $1 for no key update',
  organizations: 'select from organizations where id = $1 for no key update',
  secondFactors: 'select from two_factors where account_id = $1 for no key update',
  names: 'select pg_advisory_xact_lock(hashtextextended(name_key, 0)) from organizations where id = $1',
  /** There is one: `$1` is anything. */
  site: 'select from site where $1::text is not null for no key update',
  roles: 'select from role_versions where role_id = $1 and valid_until is null for no key update',
}

/** What begins while another transaction has this row, and waits for it; the row is let go after `work`. */
async function holding<Result>(
  db: Database,
  which: keyof typeof holds,
  id: string,
  work: (holder: Connection) => Promise<Result>,
): Promise<Result> {
  const holder = await db.pool.connect()
  try {
    await holder.query('begin')
    await holder.query(holds[which], [id])
    return await work(holder)
  } finally {
    // After an error that undoes it.
    await holder.query('commit')
    holder.release()
  }
}

/** Requests that wait behind one another for a row: each begins when those before it wait, and then it is let go. */
export async function queuedFor<Result>(
  db: Database,
  id: string,
  requests: (() => Promise<Result>)[],
  which: keyof typeof holds = 'accounts',
): Promise<Result[]> {
  const answers: Promise<Result>[] = []
  await holding(db, which, id, async () => {
    for (const request of requests) {
      answers.push(request())
      await untilWaiting(db, answers.length, answers.at(-1)!)
    }
  })
  return Promise.all(answers)
}

/**
 * What a request decides on after it has waited for somebody’s account, for an organization or its name, for the site, or
 * for a role as it is now: begins the request while another transaction has that, does `meanwhile` in that one, and lets go. On
 * PostgreSQL only, where there is more than one.
 */
export async function whileHeld<Result>(
  { db }: { db: Database },
  id: string,
  request: () => Promise<Result>,
  meanwhile: { text: string; values: unknown[] },
  which: keyof typeof holds = 'accounts',
): Promise<Result> {
  const { answer } = await holding(db, which, id, async (holder) => {
    const answer = request()
    await untilWaiting(db, 1, answer)
    await holder.query(meanwhile.text, meanwhile.values)
    // Not awaited here: it comes once the row is let go.
    return { answer }
  })
  return answer
}
