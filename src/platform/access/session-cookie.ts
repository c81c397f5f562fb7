import { everyKey, type Keys, keyedHash, sameBytes } from '../keys'
import { hashToken } from './token'

/** The `__Host-` prefix makes browsers require https and this exact host. */
export const cookiePrefix = (baseUrl: string): string =>
  baseUrl.startsWith('https:') ? '__Host-guildhall' : 'guildhall'

export const cookieName = (baseUrl: string): string => `${cookiePrefix(baseUrl)}_session`

/** A request's headers without the session cookie: for signing in while another session exists. */
export function withoutSession(headers: Headers, baseUrl: string): Headers {
  const others = (headers.get('cookie') ?? '').split(/; */).filter((one) => !one.startsWith(`${cookieName(baseUrl)}=`))
  const copy = new Headers(headers)
  copy.set('cookie', others.join('; '))
  return copy
}

/**
 * The session token in Better Auth's cookie (`token.signature`), or an empty string if none of our secrets signed it.
 */
export function tokenOf(cookie: string | undefined, keys: Keys): string {
  const [token, signature, ...rest] = (cookie ?? '').split('.')
  if (!token || !signature || rest.length > 0) return ''
  const given = Buffer.from(signature, 'base64')
  return everyKey(keys).some(({ sessions }) => sameBytes(given, keyedHash(sessions, token))) ? token : ''
}

/** The digest by which the database knows a token's session. An empty string, which no session has, for no token. */
export const sessionOf = (token: string): string => token && hashToken(token)

/** The cookie value of a session, signed with the newest secret: the only one that Better Auth signs with. */
export function signedSession(token: string, keys: Keys): string {
  return encodeURIComponent(`${token}.${keyedHash(keys.sessions, token).toString('base64')}`)
}
