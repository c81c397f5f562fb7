import type { Database } from '../../platform/db/database'
import { RepeatedWork } from '../../platform/repeated-work'
import { Deliveries, type Delivering, kindsThat } from './deliveries'
import { deleteOldAttempts } from './delivery-store'
import { deleteOldSignals, enqueueDue, mostSignals, resync, takeSignals } from './enqueueing'
import { InProgress } from './in-progress'
import { Observations } from './observations'
import { claimResync, deleteOldTombstones, findDue, findWork, finishDeletions, recountLedger } from './store'

/** How often to look for signals of other processes and for end dates, in ms. This process's own writes wake it at once. */
const interval = 500

/**
 * Changes that come soon after the previous look are taken together, because each transaction has its price. How soon, in
 * ms: the more changes that look found, the longer, so that above 500 changes per second they share a fifth of a second.
 */
const gathering = { least: 50, perChange: 2, most: 200 }

const gatheringAfter = (found: number) =>
  Math.min(Math.max(gathering.least, found * gathering.perChange), gathering.most)

/** How many of these intervals pass between two looks while no connection is on: then there is nothing to do. */
const restingIntervals = 10

/** After so many changes at once, what the planner knows of the ledger is no longer true. */
const many = 1000

/** How often old rows are deleted, in ms. */
const tidying = 3600_000

/**
 * Requests at once. They wait for services and hold no connection to the database, so there is room for many services that
 * do not answer. Looking at services has less room than telling them.
 */
const mostAtOnce = {
  deliveries: { inAll: 200, ofConnection: 10 },
  observations: { inAll: 50, ofConnection: 5 },
}

interface Log {
  error(what: object, text: string): void
}

/**
 * Keeps the ledger true: takes the signals of changes, carries out end dates, and compares the whole from time to time.
 * It runs beside the requests and shares only the database with them. Every process runs one; they share the work.
 */
export class LedgerWorker {
  private readonly loop = new RepeatedWork(
    interval,
    () => this.work(),
    () => this.tick(),
  )
  private tidied = 0
  /** Whether any connection was on when this process last looked. */
  private active = true
  private rested = 0
  /** When the last look began. */
  private looked = Number.NEGATIVE_INFINITY
  /** How many changes it found. */
  private found = 0
  private gathered: NodeJS.Timeout | undefined

  private readonly db: Database
  private readonly baseUrl: string
  private readonly resyncEvery: number
  private readonly delivered: InProgress
  private readonly deliveries: Deliveries
  private readonly observed: InProgress
  private readonly observations: Observations
  private readonly listing: string[]

  constructor(
    delivering: Delivering,
    private readonly log: Log,
  ) {
    this.db = delivering.db
    this.baseUrl = delivering.baseUrl
    this.resyncEvery = delivering.pace.resync
    const onDone = () => this.loop.wake()
    this.delivered = new InProgress(mostAtOnce.deliveries, log, onDone)
    this.deliveries = new Deliveries(delivering, this.delivered)
    this.observed = new InProgress(mostAtOnce.observations, log, onDone)
    this.observations = new Observations(delivering, this.observed)
    this.listing = kindsThat(delivering.connectors, 'list')
  }

  start(): void {
    this.loop.start()
  }

  private tick(): void {
    this.rested++
    if (this.rested >= restingIntervals) this.activate()
    else if (this.active) this.loop.wake()
  }

  /** A connection was switched on. */
  activate(): void {
    this.active = true
    this.loop.wake()
  }

  /** Something may have changed. Never waits and never fails, and does nothing while no connection is on. */
  wake(): void {
    if (!this.active || this.gathered) return
    const wait = this.looked + gatheringAfter(this.found) - performance.now()
    const look = () => {
      this.gathered = undefined
      this.loop.wake()
    }
    if (wait <= 0) look()
    else this.gathered = setTimeout(look, wait)
  }

  /**
   * Takes the changes that have come until now, and finishes what is in progress. The rest waits for the next start or for
   * another process.
   */
  async stop(): Promise<void> {
    const waits = this.gathered !== undefined || this.loop.wokenAgain
    clearTimeout(this.gathered)
    await this.loop.stop()
    if (waits) await this.work()
    await this.delivered.finish()
    await this.observed.finish()
  }

  private async work(): Promise<void> {
    this.rested = 0
    this.looked = performance.now()
    try {
      await this.deliveries.giveBackKept()
      const { on, signals, due, deliveries, comparison, observations, endings } = await findWork(
        this.db,
        this.baseUrl,
        this.listing,
        this.resyncEvery,
      )
      // A connection may have been switched on since that statement began.
      this.active = on || this.loop.wokenAgain
      const changes = signals && on
      // Signals for connections that belong to another address are for its processes.
      if (signals && !on) await deleteOldSignals(this.db)
      this.found = changes ? await this.takeSignals() : 0
      if (due) await this.carryOutEnds()
      if (comparison) await this.compare()
      if (changes || deliveries || comparison) await this.deliver()
      if (observations) await this.observe()
      if (endings) await finishDeletions(this.db, this.baseUrl)
    } catch (error) {
      // Nothing is lost: signals and due rows wait, and the timer runs again.
      this.log.error({ err: error }, 'the ledger could not be updated')
    }
  }

  /** Takes the signals that wait now, and returns how many. Those that come later are gathered again. */
  private async takeSignals(): Promise<number> {
    let all = 0
    let taken: number
    do {
      taken = await takeSignals(this.db, this.baseUrl)
      all += taken
    } while (taken === mostSignals && !this.loop.stopped)
    return all
  }

  private async deliver(): Promise<void> {
    while ((await this.deliveries.begin()) > 0) {
      if (this.loop.stopped) return
      // What has changed in between comes first: it may end access.
      await this.takeSignals()
    }
  }

  private async observe(): Promise<void> {
    await this.observations.list()
    while (!this.loop.stopped && (await this.observations.begin()) > 0)
      // Changes come first.
      if ((await this.takeSignals()) > 0) await this.deliver()
  }

  private async carryOutEnds(): Promise<void> {
    await enqueueDue(this.db, this.baseUrl, await findDue(this.db, this.baseUrl))
  }

  private async compare(): Promise<void> {
    const claim = () => claimResync(this.db, this.baseUrl, this.resyncEvery)
    for (let claimed = await claim(); claimed && !this.loop.stopped; ) {
      if ((await resync(this.db, this.baseUrl, claimed.id)).changed >= many) await recountLedger(this.db)
      claimed = await claim()
    }
    if (Date.now() - this.tidied < tidying) return
    this.tidied = Date.now()
    await deleteOldTombstones(this.db)
    await deleteOldAttempts(this.db)
  }
}
