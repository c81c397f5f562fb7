import { hash } from 'node:crypto'

/**
 * The digest that the database stores for a session token. The token has 190 random bits, so a plain hash is enough: it
 * cannot be guessed, and a copy of the database contains nothing to sign in with.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}
