import type { Database } from '../../platform/db/database'
import type { Change, Observation, UsedConnection } from '../kinds/connector'
import { saveReached, saveUnlisted } from './connection-health'
import { connectorOf, type Delivering, kindsThat, outcomeOfError, targetOf, withinTime } from './deliveries'
import { findConnection, findRows, saveAttempt } from './delivery-store'
import type { InProgress } from './in-progress'
import { claimListing, claimObservations, saveListing, saveObserved, saveUnobserved } from './observation-store'

/** How long a listing of everything in a service may take, in ms. */
const listingMs = 300_000

/** Looks whether services still are as they were left: people there can change what Guildhall applied. */
export class Observations {
  constructor(
    private readonly delivering: Delivering,
    private readonly inProgress: InProgress,
  ) {}

  /** Begins to look at as many of the rows that are due as there is room for. Returns how many. */
  async begin(): Promise<number> {
    const { db, baseUrl, connectors, pace } = this.delivering
    const room = this.inProgress.room()
    if (room.inAll <= 0) return 0
    const rows = await claimObservations(db, baseUrl, kindsThat(connectors, 'observe'), room, pace)
    if (rows.length === 0) return 0
    for (const connection of await findRows(db, rows)) {
      const target = targetOf(this.delivering, connection)
      for (const change of connection.changes)
        this.inProgress.follow(target.id, observe(this.delivering, target, change))
    }
    return rows.length
  }

  /** Lists what services have as a whole, where that is due. */
  async list(): Promise<void> {
    const { db, baseUrl, connectors } = this.delivering
    for (;;) {
      const claimed = await claimListing(db, baseUrl, kindsThat(connectors, 'list'))
      if (!claimed) return
      const found = await findConnection(db, claimed.id)
      if (found) this.inProgress.follow(claimed.id, list(this.delivering, targetOf(this.delivering, found)))
    }
  }
}

async function observe(delivering: Delivering, target: UsedConnection, change: Change): Promise<void> {
  const { db } = delivering
  const begun = performance.now()
  const seen = await look(delivering, target, change)
  if (!seen) return void (await saveUnobserved(db, target.id, change))
  if (seen.differences.length > 0) await recordDrift(db, target, change, seen.differences, performance.now() - begun)
  await saveObserved(db, target.id, change, seen)
}

/** What should be there is what was applied. */
const look = (delivering: Delivering, target: UsedConnection, change: Change): Promise<Observation | undefined> =>
  withinTime((signal) =>
    connectorOf(delivering, target).observe!(target, { ...change, desired: change.known }, signal),
  ).catch(() => undefined)

const recordDrift = (
  db: Database,
  target: UsedConnection,
  { accountId, version }: Change,
  differences: string[],
  took: number,
) =>
  saveAttempt(db, target.id, {
    ...{ accountId, version, code: 'drifted', milliseconds: Math.round(took) },
    // Codes of ours: the service's own words could contain a secret.
    answer: differences.join(', '),
  })

async function list(delivering: Delivering, target: UsedConnection): Promise<void> {
  const { db, pace } = delivering
  const names: string[] = []
  try {
    for await (const page of connectorOf(delivering, target).list!(target, AbortSignal.timeout(listingMs)))
      names.push(...page)
  } catch (error) {
    return void (await saveUnlisted(db, target.id, outcomeOfError(error), pace.pause))
  }
  await saveListing(db, target.id, names)
  await saveReached(db, target.id)
}
