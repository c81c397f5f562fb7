import type { Database } from '../db/database'
import { type FeedRow, loadEnd, loadNew, loadStanding, type Position } from './feed-store'
import type { StreamMessage } from './schema'

/** How often events of other processes are looked for while somebody listens, in milliseconds. Our own are told at once. */
const interval = 500
/** How often listeners' sessions and memberships are looked up again, in milliseconds. */
const recheck = 15_000

export interface Listener {
  session: string
  send(message: StreamMessage): void
  close(): void
}

/**
 * Follows the events table and tells each listener that something of theirs changed: what happened in their
 * organization, or to themselves; operators hear of everything. Only the kind is told, so the worst that a
 * late look-up of a listener's standing can leak is that something happened.
 */
export class Feed {
  private readonly listeners = new Map<
    Listener,
    { accountId: string; organizationId: string | null; operator: boolean }
  >()
  private position: Position | undefined
  private timer: NodeJS.Timeout | undefined
  private checked = 0
  private running = false
  private again = false
  private stopped = false
  private readonly others: (() => void)[] = []

  constructor(private readonly db: Database) {}

  /** For whoever else wants to look at once where something was written by this process. */
  whenAnnounced(look: () => void): void {
    this.others.push(look)
  }

  /** Adds a listener, if its session is one. The feed calls `close` when the session ends. */
  async listen(listener: Listener): Promise<boolean> {
    const [standing] = await loadStanding(this.db, [listener.session])
    if (!standing || this.stopped) return false
    this.position ??= await loadEnd(this.db)
    this.listeners.set(listener, standing)
    this.schedule()
    return true
  }

  leave(listener: Listener): void {
    this.listeners.delete(listener)
  }

  /** A session ended in this process: its listeners hear nothing more. */
  hangUp(session: string): void {
    for (const listener of this.listeners.keys()) {
      if (listener.session !== session) continue
      this.listeners.delete(listener)
      listener.close()
    }
  }

  /** Something was written by this process: look at once. */
  announce(): void {
    if (this.listeners.size > 0) void this.look()
    for (const look of this.others) look()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    for (const listener of this.listeners.keys()) listener.close()
    this.listeners.clear()
  }

  private schedule(): void {
    clearTimeout(this.timer)
    if (this.stopped) return
    if (this.listeners.size === 0) {
      this.position = undefined
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
      const events = await loadNew(this.db, this.position ?? (await loadEnd(this.db)))
      for (const event of events) this.tell(event)
      const last = events.at(-1)
      if (last) this.position = { transaction: last.transaction, position: last.position }
      if (events.length > 0 || Date.now() - this.checked > recheck) await this.refresh()
    } catch {
      // The database is away. Listeners keep their connection and hear of everything when it is back.
    }
    this.running = false
    if (this.again) {
      this.again = false
      void this.look()
    } else this.schedule()
  }

  private tell(event: FeedRow): void {
    for (const [listener, { accountId, organizationId, operator }] of this.listeners) {
      const concerned = operator || event.actorId === accountId || event.subjectId === accountId
      const within = organizationId !== null && event.organizationId === organizationId
      // Defaults are everybody's.
      const common = event.kind === 'catalogue_changed'
      if (concerned || within || common) listener.send({ kind: event.kind, organizationId: event.organizationId })
    }
  }

  /** Whoever was removed no longer hears of the organization; whoever's session ended hears nothing. */
  private async refresh(): Promise<void> {
    this.checked = Date.now()
    const asked = [...this.listeners.keys()]
    const sessions = [...new Set(asked.map((listener) => listener.session))]
    if (sessions.length === 0) return
    const standings = new Map((await loadStanding(this.db, sessions)).map((standing) => [standing.session, standing]))
    // Whoever came while we asked was looked up when they came; whoever left stays away.
    for (const listener of asked.filter((one) => this.listeners.has(one))) {
      const standing = standings.get(listener.session)
      if (standing) this.listeners.set(listener, standing)
      else {
        this.listeners.delete(listener)
        listener.close()
      }
    }
  }
}
