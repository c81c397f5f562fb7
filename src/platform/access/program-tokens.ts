import { hash, randomBytes } from 'node:crypto'

/** What kind of program a token identifies, by how the token begins. */
export const tokenPrefixes = { personal: 'ghp', organization: 'gho' } as const

/**
 * `ghp_` or `gho_`, eight characters by which people recognize the token, and 32 random bytes. Underscores separate the
 * parts, so a double click selects all of it, and secret scanners can find it.
 */
const format = /^gh[po]_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/

export interface NewToken {
  /** Shown once, and stored nowhere. */
  token: string
  prefix: string
  hash: string
}

export function newToken(kind: keyof typeof tokenPrefixes): NewToken {
  const prefix = `${tokenPrefixes[kind]}_${randomBytes(4).toString('hex')}`
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { token, prefix, hash: hashOf(token) }
}

const hashOf = (token: string): string => hash('sha256', token, 'base64url')

/** The digest by which the database knows a token; empty if the text cannot be one. */
export const tokenDigest = (text: string): string => (format.test(text) ? hashOf(text) : '')
