import type { Limit } from '../../roles/services/schema'

/** What an account should have in a service, as the ledger stores it. */
export interface Desired {
  v: 1
  membership: string | null
  organization: string | null
  access: { key: string; until: string | null }
  quota: { key: string; until: string | null; limits: Limit[] }
  /** For services that give S3 keys: those of the person. */
  keys?: { id: string; secret: number; until: string | null }[]
  /** For systems that keep names and addresses. */
  person?: { firstName: string; lastName: string; email: string; emailVerified: boolean }
  /** For gateways: which numbers of the quota role they limit, by the keys of the numbers. */
  limited?: { bytes: string | null; objects: string | null }
}

/** One account's newest state, to be applied in the service. */
export interface Change {
  accountId: string
  version: number
  at: string
  /** Null to take everything away. */
  desired: Desired | null
  /** What was applied last; null for nothing. */
  known: Desired | null
  /** How many attempts have failed in a row. */
  attempts: number
  /** Whether the service was found to differ from what was applied. */
  drifted: boolean
  /** Whether a failed or interrupted attempt may have been applied, so that `known` may be out of date. */
  uncertain: boolean
}

/** A connection in use. */
export interface UsedConnection {
  id: string
  kind: string
  service: string
  epoch: number
  settings: Record<string, string>
  /** The newest secret, and the former one while it is still used. Throws `UnreadableSecret`. */
  secrets(): string[]
}

/** A secret of a connection that no secret of this site decrypts, as after a restore with other keys. */
export class UnreadableSecret extends Error {}

/** How one attempt ended. `request` and `answer` are kept for operators, and contain no secret. */
export interface Outcome {
  /** `applied`, or why it failed: a code. */
  code: string
  /** Whether the connection itself is broken, rather than this one change refused. */
  broken?: boolean
  status?: number
  request?: object
  answer?: string
}

export const applied = 'applied'

/** Ends a chain of calls with the outcome that it failed with. */
export class Refused extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.code)
  }
}

/**
 * What a look into the service found. `differences` are codes of what differs from what was applied, which applying once
 * more corrects. `strangers` are names of what Guildhall did not make; it is reported and left alone.
 */
export interface Observation {
  differences: string[]
  strangers: string[]
}

/**
 * A kind of connection. Applying the same change again must be harmless. Each function may throw instead of answering, a
 * `Refused` if it knows why.
 */
export interface Connector {
  apply(target: UsedConnection, change: Change, signal: AbortSignal): Promise<Outcome>
  /** Whether the service can be reached and accepts us. */
  check(target: UsedConnection, signal: AbortSignal): Promise<Outcome>
  /** Compares the service with what was applied for an account. Left out if the kind cannot look. */
  observe?(target: UsedConnection, change: Change, signal: AbortSignal): Promise<Observation>
  /** Pages of the names of everything in the service, ours or not. Throws where the listing is not whole. */
  list?(target: UsedConnection, signal: AbortSignal): AsyncIterable<string[]>
}
