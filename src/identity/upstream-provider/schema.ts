import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { callbackPath } from '../authentication/schema'

const endpoint = endpointsOf('Signing in')

const address = z.string().describe('The provider’s URL to which the browser has to go.')

export const startProviderSignIn = endpoint({
  id: 'startProviderSignIn',
  method: 'POST',
  path: '/api/sessions/provider',
  access: 'anyone',
  summary: 'Start to sign in through the identity provider; problems are reported at /sign-in#problem=…',
  answer: z.object({ address }),
  problems: [
    'provider_absent',
    'provider_unavailable',
    'provider_refused',
    'provider_address_unverified',
    'provider_address_taken',
    'too_many_tries',
  ],
})

/**
 * Where the provider redirects the browser. Parameters that it adds to the query are passed to Better Auth unchanged
 * (RFC 6749, 4.1.2: the client ignores unrecognized ones).
 */
export const finishProviderSignIn = endpoint({
  id: 'finishProviderSignIn',
  method: 'GET',
  path: callbackPath,
  access: 'anyone',
  summary:
    'Where the identity provider redirects the browser, with the parameters of OAuth 2.0; it continues to the portal',
  input: z.object({}).catchall(z.string()),
  lenient: true,
  answer: 'redirect',
  status: 302,
  problems: ['not_found'],
})

export const linkProvider = endpoint({
  id: 'linkProvider',
  method: 'POST',
  path: '/api/me/provider',
  access: 'self',
  fresh: true,
  summary: 'Start to link the identity provider; problems are reported at /account#problem=…',
  answer: z.object({ address }),
  problems: [
    'provider_absent',
    'provider_unavailable',
    'provider_refused',
    'provider_linked',
    'provider_linked_elsewhere',
    'provider_address_unverified',
    'provider_address_differs',
    'address_to_confirm',
  ],
})

export const unlinkProvider = endpoint({
  id: 'unlinkProvider',
  method: 'POST',
  path: '/api/me/provider/remove',
  access: 'self',
  fresh: true,
  summary: 'Unlink the identity provider, unless it is the last sign-in method',
  problems: ['provider_absent', 'provider_not_linked', 'last_sign_in_method'],
})
