import { cookiePrefix } from '../../platform/access/session-cookie'
import { hashToken } from '../../platform/access/token'

/** The challenge of a second factor: what it is kept under, and headers that carry it and no other cookie. */
export interface Challenge {
  identifier: string
  headers: Headers
}

/**
 * The challenge that a request carries. Its cookie is signed, but a forged one finds nothing. Better Auth is to look at the
 * very challenge whose tries are counted, however cookies are read: so one that comes twice is none, and it is written anew.
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
