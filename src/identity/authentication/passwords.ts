import { availableParallelism } from 'node:os'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Bulkhead } from '../../platform/bulkhead'

/**
 * A hash takes 32 MB and a core for a good part of a tenth of a second: without a bound, a hundred concurrent sign-ins
 * could stall the server. Node computes hashes in four threads, of which one stays free for reading files.
 */
const atOnce = Math.min(availableParallelism(), 3)
const atMostWaiting = 32

/** How passwords are hashed and verified. */
export interface Hashing {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** Better Auth's own hashes (scrypt). */
export const usualHashing: Hashing = { hash: hashPassword, verify: verifyPassword }

/** A bulkhead: hashes a few passwords at a time. */
export function boundedPasswords({ hash, verify }: Hashing): Hashing {
  const turns = new Bulkhead(atOnce, atMostWaiting)
  return {
    hash: (password) => turns.run(() => hash(password)),
    verify: (given) => turns.run(() => verify(given)),
  }
}
