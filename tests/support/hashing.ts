import { randomBytes, scrypt } from 'node:crypto'
import type { Hashing } from '../../src/identity/authentication/passwords'

/** Parameters of `scrypt`. */
export interface Cost {
  N: number
  r: number
  p: number
}

/** For tests that do not concern passwords: a tenth of a second per hash would be most of their time. */
export const leastCost: Cost = { N: 2, r: 1, p: 1 }

/** An eighth of the usual cost: still several times longer than a transaction, and so slow enough for race tests. */
export const anEighth: Cost = { N: 2048, r: 16, p: 1 }

/** Hashes passwords in the stored format, at this cost. */
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

/** The `NODE_OPTIONS` of a separate server process that hashes passwords at this cost. */
export function nodeHashingAt(cost: Cost): string {
  const program = `
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
const { scrypt } = crypto
crypto.scrypt = (password, salt, length, cost, done) => scrypt(password, salt, length, ${JSON.stringify(cost)}, done)
syncBuiltinESMExports()`
  return `--import data:text/javascript,${encodeURIComponent(program)}`
}
