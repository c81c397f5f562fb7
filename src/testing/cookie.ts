import { type Keys, keyedHash } from '../keys'
import { cookieName } from '../sessions/auth'

/** The cookie of a session with this token, as the server would have signed it. */
export function cookieFor(token: string, keys: Keys, baseUrl: string): string {
  const signature = keyedHash(keys.sessions, token).toString('base64')
  return `${cookieName(baseUrl)}=${encodeURIComponent(`${token}.${signature}`)}`
}
