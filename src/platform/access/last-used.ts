import type { Database } from '../db/database'
import { sql } from '../db/sql'

/** How long uses are collected, in ms. What is not noted when the process ends is noted by the next request. */
const pause = 1000

/** Notes which sessions are used: nobody waits for it, and many are noted in one statement. */
export class LastUsedTracker {
  private readonly waiting = new Set<string>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly db: Database) {}

  note(sessionId: string): void {
    this.waiting.add(sessionId)
    this.timer ??= setTimeout(() => void this.save(), pause).unref()
  }

  private async save(): Promise<void> {
    this.timer = undefined
    const sessionIds = [...this.waiting]
    this.waiting.clear()
    await saveLastUsed(this.db, sessionIds).catch(() => undefined)
  }

  /** Nothing is noted any more. */
  stop(): void {
    clearTimeout(this.timer)
  }
}

/** Notes that sessions were used. They are locked in one order, since other processes note them too. */
export const saveLastUsed = (db: Database, sessionIds: string[]) =>
  db.rows(sql`
    update sessions set last_used_at = now() where id in (
      select id from sessions where id = any(${sessionIds}::uuid[]) and last_used_at < now() - interval '1 minute' order by id for no key update)`)
