import { type AccountChange, listChanges } from '../src/connections/change-feed/schema'
import { listHolders } from '../src/connections/questions/schema'
import { sql } from '../src/platform/db/sql'
import { loadEvents } from '../tests/model/access-steps'
import { EventReplay, micros } from '../tests/model/entitlements'
import { brokenInvariants } from '../tests/support/invariants'
import { TokenHolder } from '../tests/support/token-holder'
import type { AccessSite } from './access-site'
import type { State } from './hub'

/** What accounts may use, each as a text, so that sources can be compared. */
export type Rights = Map<string, string>

const serviceOf = (site: AccessSite) => new TokenHolder({ url: site.url() }, site.key)
const until = (moment: string | null) => moment && micros(moment)

/** What the service is answered now. */
export async function entitled(site: AccessSite): Promise<Rights> {
  const rights: Rights = new Map()
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await serviceOf(site).call(listHolders, { limit: 500, ...(cursor && { cursor }) })
    for (const { accountId, usable, organization, access, quota } of items)
      if (usable) rights.set(accountId, textOf(organization?.id ?? null, access!, quota!))
    if (next === null) return rights
    cursor = next
  }
}

interface Role {
  key: string
  until: string | number | null
}
const textOf = (organizationId: string | null, access: Role, quota: Role): string =>
  [organizationId, ...[access, quota].flatMap((role) => [role.key, momentOf(role.until)])].join(' ')
const momentOf = (moment: string | number | null) => (typeof moment === 'string' ? until(moment) : moment)

/** Compares what a connection made known with what is right, for every account that either knows. */
export function sameFor(name: string, wanted: Rights, known: Map<string, Pick<State, 'held'>>) {
  const accounts = new Set([...wanted.keys(), ...known.keys()])
  const wrong = [...accounts].flatMap((accountId) => {
    const held = known.get(accountId)?.held
    const has = held ? textOf(held.organizationId, held.access, held.quota) : undefined
    return has === wanted.get(accountId) ? [] : [`${name}, ${accountId}: ${has} instead of ${wanted.get(accountId)}`]
  })
  return { pairs: accounts.size, wrong }
}

/** A service that reads the feed by its cursor, from one server after the other. */
export class Follower {
  /** Versions that did not come in their order. */
  readonly disorder: string[] = []
  private readonly known = new Map<string, AccountChange>()
  private cursor: string | undefined
  private last = 0

  constructor(private readonly site: AccessSite) {}

  async read(): Promise<boolean> {
    const after = this.cursor ? { after: this.cursor } : {}
    const { items, cursor, more } = await serviceOf(this.site).call(listChanges, { limit: 7, ...after })
    for (const change of items) {
      if (change.version <= this.last) this.disorder.push(`${change.version} after ${this.last}`)
      this.last = change.version
      this.known.set(change.accountId, change)
    }
    this.cursor = cursor
    return more
  }

  async toTheEnd(): Promise<Map<string, AccountChange>> {
    while (await this.read());
    return this.known
  }
}

export interface Ended {
  /** Accounts of which the events say something else than the service is answered. */
  unlikeEvents: string[]
  /** Ends of access in the ledger of the webhook, and those of them that the service has not confirmed. */
  ends: number
  unproved: number
  broken: string[]
}

/** Looks into the database after all servers have stopped. */
export async function endOf(site: AccessSite, told: Rights): Promise<Ended> {
  const db = await site.open()
  try {
    const events = await loadEvents({ db })
    const replay = new EventReplay(events, Date.now() * 1000)
    const disabled = new Set<string>()
    for (const { kind, subject } of events) {
      if (kind === 'account_disabled') disabled.add(subject!)
      if (kind === 'account_enabled') disabled.delete(subject!)
    }
    const accounts = await db.rows<{ id: string }>(sql`select id from accounts`)
    const unlikeEvents = accounts.flatMap(({ id }) => {
      const { access, quota } = replay.holdingsOf(id).maps ?? {}
      const usable = !disabled.has(id) && access && quota
      const role = (held: NonNullable<typeof access>) => ({ key: held.role.key, until: held.until })
      const says = usable ? textOf(replay.acceptedOf(id)?.id ?? null, role(access), role(quota)) : undefined
      return says === told.get(id) ? [] : [`${id}: ${says} instead of ${told.get(id)}`]
    })
    const { ends, unproved } = await db.only<{ ends: number; unproved: number }>(sql`
      select count(*)::int as ends, (count(*) filter (where p.applied is not null or p.uncertain or p.proved_at is null))::int as unproved
      from propagations p join connections c on c.id = p.connection_id where c.kind = 'webhook' and p.desired is null`)
    return { unlikeEvents, ends, unproved, broken: await brokenInvariants(db) }
  } finally {
    await db.pool.end()
  }
}
