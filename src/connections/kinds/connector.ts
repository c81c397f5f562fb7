import type { Limit } from '../../roles/services/schema'

/** What an account should have in a service, as the ledger stores it. */
export interface Desired {
  v: 1
  membership: string | null
  organization: string | null
  access: { key: string; until: string | null }
  quota: { key: string; until: string | null; limits: Limit[] }
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
}

/** A connection in use, with its secrets decrypted. */
export interface UsedConnection {
  id: string
  kind: string
  service: string
  epoch: number
  settings: Record<string, string>
  /** The newest secret, and the former one while it is still used. */
  secrets: string[]
}

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

/** A kind of connection. Applying the same change again must be harmless. */
export interface Connector {
  apply(target: UsedConnection, change: Change, signal: AbortSignal): Promise<Outcome>
  /** Whether the service can be reached and accepts us. */
  check(target: UsedConnection, signal: AbortSignal): Promise<Outcome>
}
