import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import type { Database } from '../../platform/db/database'
import type { Keys } from '../../platform/keys'
import { unsealIfPossible } from '../../platform/sealing'
import {
  applied,
  type Change,
  type Connector,
  type Outcome,
  Refused,
  UnreadableSecret,
  type UsedConnection,
} from '../kinds/connector'
import { type Pace, varied } from './delivery-rules'
import {
  type ClaimedConnection,
  claimRows,
  endPause,
  findRows,
  type Mode,
  releaseClaim,
  releaseRows,
  releaseUnrecorded,
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
  /** What could not be given back, because the database was away. It would wait until its claim expires. */
  private kept: GivingBack[] = []

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
    const rows = await this.orGiveBack(
      () => claimRows(db, baseUrl, claim, room, pace),
      // It may have been committed all the same.
      () => releaseClaim(db, claim),
    )
    if (rows.length === 0) return 0
    const connections = await this.orGiveBack(
      () => newestState(this.delivering, rows, claim),
      () => releaseRows(db, rows, claim),
    )
    await Promise.all(connections.map((connection) => this.beginWith(connection, claim)))
    return rows.length
  }

  private async beginWith(connection: ClaimedConnection, claim: string): Promise<void> {
    const { db } = this.delivering
    const target = targetOf(this.delivering, connection)
    const { id, mode, probed, changes } = connection
    const told = changes.filter((change) => !isUnchanged(change) && isAllowedIn(mode, change))
    // What it was when it was claimed has changed: it waits until the connection may do more.
    const waiting = changes.filter((change) => !isUnchanged(change) && !isAllowedIn(mode, change))
    if (waiting.length > 0) await this.giveBack(() => releaseRows(db, rowsOf(id, waiting), claim))
    for (const change of changes)
      if (isUnchanged(change)) this.inProgress.follow(id, saveUnchanged(db, id, claim, change))
    for (const change of probed ? told.slice(0, 1) : told)
      this.inProgress.follow(id, deliverClaimed(this.delivering, target, claim, change))
    if (!probed) return
    // One was only known to have something to tell since it was claimed.
    if (told.length > 1) await this.giveBack(() => releaseRows(db, rowsOf(id, told.slice(1)), claim))
    if (told.length === 0) await endPause(db, id)
  }

  /** Gives back what could not be before. */
  async giveBackKept(): Promise<void> {
    for (const release of this.kept.splice(0)) await this.giveBack(release)
  }

  private async orGiveBack<Result>(work: () => Promise<Result>, release: GivingBack): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      await this.giveBack(release)
      throw error
    }
  }

  private async giveBack(release: GivingBack): Promise<void> {
    await release().catch(() => this.kept.push(release))
  }
}

/** Gives back claimed rows of which the service was not told. */
type GivingBack = () => Promise<unknown>

const rowsOf = (connectionId: string, changes: Change[]): LedgerRow[] =>
  changes.map(({ accountId }) => ({ connectionId, accountId }))

const isUnchanged = ({ desired, known, drifted, uncertain }: Change): boolean =>
  !drifted && !uncertain && isDeepStrictEqual(desired, known)

/** As `isAllowed` in store.ts says it of rows. */
const isAllowedIn = (mode: Mode, { desired, known }: Change): boolean =>
  mode === 'on' || (mode === 'grant' && desired !== null && (known === null || known.membership === desired.membership))

/** What people should have is asked again now: an end date may have passed, and the newest state is what counts. */
async function newestState({ db, baseUrl }: Delivering, rows: LedgerRow[], claim: string) {
  await enqueueDue(db, baseUrl, rows)
  return findRows(db, rows, claim)
}

export const targetOf = (
  { keys }: Pick<Delivering, 'keys'>,
  { id, kind, service, epoch, settings, sealed }: Omit<ClaimedConnection, 'mode' | 'probed' | 'changes'>,
): UsedConnection => ({
  id,
  kind,
  service,
  epoch,
  settings,
  secrets() {
    const [newest, ...former] = sealed.map((one) =>
      unsealIfPossible(Buffer.from(one, 'base64'), id, keys, 'connectionSealing'),
    )
    if (newest === null) throw new UnreadableSecret('the secret of a connection cannot be decrypted')
    // A former one that can't be decrypted is the reason why it was replaced.
    return [newest, ...former].filter((secret) => typeof secret === 'string')
  },
})

/** The database may be gone. */
const untilItExpires = () => undefined

async function deliverClaimed(delivering: Delivering, target: UsedConnection, claim: string, change: Change) {
  try {
    await deliver(delivering, target, claim, change)
  } catch (error) {
    const { db, pace } = delivering
    await releaseUnrecorded(db, target.id, claim, change, pace.schedule[0]!).catch(untilItExpires)
    throw error
  }
}

async function deliver(delivering: Delivering, target: UsedConnection, claim: string, change: Change): Promise<void> {
  const { db, pace } = delivering
  const attempt = await attemptNow(delivering, target, change)
  const observes = connectorOf(delivering, target).observe !== undefined
  if (attempt.code === applied) return void (await saveApplied(db, target.id, claim, change, attempt, observes))
  const waits = varied(pace.schedule, Math.random())
  await saveFailedAttempt(db, target.id, claim, attempt, { waits, pause: pace.pause })
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

/** These outcomes name what is missing: a name that an operator entered, or a right. Other answers may be the service’s words. */
const namesWhat = (code: string): boolean =>
  /^(right_missing|\w+_unknown|counter_invalid|limit_unregistered)$/.test(code)

/** As an operator who asked for it learns it. */
export const outcomeForOperator = ({ code, status, milliseconds, answer }: Timed) => ({
  outcome: code,
  status: status ?? null,
  milliseconds,
  detail: namesWhat(code) ? (answer ?? null) : null,
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
