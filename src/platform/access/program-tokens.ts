import { randomBytes } from 'node:crypto'
import { hashToken } from './token'

/** Whom a token identifies, by how it begins: a person's or an organization's program, or a service. */
const prefixes = { personal: 'ghp', organization: 'gho', service: 'ghs' } as const

/**
 * `ghp_`, `gho_` or `ghs_`, eight characters by which people recognize the token, and 32 random bytes. Underscores separate the
 * parts, so a double click selects all of it, and secret scanners can find it.
 */
const format = { token: /^gh[po]_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/, serviceKey: /^ghs_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/ }

export interface NewToken {
  /** Shown once, and stored nowhere. */
  token: string
  prefix: string
  hash: string
}

export function newToken(kind: keyof typeof prefixes): NewToken {
  const prefix = `${prefixes[kind]}_${randomBytes(4).toString('hex')}`
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { token, prefix, hash: hashToken(token) }
}

/** The digest by which the database knows a token or a service's key; empty if the text cannot be one. */
export const tokenDigest = (kind: keyof typeof format, text: string): string =>
  format[kind].test(text) ? hashToken(text) : ''
