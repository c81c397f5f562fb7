import type { FastifyRequest } from 'fastify'
import { type Credential, ofSession } from '../access/credential'
import { tokenDigest } from '../access/program-tokens'
import { scopeOf } from '../access/scopes'
import { Problem } from '../errors'
import type { Endpoint } from './endpoint'

/**
 * The token in `Authorization: Bearer …`, if there is one. Other schemes are not for us: a proxy that protects the site
 * with a password makes browsers send it with every request.
 */
export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
}

/**
 * What the caller is identified by: their session, or a program's token. A request with both is refused, because it
 * would be unclear who acts. An endpoint for anyone ignores tokens.
 */
export function presentedCredential(endpoint: Endpoint, session: string, bearer: string | undefined): Credential {
  if (endpoint.access === 'service') return serviceKey(session, bearer)
  if (bearer === undefined || endpoint.access === 'anyone') return ofSession(session)
  if (session) throw new Problem('two_credentials')
  if (!scopeOf(endpoint)) throw new Problem('session_needed')
  return { kind: 'token', digest: tokenDigest('token', bearer) }
}

/** Services identify themselves with their key alone. */
function serviceKey(session: string, bearer: string | undefined): Credential {
  if (session && bearer !== undefined) throw new Problem('two_credentials')
  return { kind: 'serviceKey', digest: tokenDigest('serviceKey', bearer ?? '') }
}
