/**
 * What Node is started with so that passwords are hashed at the least cost. Registering and signing in hash one each, for
 * a good part of a tenth of a second: of everybody whom a journey takes as given that would be a fifth of its time.
 */
const program = `
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
const { scrypt } = crypto
crypto.scrypt = (password, salt, length, cost, done) => scrypt(password, salt, length, { N: 2, r: 1, p: 1 }, done)
syncBuiltinESMExports()`
export const quickHashing = `--import data:text/javascript,${encodeURIComponent(program)}`
