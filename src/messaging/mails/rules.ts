import type { Mail } from './schema'
import { withSecret } from './templates'

/** Minutes until the next attempt, after the first failure, the second … After the last there is none: two days in all. */
export const delays = [1, 5, 15, 60, 240, 480, 720, 1440]

/**
 * A given-up mail whose link carries a secret has lost it: a new one has to be asked for. One that is for nothing any
 * more would only be given up again.
 */
export function canRetry({ state, template, ended }: Pick<Mail, 'state' | 'template'> & { ended: boolean }): boolean {
  if (ended) return false
  return state === 'waiting' || (state === 'given_up' && !withSecret.includes(template))
}

export interface Failure {
  /** In the mail server's words. */
  reason: string
  /** Trying again will not help. */
  permanent: boolean
}

/** When to try again, in minutes; null to give up. */
export function decideRetry(attempts: number, { permanent }: Failure): number | null {
  return permanent ? null : (delays[attempts - 1] ?? null)
}
