import { randomBytes, scrypt } from 'node:crypto'
import type { Hashing } from '../../src/identity/authentication/passwords'

/** As `scrypt` takes it. */
export interface Cost {
  N: number
  r: number
  p: number
}

/** For what has nothing to do with passwords: a tenth of a second each would be most of what many tests take. */
export const leastCost: Cost = { N: 2, r: 1, p: 1 }

/** An eighth of what is usual: still several times what a transaction takes, and so the slow work that races are about. */
export const anEighth: Cost = { N: 2048, r: 16, p: 1 }

/** Hashes passwords as they are kept, at this cost. */
export function hashingAt(cost: Cost): Hashing {
  const keyOf = (password: string, salt: string) =>
    new Promise<string>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, 64, cost, (error, key) =>
        error ? reject(error) : resolve(key.toString('hex')),
      )
    })
  return {
    async hash(password) {
      const salt = randomBytes(16).toString('hex')
      return `${salt}:${await keyOf(password, salt)}`
    },
    async verify({ hash, password }) {
      const [salt = '', key] = hash.split(':')
      return key === (await keyOf(password, salt))
    },
  }
}

export const quickHashing = hashingAt(leastCost)

/** The `NODE_OPTIONS` of a server of its own that hashes passwords at this cost. */
export function nodeHashingAt(cost: Cost): string {
  const program = `
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
const { scrypt } = crypto
crypto.scrypt = (password, salt, length, cost, done) => scrypt(password, salt, length, ${JSON.stringify(cost)}, done)
syncBuiltinESMExports()`
  return `--import data:text/javascript,${encodeURIComponent(program)}`
}
