import type { FastifyInstance, FastifyRequest } from 'fastify'
import { remembering } from '../../platform/access/stamps'
import { problemOfError } from '../../platform/db/constraints'
import { Problem } from '../../platform/errors'
import type { Context } from '../../platform/http/flow'
import { headersOf } from '../../platform/http/serve'
import type { ProblemCode } from '../../platform/problems'
import { callbackPath } from '../authentication/provider'

/** What Better Auth calls what can go wrong on the way back; anything else is `provider_refused`. */
const problemOf: Record<string, ProblemCode> = {
  address_unverified: 'provider_address_unverified',
  email_not_found: 'provider_address_unverified',
  account_not_linked: 'provider_address_taken',
  unable_to_link_account: 'provider_address_taken',
  email_does_not_match: 'provider_address_differs',
  account_already_linked_to_different_user: 'provider_linked_elsewhere',
}

/**
 * `GET /api/oauth2/callback`: the provider sends the browser back. Better Auth checks state, nonce, PKCE and the
 * signature; then the browser goes on to the portal, which tells the problem where there is one.
 */
export function serveCallback(app: FastifyInstance, context: Context): void {
  app.get(callbackPath, { schema: { hide: true } as never }, async (request, reply) => {
    if (!context.providerId) throw new Problem('not_found')
    const coming = () => remembering([], () => finish(context, request))
    const { address, cookies } = await context.requests.run(coming).catch((error) => {
      if (error instanceof Problem) return failed('/sign-in', error.code)
      request.log.error({ err: error }, 'coming back from the identity provider failed')
      return failed('/sign-in', problemOfError(error)?.code ?? 'internal_error')
    })
    if (cookies.length > 0) reply.header('set-cookie', cookies)
    return reply.header('cache-control', 'no-store').redirect(address)
  })
}

const failed = (path: string, code: ProblemCode, cookies: string[] = []) => ({
  address: `${path}#problem=${code}`,
  cookies,
})

async function finish({ auth, providerId, baseUrl }: Context, request: FastifyRequest) {
  const response = await auth.api.callbackOAuth({
    method: 'GET',
    params: { id: providerId! },
    query: textsOf(request.query as Record<string, unknown>),
    headers: headersOf(request),
    asResponse: true,
  })
  const cookies = response.headers.getSetCookie()
  const { origin, pathname, searchParams } = new URL(response.headers.get('location') ?? '/sign-in', baseUrl)
  // It goes back to where it was begun, and nowhere else.
  const path = origin === baseUrl && pathname === '/account' ? '/account' : '/sign-in'
  const error = searchParams.get('error')
  if (response.status !== 302 || error !== null)
    return failed(path, problemOf[error ?? ''] ?? 'provider_refused', cookies)
  return { address: path, cookies }
}

/** Its texts; whatever comes twice is left out. */
function textsOf(query: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
