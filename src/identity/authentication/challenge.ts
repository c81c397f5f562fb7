import { cookiePrefix } from '../../platform/access/session-cookie'
import { hashToken } from '../../platform/access/token'

/**
 * The challenge of a second factor: the identifier it is stored under, and headers that contain its cookie and no
 * other.
 */
export interface Challenge {
  identifier: string
  headers: Headers
}

/**
 * The challenge of a request. Its cookie is signed, but a forged one matches no row. Better Auth has to check the same
 * challenge whose attempts are counted, however it parses cookies: so a duplicate cookie counts as none, and the header
 * is written again.
 */
export function challengeIn(headers: Headers, baseUrl: string): Challenge | undefined {
  const name = `${cookiePrefix(baseUrl)}.two_factor`
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.split('='))
  const [written, ...others] = pairs
    .filter(([key]) => key!.trim() === name)
    .map(([, ...value]) => value.join('=').trim())
  if (!written || others.length > 0 || !/^[\w.%+/=-]+$/.test(written)) return undefined
  const value = decoded(written)
  if (value === undefined) return undefined
  const copy = new Headers(headers)
  copy.set('cookie', `${name}=${encodeURIComponent(value)}`)
  return { identifier: hashToken(value.split('.')[0]!), headers: copy }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
