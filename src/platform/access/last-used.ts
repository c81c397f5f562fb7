import type { Database } from '../db/database'
import { sql } from '../db/sql'

/** How long uses are collected, in ms. Uses not saved when the process ends are recorded by the next request. */
const pause = 1000

/** Records which sessions are used. No request waits for it, and one statement records many uses. */
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

  /** Stops recording. */
  stop(): void {
    clearTimeout(this.timer)
  }
}

/** Records that sessions were used. They are locked in one order, since other processes record them too. */
export const saveLastUsed = (db: Database, sessionIds: string[]) =>
  db.rows(sql`
    update sessions set last_used_at = now() where id in (
      select id from sessions where id = any(${sessionIds}::uuid[]) and last_used_at < now() - interval '1 minute' order by id for no key update)`)
