import type { Database } from '../../platform/db/database'
import { type FeedRow, loadNew, loadSeen, loadStanding, most, type Seen, type Standing } from './feed-store'
import type { StreamMessage } from './schema'

/** How often events of other processes are looked for while somebody listens, in milliseconds. Our own are told at once. */
const interval = 500
/** How often listeners' sessions are looked up where nothing happens, in milliseconds. */
const recheck = 15_000

export interface Listener {
  session: string
  send(message: StreamMessage): void
  close(): void
}

/**
 * Follows the events table and tells each listener that something of theirs changed: what happened in their
 * organization, or to themselves; operators hear of everything. Whoever has something to do first hears of
 * themselves alone. Who may hear of something is looked up after it happened; whom it took out of an organization hears
 * of that, too. Only the kind is told, so the worst that leaks by this is that something happened.
 */
export class Feed {
  private readonly listeners = new Map<Listener, Standing>()
  /** Who waits to be let in. */
  private readonly coming = new Set<Listener>()
  /** What listeners have been told of. */
  private seen: Seen | undefined
  private timer: NodeJS.Timeout | undefined
  private checked = 0
  private running = false
  private again = false
  private stopped = false
  private readonly others: (() => void)[] = []

  constructor(private readonly db: Database) {}

  /** For whoever else wants to look at once where something was written by this process. */
  onNotify(look: () => void): void {
    this.others.push(look)
  }

  /**
   * Adds a listener, if its session is one, and says whose. The feed calls `close` when the session ends. Whoever
   * leaves, or signs out, while they are looked up is not let in.
   */
  async listen(listener: Listener): Promise<string | undefined> {
    if (this.stopped) return undefined
    this.coming.add(listener)
    try {
      const [standing] = await loadStanding(this.db, [listener.session])
      const { seen } = this.seen === undefined ? await loadSeen(this.db) : { seen: this.seen }
      if (!standing || !this.coming.has(listener)) return undefined
      // Whoever came first has begun it.
      this.seen ??= seen
      this.listeners.set(listener, standing)
      if (this.timer === undefined && !this.running) this.schedule()
      return standing.accountId
    } finally {
      this.coming.delete(listener)
    }
  }

  leave(listener: Listener): void {
    this.coming.delete(listener)
    this.listeners.delete(listener)
  }

  /** A session ended in this process: its listeners hear nothing more, nor do those who wait to be let in. */
  hangUp(session: string): void {
    for (const listener of [...this.coming, ...this.listeners.keys()])
      if (listener.session === session) this.drop(listener)
  }

  private drop(listener: Listener): void {
    this.leave(listener)
    listener.close()
  }

  /** Something was written by this process: look at once. */
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
      // The database is away. Listeners keep their connection and hear of everything when it is back.
    }
    this.running = false
    if (this.again) {
      this.again = false
      void this.look()
    } else this.schedule()
  }

  /**
   * Tells everything that can be seen by now. Listeners are looked up after that: whoever was let in while they founded
   * an organization was looked up before it. Where that fails, all of it is told by the next look.
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
    // What became visible between two pages is told by the next look, some of it again: nothing is left out.
    this.seen = first.seen
  }

  private tell(event: FeedRow, before: ReadonlyMap<Listener, Standing>): void {
    for (const [listener, { accountId, organizationId, operator, admitted }] of this.listeners) {
      const own = event.actorId === accountId || event.subjectId === accountId
      const organizations = [organizationId, before.get(listener)?.organizationId]
      const within = event.organizationId !== null && organizations.includes(event.organizationId)
      // Defaults are everybody's.
      const common = event.kind === 'catalogue_changed'
      if (own || (admitted && (operator || within || common)))
        listener.send({ kind: event.kind, organizationId: event.organizationId })
    }
  }

  /** Whoever was removed no longer hears of the organization; whoever's session ended hears nothing. */
  private async refresh(): Promise<void> {
    const asked = [...this.listeners.keys()]
    const sessions = [...new Set(asked.map((listener) => listener.session))]
    if (sessions.length === 0) return
    const standings = new Map((await loadStanding(this.db, sessions)).map((standing) => [standing.session, standing]))
    this.checked = Date.now()
    // Whoever came while we asked was looked up when they came; whoever left stays away.
    for (const listener of asked.filter((one) => this.listeners.has(one))) {
      const standing = standings.get(listener.session)
      if (standing) this.listeners.set(listener, standing)
      else this.drop(listener)
    }
  }
}
