import { availableParallelism } from 'node:os'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Bulkhead } from '../../platform/bulkhead'

/**
 * A hash takes 32 MB and a core for a good part of a tenth of a second: without a bound, a hundred people who sign in
 * at once would be a way to stop the server. Node computes them in four threads, of which one stays for reading files.
 */
const atOnce = Math.min(availableParallelism(), 3)
const atMostWaiting = 32

/** How passwords are kept. */
export interface Hashing {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** Better Auth's own hashes (scrypt). */
export const usualHashing: Hashing = { hash: hashPassword, verify: verifyPassword }

/** Hashes a few at a time. */
export function boundedPasswords({ hash, verify }: Hashing): Hashing {
  const turns = new Bulkhead(atOnce, atMostWaiting)
  return {
    hash: (password) => turns.run(() => hash(password)),
    verify: (given) => turns.run(() => verify(given)),
  }
}
