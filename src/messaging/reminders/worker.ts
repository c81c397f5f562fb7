import type { Database } from '../../platform/db/database'
import { RepeatedWork } from '../../platform/repeated-work'
import { tellOfExpiries } from './store'

/** How often to look for tokens and keys that expire soon, in ms. A reminder is a week early, so minutes do not matter. */
const interval = 60_000

interface Log {
  error(what: object, text: string): void
}

/** Sends reminders. Every process runs one beside the requests; they share the work. */
export class ReminderWorker {
  private readonly loop = new RepeatedWork(interval, () => this.work())

  constructor(
    private readonly db: Database,
    private readonly log: Log,
    /** Called after reminders were written. */
    private readonly onTold: () => void,
  ) {}

  start(): void {
    this.loop.start()
  }

  /** Finishes what is in progress. */
  async stop(): Promise<void> {
    await this.loop.stop()
  }

  private async work(): Promise<void> {
    try {
      while (!this.loop.stopped && (await tellOfExpiries(this.db)).count > 0) this.onTold()
    } catch (error) {
      // Nothing is lost: the timer runs again.
      this.log.error({ err: error }, 'reminders could not be sent')
    }
  }
}
