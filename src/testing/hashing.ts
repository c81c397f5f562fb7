import { randomBytes, scryptSync } from 'node:crypto'
import type { Hashing } from '../sessions/passwords'

const keyOf = (password: string, salt: string): string =>
  scryptSync(password.normalize('NFKC'), salt, 64, { N: 2, r: 1, p: 1 }).toString('hex')

/** As passwords are kept, at the least cost: a tenth of a second each would be most of what many tests take. */
export const quickHashing: Hashing = {
  async hash(password) {
    const salt = randomBytes(16).toString('hex')
    return `${salt}:${keyOf(password, salt)}`
  },
  async verify({ hash, password }) {
    const [salt = '', key] = hash.split(':')
    return key === keyOf(password, salt)
  },
}
