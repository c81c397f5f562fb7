import type { FastifyRequest } from 'fastify'
import type { Credential } from '../access/credential'
import { sessionOf, signedSession, tokenOf } from '../access/session-cookie'
import type { Keys } from '../keys'
import { sourceOf } from '../limits/source'
import { accountHeader, type Endpoint } from './endpoint'
import type { Caller } from './flow'
import { bearerToken, presentedCredential } from './presented-credential'

/**
 * The caller of a request. A class rather than an object with getters: V8 makes a hidden class for each such object, and
 * that keeps the whole request in memory until the next full garbage collection.
 */
export class RequestCaller implements Caller {
  readonly session: string
  readonly credential: Credential
  readonly account: string | undefined
  private readonly token: string

  constructor(
    private readonly request: FastifyRequest,
    private readonly address: string,
    private readonly keys: Keys,
    private readonly cookieIs: string,
    endpoint: Endpoint,
  ) {
    this.token = tokenOf(request.cookies[cookieIs], keys)
    this.session = sessionOf(this.token)
    this.credential = presentedCredential(endpoint, this.session, bearerToken(request))
    this.account = request.headers[accountHeader]?.toString()
  }

  get source(): string {
    return sourceOf(this.address)
  }

  /** As Better Auth receives them: the cookie, the browser, and the address as we determined it. */
  get headers(): Headers {
    const headers = new Headers({ 'x-forwarded-for': this.address })
    for (const name of ['cookie', 'user-agent'] as const) {
      const value = this.request.headers[name]
      if (value) headers.set(name, value)
    }
    if (this.token) signAnew(headers, this.cookieIs, signedSession(this.token, this.keys))
    return headers
  }
}

/** Better Auth knows only the newest secret, so it receives the session's cookie signed with that secret. */
function signAnew(headers: Headers, name: string, value: string): void {
  const others = headers
    .get('cookie')!
    .split(/; */)
    .filter((pair) => !pair.startsWith(`${name}=`))
  headers.set('cookie', [`${name}=${value}`, ...others].join('; '))
}

/** Read before any await: a closed connection no longer has an address. */
export const addressOf = (request: FastifyRequest): string => request.ip ?? ''
