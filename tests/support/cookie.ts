import { cookieName, signedSession } from '../../src/platform/access/session-cookie'
import type { Keys } from '../../src/platform/keys'

/** The cookie of a session with this token, signed as the server would sign it. */
export function cookieFor(token: string, keys: Keys, baseUrl: string): string {
  return `${cookieName(baseUrl)}=${signedSession(token, keys)}`
}
