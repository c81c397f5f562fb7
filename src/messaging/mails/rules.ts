import type { Mail } from './schema'
import { withSecret } from './templates'

/**
 * Minutes until the next attempt after the first failure, the second, and so on: two days in total, then the mail is
 * given up.
 */
export const delays = [1, 5, 15, 60, 240, 480, 720, 1440]

/**
 * A mail whose link carries a secret has lost that secret when it was given up: a new mail must be requested. A mail
 * whose purpose has ended would only be given up again.
 */
export function canRetry({ state, template, ended }: Pick<Mail, 'state' | 'template'> & { ended: boolean }): boolean {
  if (ended) return false
  return state === 'waiting' || (state === 'given_up' && !withSecret.includes(template))
}

export interface Failure {
  /** In the mail server's words. */
  reason: string
  /** A retry will not help. */
  permanent: boolean
}

/** Minutes until the next attempt; null to give up. */
export function decideRetry(attempts: number, { permanent }: Failure): number | null {
  return permanent ? null : (delays[attempts - 1] ?? null)
}
