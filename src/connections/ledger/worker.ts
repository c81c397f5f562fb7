import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database } from '../../platform/db/database'
import { Deliveries, type Delivering } from './deliveries'
import { deleteOldAttempts } from './delivery-store'
import { enqueueDue, resync, takeSignals } from './enqueueing'
import { claimResync, deleteOldTombstones, findDue, findWork, recountLedger } from './store'

/** How often to look for signals of other processes and for end dates, in ms. This process's own writes wake it at once. */
const interval = 500

/** How many of these intervals pass between two looks while no connection is on: then there is nothing to do. */
const restingIntervals = 10

/** After so many changes at once, what the planner knows of the ledger is no longer true. */
const many = 1000

/** How often old rows are deleted, in ms. */
const tidying = 3600_000

interface Log {
  error(what: object, text: string): void
}

/**
 * Keeps the ledger true: takes the signals of changes, carries out end dates, and compares the whole from time to time.
 * It runs beside the requests and shares only the database with them. Every process runs one; they share the work.
 */
export class LedgerWorker {
  /** Leaves the context of the request that wakes the worker. */
  private readonly outsideRequests = AsyncLocalStorage.snapshot()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private again = false
  private stopped = false
  private tidied = 0
  /** Whether any connection was on when this process last looked. */
  private active = true
  private rested = 0

  private readonly db: Database
  private readonly baseUrl: string
  private readonly deliveries: Deliveries

  constructor(
    delivering: Delivering,
    private readonly log: Log,
  ) {
    this.db = delivering.db
    this.baseUrl = delivering.baseUrl
    this.deliveries = new Deliveries(delivering, log, () => this.wake())
  }

  start(): void {
    this.timer = setInterval(() => this.tick(), interval)
    this.timer.unref()
    this.wake()
  }

  private tick(): void {
    this.rested++
    if (this.rested >= restingIntervals) this.activate()
    else this.wake()
  }

  /** A connection was switched on. */
  activate(): void {
    this.active = true
    this.wake()
  }

  /** Something may have changed. Never waits and never fails, and does nothing while no connection is on. */
  wake(): void {
    if (this.stopped || !this.active) return
    if (this.running) this.again = true
    else
      this.running = this.outsideRequests(() => this.work()).finally(() => {
        this.running = undefined
        if (this.again) this.wake()
      })
  }

  /** Finishes what is in progress. The rest waits for the next start or for another process. */
  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.running
    await this.deliveries.finish()
  }

  private async work(): Promise<void> {
    this.again = false
    this.rested = 0
    try {
      const { on, signals, due, deliveries, comparison } = await findWork(this.db, this.baseUrl)
      // A connection may have been switched on since that statement began.
      this.active = on || this.again
      if (signals) while (!this.stopped && (await takeSignals(this.db, this.baseUrl)) > 0);
      if (due) await this.carryOutEnds()
      if (comparison) await this.compare()
      if (signals || deliveries || comparison) await this.deliver()
    } catch (error) {
      // Nothing is lost: signals and due rows wait, and the timer runs again.
      this.log.error({ err: error }, 'the ledger could not be updated')
    }
  }

  private async deliver(): Promise<void> {
    while (!this.stopped && (await this.deliveries.begin()) > 0)
      // What has changed in between comes first: it may end access.
      while ((await takeSignals(this.db, this.baseUrl)) > 0);
  }

  private async carryOutEnds(): Promise<void> {
    await enqueueDue(this.db, this.baseUrl, await findDue(this.db, this.baseUrl))
  }

  private async compare(): Promise<void> {
    for (let claimed = await claimResync(this.db, this.baseUrl); claimed && !this.stopped; ) {
      if ((await resync(this.db, this.baseUrl, claimed.id)) >= many) await recountLedger(this.db)
      claimed = await claimResync(this.db, this.baseUrl)
    }
    if (Date.now() - this.tidied < tidying) return
    this.tidied = Date.now()
    await deleteOldTombstones(this.db)
    await deleteOldAttempts(this.db)
  }
}
