/** The times of the ledger, in seconds. */
export interface Pace {
  /** How long to wait after a failure; then the last one again and again. Nothing is ever given up. */
  schedule: number[]
  /** How long a connection pauses that keeps failing. Then a single attempt at a time finds out whether it works again. */
  pause: number
  /** How long a worker has for what it has claimed. Every call to a service ends well before. */
  claim: number
  /** How often the ledger of a connection is compared with all entitlements. */
  resync: number
}

export const usualPace: Pace = {
  schedule: [1, 5, 30, 120, 600, 1800, 3600],
  pause: 30,
  claim: 60,
  resync: 300,
}

/** Waits vary by a tenth, so that many rows that failed at once are not due at once. */
export const varied = (schedule: number[], random: number): number[] =>
  schedule.map((seconds) => seconds * (0.95 + random / 10))

/** So many failures in a row pause a connection. */
export const mostFailures = 5
