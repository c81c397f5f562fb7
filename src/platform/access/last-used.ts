import type { Database } from '../db/database'
import { sql } from '../db/sql'
import type { Credential } from './credential'

/** How long uses are collected, in ms. Uses not saved when the process ends are recorded by the next request. */
const pause = 1000

/** Records which sessions, tokens and service keys are used. No request waits for it, and one statement records many uses. */
export class LastUsedTracker {
  private readonly waiting = { session: new Set<string>(), token: new Set<string>(), serviceKey: new Set<string>() }
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly db: Database) {}

  note(kind: Credential['kind'], id: string): void {
    this.waiting[kind].add(id)
    this.timer ??= setTimeout(() => void this.save(), pause).unref()
  }

  private async save(): Promise<void> {
    this.timer = undefined
    for (const kind of ['session', 'token', 'serviceKey'] as const) {
      const ids = [...this.waiting[kind]]
      this.waiting[kind].clear()
      if (ids.length > 0) await saveLastUsed(this.db, kind, ids).catch(() => undefined)
    }
  }

  /** Stops recording. */
  stop(): void {
    clearTimeout(this.timer)
  }
}

const tables = { session: sql`sessions`, token: sql`tokens`, serviceKey: sql`service_keys` }

/** Records that they were used, except what somebody else is changing: it waits for no lock, so it stands in no one's way. */
export const saveLastUsed = (db: Database, kind: Credential['kind'], ids: string[]) =>
  db.rows(sql`
    update ${tables[kind]} set last_used_at = now() where id in (
      select id from ${tables[kind]}
      where id = any(${ids}::uuid[]) and coalesce(last_used_at < now() - interval '1 minute', true) for no key update skip locked)`)
