import { remembering } from '../../platform/access/stamps'
import { problemOfError } from '../../platform/db/database-problems'
import { Problem } from '../../platform/errors'
import { type EndpointRequest, type Route, unqueued } from '../../platform/http/flow'
import type { ProblemCode } from '../../platform/problems'
import { finishProviderSignIn } from './schema'

/** Maps Better Auth's error codes on the way back; any other is `provider_refused`. */
const problemOf: Record<string, ProblemCode> = {
  address_unverified: 'provider_address_unverified',
  email_not_found: 'provider_address_unverified',
  account_not_linked: 'provider_address_taken',
  unable_to_link_account: 'provider_address_taken',
  email_does_not_match: 'provider_address_differs',
  account_already_linked_to_different_user: 'provider_linked_elsewhere',
}

/**
 * The provider redirects the browser here. Better Auth checks state, nonce, PKCE and the signature; then the browser
 * continues to the portal, which shows the problem if there is one. An overloaded server is reported there, too.
 */
export const callbackRoute: Route = unqueued(finishProviderSignIn, async (request) => {
  const { providerId, requests, log } = request.context
  if (!providerId) throw new Problem('not_found')
  const coming = () => remembering([], () => finish(request, providerId))
  return requests.run(coming).catch((error) => {
    if (error instanceof Problem) return failed('/sign-in', error.code)
    log.error({ err: error }, 'coming back from the identity provider failed')
    return failed('/sign-in', problemOfError(error)?.code ?? 'internal_error')
  })
})

const failed = (path: string, code: ProblemCode, cookies: string[] = []) => ({
  answer: `${path}#problem=${code}`,
  cookies,
})

async function finish(
  { context: { auth, baseUrl, feed }, caller, input }: EndpointRequest<typeof finishProviderSignIn>,
  providerId: string,
) {
  const response = await auth.api.callbackOAuth({
    method: 'GET',
    params: { id: providerId },
    query: input,
    headers: caller.headers,
    asResponse: true,
  })
  const cookies = response.headers.getSetCookie()
  const { origin, pathname, searchParams } = new URL(response.headers.get('location') ?? '/sign-in', baseUrl)
  // It returns to the page where the flow began, and to no other place.
  const path = origin === baseUrl && pathname === '/account' ? '/account' : '/sign-in'
  const error = searchParams.get('error')
  if (response.status !== 302 || error !== null)
    return failed(path, problemOf[error ?? ''] ?? 'provider_refused', cookies)
  feed.notify()
  return { answer: path, cookies }
}
