import type { Database } from '../../platform/db/database'
import { type FeedRow, loadNew, loadSeen, loadStreamAccess, most, type Seen, type StreamAccess } from './feed-store'
import type { StreamMessage } from './schema'

/** How often to look for events of other processes while there are listeners, in ms. Our own are delivered at once. */
const interval = 500
/** How often to check listeners' sessions when nothing happens, in ms. */
const recheck = 15_000

export interface Listener {
  session: string
  send(message: StreamMessage): void
  close(): void
}

/**
 * Follows the events table and notifies each listener of changes: events in their organization, and events about
 * themselves. Operators receive all events. An account with required actions receives only events about itself. Access
 * is looked up after the event; members whom the event removed from an organization receive it, too. A message contains
 * only the kind and the organization of an event, so a leak reveals no more than that something happened.
 */
export class Feed {
  private readonly listeners = new Map<Listener, StreamAccess>()
  /** Listeners whose access is being checked. */
  private readonly coming = new Set<Listener>()
  /** The snapshot up to which listeners have been notified. */
  private seen: Seen | undefined
  private timer: NodeJS.Timeout | undefined
  private checked = 0
  private running = false
  private again = false
  private stopped = false
  private readonly others: (() => void)[] = []

  constructor(private readonly db: Database) {}

  /** Registers a callback that also runs at once when this process has written something. */
  onNotify(look: () => void): void {
    this.others.push(look)
  }

  /**
   * Adds a listener if its session is valid, and returns its account. The feed calls `close` when the session ends. A
   * listener that leaves or signs out during the lookup is not admitted.
   */
  async listen(listener: Listener): Promise<string | undefined> {
    if (this.stopped) return undefined
    this.coming.add(listener)
    try {
      const [access] = await loadStreamAccess(this.db, [listener.session])
      const { seen } = this.seen === undefined ? await loadSeen(this.db) : { seen: this.seen }
      if (!access || !this.coming.has(listener)) return undefined
      // A concurrent call may have set it first.
      this.seen ??= seen
      this.listeners.set(listener, access)
      if (this.timer === undefined && !this.running) this.schedule()
      return access.accountId
    } finally {
      this.coming.delete(listener)
    }
  }

  leave(listener: Listener): void {
    this.coming.delete(listener)
    this.listeners.delete(listener)
  }

  /** Closes the listeners of a session that ended in this process, including those still waiting for admission. */
  closeStreams(session: string): void {
    for (const listener of [...this.coming, ...this.listeners.keys()])
      if (listener.session === session) this.drop(listener)
  }

  private drop(listener: Listener): void {
    this.leave(listener)
    listener.close()
  }

  /** This process has written something: look at once. */
  notify(): void {
    if (this.listeners.size > 0) void this.look()
    for (const look of this.others) look()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    for (const listener of [...this.coming, ...this.listeners.keys()]) this.drop(listener)
  }

  private schedule(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.stopped) return
    if (this.listeners.size === 0) {
      this.seen = undefined
      return
    }
    this.timer = setTimeout(() => void this.look(), interval)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    if (this.running) {
      this.again = true
      return
    }
    this.running = true
    try {
      await this.tellNew()
      if (Date.now() - this.checked > recheck) await this.refresh()
    } catch {
      // The database is unavailable. Listeners stay connected and receive everything when it is back.
    }
    this.running = false
    if (this.again) {
      this.again = false
      void this.look()
    } else this.schedule()
  }

  /**
   * Delivers everything that is visible by now. Listeners are looked up afterwards: a listener who was admitted while
   * founding an organization was looked up before the organization existed. If the lookup fails, the next look delivers
   * everything.
   */
  private async tellNew(): Promise<void> {
    if (this.seen === undefined) return
    const first = await loadNew(this.db, this.seen)
    const before = new Map(this.listeners)
    if (first.events.length > 0) await this.refresh()
    for (let page = first; ; page = await loadNew(this.db, this.seen, page.events.at(-1))) {
      for (const event of page.events) this.tell(event, before)
      if (page.events.length < most) break
    }
    // Events that became visible between two pages come with the next look. Some repeat; none is missing.
    this.seen = first.seen
  }

  private tell(event: FeedRow, before: ReadonlyMap<Listener, StreamAccess>): void {
    for (const [listener, { accountId, organizationId, operator, admitted }] of this.listeners) {
      const own = event.actorId === accountId || event.subjectId === accountId
      const organizations = [organizationId, before.get(listener)?.organizationId]
      const within = event.organizationId !== null && organizations.includes(event.organizationId)
      // Catalogue defaults concern everyone.
      const common = event.kind === 'catalogue_changed'
      if (own || (admitted && (operator || within || common)))
        listener.send({ kind: event.kind, organizationId: event.organizationId })
    }
  }

  /**
   * Updates what listeners may receive: removed members lose the organization's events, ended sessions lose everything.
   */
  private async refresh(): Promise<void> {
    const asked = [...this.listeners.keys()]
    const sessions = [...new Set(asked.map((listener) => listener.session))]
    if (sessions.length === 0) return
    const accessOfSessions = new Map((await loadStreamAccess(this.db, sessions)).map((one) => [one.session, one]))
    this.checked = Date.now()
    // Listeners who came during the query were looked up on arrival. Those who left stay away.
    for (const listener of asked.filter((one) => this.listeners.has(one))) {
      const access = accessOfSessions.get(listener.session)
      if (access) this.listeners.set(listener, access)
      else this.drop(listener)
    }
  }
}
