import { Problem } from '../../platform/errors'
import { betterAuthEndpoint, command, done, publicEndpoint, type Route } from '../../platform/http/flow'
import { count } from '../../platform/limits/limited'
import { mustHaveAnother } from '../sign-in-methods/rules'
import { callbackRoute } from './callback'
import { linkProvider, startProviderSignIn, unlinkProvider } from './schema'
import { loadOtherSignInMethods, saveUnlinking } from './store'

/** The page to which the browser finally returns. */
const wayBack = (baseUrl: string, path: '/sign-in' | '/account') => ({
  callbackURL: baseUrl + path,
  errorCallbackURL: baseUrl + path,
  disableRedirect: true,
})

export const identityProviderRoutes: Route[] = [
  publicEndpoint(startProviderSignIn, async ({ context: { auth, providerId, baseUrl }, db, caller }) => {
    if (!providerId) throw new Problem('provider_absent')
    await count(db, 'startProviderSignIn', caller)
    const body = { provider: providerId as never, ...wayBack(baseUrl, '/sign-in') }
    return leave(await auth.api.signInSocial({ body, headers: caller.headers, asResponse: true }))
  }),

  callbackRoute,

  betterAuthEndpoint(
    linkProvider,
    async ({ context: { auth, providerId, baseUrl }, db, credential, caller, actor }) => {
      if (!providerId) throw new Problem('provider_absent')
      if (!actor.emailConfirmed) throw new Problem('address_to_confirm')
      const { methods } = await loadOtherSignInMethods(db, credential)
      if (methods.providers.includes(providerId)) throw new Problem('provider_linked')
      const body = { provider: providerId as never, ...wayBack(baseUrl, '/account') }
      return leave(await auth.api.linkSocialAccount({ body, headers: caller.headers, asResponse: true }))
    },
  ),

  command(unlinkProvider, {
    load: ({ db, credential }) => loadOtherSignInMethods(db, credential),
    decide: ({ actor, methods }, _, context) => {
      const { providerId } = context
      if (!providerId) throw new Problem('provider_absent')
      if (!methods.providers.includes(providerId)) throw new Problem('provider_not_linked')
      mustHaveAnother({ ...methods, providers: [] }, context)
      return { actor, providerId }
    },
    save: (db, { actor, providerId }) => saveUnlinking(db, actor, providerId),
    answer: done,
  }),
]

/** The provider's address with its parameters. It is unknown until the provider has answered once. */
async function leave(response: Response) {
  if (response.status === 404) throw new Problem('provider_unavailable')
  if (!response.ok) throw new Error(`going to the identity provider answered ${response.status}`)
  const { url } = (await response.json()) as { url: string }
  return { answer: { address: url }, cookies: response.headers.getSetCookie() }
}
