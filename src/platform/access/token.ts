import { hash } from 'node:crypto'

/**
 * What the database keeps of a session token. The token has 190 random bits, so a plain hash is enough: it cannot be
 * guessed, and nobody can sign in with what a copy of the database holds.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}
