import type { Connection, Database } from '../../src/platform/db/database'
import { sql } from '../../src/platform/db/sql'

const waiting = sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

/** Waits until `count` connections wait for a lock, or `answer` settles although it should have waited. */
async function untilWaiting(db: Database, count: number, answer: Promise<unknown>): Promise<void> {
  let answered = false
  const over = () => {
    answered = true
  }
  answer.then(over, over)
  while (!answered && (await db.rows(waiting)).length < count);
}

/** Locks that a test can hold on the row `$1`, or on the name of the organization `$1`. */
const holds = {
  accounts: 'select from accounts where id = $1 for no key update',
  organizations: 'select from organizations where id = $1 for no key update',
  secondFactors: 'select from two_factors where account_id = $1 for no key update',
  names: 'select pg_advisory_xact_lock(hashtextextended(name_key, 0)) from organizations where id = $1',
  /** The table has one row, so `$1` may be anything. */
  site: 'select from site where $1::text is not null for no key update',
  connections: 'select from connections where id = $1 for no key update',
  roles: 'select from role_versions where role_id = $1 and valid_until is null for no key update',
}

/** Runs `work` while another transaction holds this lock, and releases the lock afterwards. */
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
    // After an error, this rolls back.
    await holder.query('commit')
    holder.release()
  }
}

/** Queues requests for a row lock: each begins when those before it wait. Then releases the lock. */
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
 * Tests what a request decides after waiting for a lock on an account, an organization or its name, the site, or the
 * current version of a role: begins the request while another transaction holds the lock, runs `change` in that
 * transaction, and commits. PostgreSQL only, because the embedded database has a single connection.
 */
export async function whileHeld<Result>(
  { db }: { db: Database },
  id: string,
  request: () => Promise<Result>,
  change: { text: string; values: unknown[] },
  which: keyof typeof holds = 'accounts',
): Promise<Result> {
  const { answer } = await holding(db, which, id, async (holder) => {
    const answer = request()
    await untilWaiting(db, 1, answer)
    await holder.query(change.text, change.values)
    // Not awaited here, because it settles only after the lock is released.
    return { answer }
  })
  return answer
}
