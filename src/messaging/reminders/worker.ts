import type { Database } from '../../platform/db/database'
import { tellOfExpiries } from './store'

/** How often to look for tokens and keys that expire soon, in ms. A reminder is a week early, so minutes do not matter. */
const interval = 60_000

interface Log {
  error(what: object, text: string): void
}

/** Sends reminders. Every process runs one beside the requests; they share the work. */
export class ReminderWorker {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private stopped = false

  constructor(
    private readonly db: Database,
    private readonly log: Log,
    /** Called after reminders were written. */
    private readonly onTold: () => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), interval)
    this.timer.unref()
    this.wake()
  }

  /** Finishes what is in progress. */
  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.running
  }

  private wake(): void {
    if (this.stopped) return
    this.running ??= this.work().finally(() => {
      this.running = undefined
    })
  }

  private async work(): Promise<void> {
    try {
      while (!this.stopped && (await tellOfExpiries(this.db)).count > 0) this.onTold()
    } catch (error) {
      // Nothing is lost: the timer runs again.
      this.log.error({ err: error }, 'reminders could not be sent')
    }
  }
}
