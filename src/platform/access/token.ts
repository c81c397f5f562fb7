import { hash } from 'node:crypto'

/**
 * The digest of a session token, as stored in the database. The token has 190 random bits and cannot be guessed, so a
 * plain hash is enough. A copy of the database contains nothing that can be used to sign in.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}
