import { hash } from 'node:crypto'

/**
 * The digest of a token or of a client's secret, as stored in the database. They are random (190 bits and more) and cannot be
 * guessed, so a plain hash is enough. A copy of the database contains nothing that can be used to sign in.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}
