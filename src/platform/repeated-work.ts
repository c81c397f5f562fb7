import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Work that a process repeats beside the requests, at an interval and when it is woken. It never overlaps itself: what wakes
 * it while it runs has it run once more.
 */
export class RepeatedWork {
  /** Leaves the context of the request that wakes it: its language is not that of the work. */
  private readonly outsideRequests = AsyncLocalStorage.snapshot()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private again = false
  private ended = false

  constructor(
    /** In ms. */
    private readonly interval: number,
    /** Never fails. */
    private readonly work: () => Promise<void>,
    /** What happens at the interval, if not just waking. */
    private readonly onInterval: () => void = () => this.wake(),
  ) {}

  /** The work in progress ends where it can. */
  get stopped(): boolean {
    return this.ended
  }

  /** Whether it was woken since the work in progress began. */
  get wokenAgain(): boolean {
    return this.again
  }

  start(): void {
    this.timer = setInterval(this.onInterval, this.interval)
    this.timer.unref()
    this.wake()
  }

  /** Never waits and never fails. */
  wake(): void {
    if (this.ended) return
    if (this.running) this.again = true
    else
      this.running = this.outsideRequests(() => this.run()).finally(() => {
        this.running = undefined
        if (this.again) this.wake()
      })
  }

  /** Waits for the work in progress. */
  async stop(): Promise<void> {
    this.ended = true
    clearInterval(this.timer)
    await this.running
  }

  private run(): Promise<void> {
    this.again = false
    return this.work()
  }
}
