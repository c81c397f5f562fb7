import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import type { Database } from '../../platform/db/database'
import type { Keys } from '../../platform/keys'
import { unseal } from '../../platform/sealing'
import {
  applied,
  type Change,
  type Connector,
  type Outcome,
  Refused,
  UnreadableSecret,
  type UsedConnection,
} from '../kinds/connector'
import { type Pace, secondsToRetry } from './delivery-rules'
import {
  type ClaimedConnection,
  claimRows,
  findRows,
  releaseRows,
  saveApplied,
  saveAttempt,
  saveFailedAttempt,
  saveUnchanged,
} from './delivery-store'
import { enqueueDue, type LedgerRow } from './enqueueing'
import type { InProgress } from './in-progress'

/** How long all calls for one row may take together, in ms: less than a claim lasts. */
const timeoutMs = 20_000

export interface Delivering {
  db: Database
  keys: Keys
  baseUrl: string
  connectors: Partial<Record<string, Connector>>
  pace: Pace
}

/** Tells services what has changed. */
export class Deliveries {
  constructor(
    private readonly delivering: Delivering,
    private readonly inProgress: InProgress,
  ) {}

  /** Begins with as many of the rows that are due as there is room for. Returns how many. */
  async begin(): Promise<number> {
    const { db, baseUrl, pace } = this.delivering
    const room = this.inProgress.room()
    if (room.inAll <= 0) return 0
    const claim = uuid()
    const rows = await claimRows(db, baseUrl, claim, room, pace)
    if (rows.length === 0) return 0
    for (const connection of await newestState(this.delivering, rows, claim)) {
      const target = targetOf(this.delivering, connection)
      for (const change of connection.changes)
        this.inProgress.follow(target.id, deliverClaimed(this.delivering, target, claim, change))
    }
    return rows.length
  }
}

/** What people should have is asked again now: an end date may have passed, and the newest state is what counts. */
async function newestState({ db, baseUrl }: Delivering, rows: LedgerRow[], claim: string) {
  try {
    await enqueueDue(db, baseUrl, rows)
    return await findRows(db, rows, claim)
  } catch (error) {
    await release(db, rows, claim, { told: false, retry: 0 })
    throw error
  }
}

export const targetOf = (
  { keys }: Pick<Delivering, 'keys'>,
  { id, kind, service, epoch, settings, sealed }: Omit<ClaimedConnection, 'changes'>,
): UsedConnection => ({
  id,
  kind,
  service,
  epoch,
  settings,
  secrets() {
    try {
      return sealed.map((one) => unseal(Buffer.from(one, 'base64'), id, keys, 'connectionSealing'))
    } catch (cause) {
      throw new UnreadableSecret('a secret of a connection cannot be decrypted', { cause })
    }
  },
})

/** Where the database is gone, the claim expires. */
const release: typeof releaseRows = (...of) => releaseRows(...of).catch(() => [])

async function deliverClaimed(delivering: Delivering, target: UsedConnection, claim: string, change: Change) {
  try {
    await deliver(delivering, target, claim, change)
  } catch (error) {
    const row = { connectionId: target.id, accountId: change.accountId }
    const { db, pace } = delivering
    await release(db, [row], claim, { told: true, retry: secondsToRetry(0, pace.schedule, Math.random()) })
    throw error
  }
}

async function deliver(delivering: Delivering, target: UsedConnection, claim: string, change: Change): Promise<void> {
  const { db, pace } = delivering
  const { desired, known, drifted, uncertain } = change
  if (!drifted && !uncertain && isDeepStrictEqual(desired, known))
    return void (await saveUnchanged(db, target.id, claim, change))
  const attempt = await attemptNow(delivering, target, change)
  const observes = connectorOf(delivering, target).observe !== undefined
  if (attempt.code === applied) return void (await saveApplied(db, target.id, claim, change, attempt, observes))
  const seconds = secondsToRetry(change.attempts, pace.schedule, Math.random())
  await saveFailedAttempt(db, target.id, claim, attempt, { retry: seconds, pause: pace.pause })
}

type Timed = Outcome & { milliseconds: number }

async function attemptNow(delivering: Delivering, target: UsedConnection, change: Change) {
  const outcome = await timed((signal) => connectorOf(delivering, target).apply(target, change, signal))
  const { accountId, version } = change
  return { ...outcome, accountId, version }
}

/** One attempt to apply a change, which is recorded. */
export async function applyNow(delivering: Delivering, target: UsedConnection, change: Change): Promise<Timed> {
  const attempt = await attemptNow(delivering, target, change)
  await saveAttempt(delivering.db, target.id, attempt)
  return attempt
}

/** Whether the service can be reached and accepts us, which is recorded too. */
export async function checkNow(delivering: Delivering, target: UsedConnection): Promise<Timed> {
  const outcome = await timed((signal) => connectorOf(delivering, target).check(target, signal))
  await saveAttempt(delivering.db, target.id, { ...outcome, accountId: null, version: null })
  return outcome
}

/** As an operator who asked for it learns it. */
export const outcomeForOperator = ({ code, status, milliseconds, answer }: Timed) => ({
  outcome: code,
  status: status ?? null,
  milliseconds,
  detail: code === 'right_missing' ? (answer ?? null) : null,
})

export function connectorOf({ connectors }: Delivering, { kind }: UsedConnection): Connector {
  const connector = connectors[kind]
  if (!connector) throw new Error(`there is no connector for ${kind}`)
  return connector
}

/** How calls ended that an error ended. */
export function outcomeOfError(error: unknown): Outcome {
  if (error instanceof Refused) return error.outcome
  if (error instanceof UnreadableSecret) return { code: 'secret_unreadable', broken: true }
  return { code: 'failed' }
}

async function timed(call: (signal: AbortSignal) => Promise<Outcome>): Promise<Timed> {
  const begun = performance.now()
  const outcome = await withinTime(call).catch(outcomeOfError)
  return { ...outcome, milliseconds: Math.round(performance.now() - begun) }
}

/** One signal for the whole chain of calls. */
export const withinTime = <Result>(call: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
  call(AbortSignal.timeout(timeoutMs))

/** The kinds whose connector has this function. */
export const kindsThat = (connectors: Delivering['connectors'], can: 'observe' | 'list'): string[] =>
  Object.keys(connectors).filter((kind) => connectors[kind]?.[can] !== undefined)
