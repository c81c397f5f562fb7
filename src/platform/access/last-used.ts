import { saveUses } from '../../identity/authentication/store'
import type { Database } from '../db/database'

/** How long uses are collected, in ms. What is not noted when the process ends is noted by the next request. */
const pause = 1000

/** Notes which sessions are used: nobody waits for it, and many are noted in one statement. */
export class Uses {
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
    await saveUses(this.db, sessionIds).catch(() => undefined)
  }

  /** Nothing is noted any more. */
  stop(): void {
    clearTimeout(this.timer)
  }
}
