import { mustHaveConfirmed } from '../../platform/access/admit'
import { withoutSession } from '../../platform/access/session-cookie'
import { remember } from '../../platform/access/stamps'
import { Problem } from '../../platform/errors'
import {
  betterAuthEndpoint,
  type Context,
  command,
  done,
  type EndpointRequest,
  publicEndpoint,
  type Route,
} from '../../platform/http/flow'
import { count } from '../../platform/limits/limited'
import { accountChanged, codeOf, tooManyPasskeys } from '../authentication/security-stamp-adapter'
import { findStampByPasskey } from '../authentication/store'
import { mustHaveAnother } from '../sign-in-methods/rules'
import {
  addPasskey,
  authenticateAgainWithPasskey,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './schema'
import { loadPasskey, saveAuthenticationInstead, saveName, savePasskeyRemoval } from './store'

type Options = Record<string, unknown>

export const passkeyRoutes: Route[] = [
  betterAuthEndpoint(startPasskey, async ({ context: { auth }, caller, actor }) => {
    mustHaveConfirmed(actor)
    const response = await auth.api.generatePasskeyRegistrationOptions({ headers: caller.headers, asResponse: true })
    if (!response.ok) throw new Error(`adding a passkey answered ${response.status}`)
    return { answer: { options: (await response.json()) as Options }, cookies: response.headers.getSetCookie() }
  }),

  betterAuthEndpoint(addPasskey, async ({ context: { auth, feed }, caller, actor, input }) => {
    mustHaveConfirmed(actor)
    const response = await auth.api.verifyPasskeyRegistration({
      body: input,
      headers: caller.headers,
      asResponse: true,
    })
    const code = await codeOf(response)
    if (code === accountChanged) throw new Problem('not_signed_in')
    if (code === tooManyPasskeys) throw new Problem('too_many_passkeys')
    // Better Auth returns 500 for input that it cannot parse, and for a passkey that already exists.
    if (!response.ok) throw new Problem('passkey_not_valid')
    feed.notify()
    return { answer: done() }
  }),

  command(renamePasskey, {
    load: ({ db, credential, input }) => loadPasskey(db, credential, input.passkeyId),
    decide: ({ actor, exists }, { passkeyId, name }) => {
      if (!exists) throw new Problem('passkey_not_found')
      return { actor, passkeyId, name }
    },
    save: (db, { actor, passkeyId, name }) => saveName(db, actor, passkeyId, name),
    answer: done,
  }),

  command(removePasskey, {
    load: ({ db, credential, input }) => loadPasskey(db, credential, input.passkeyId),
    decide: ({ actor, exists, methods }, { passkeyId }, context) => {
      if (!exists) throw new Problem('passkey_not_found')
      mustHaveAnother({ ...methods, passkeys: methods.passkeys - 1 }, context)
      return { actor, passkeyId }
    },
    save: (db, { actor, passkeyId }) => savePasskeyRemoval(db, actor, passkeyId),
    answer: done,
  }),

  publicEndpoint(startPasskeySignIn, async ({ context, caller }) => {
    await count(context.db, 'startPasskeySignIn', caller)
    const response = await context.auth.api.generatePasskeyAuthenticationOptions({
      headers: caller.headers,
      asResponse: true,
    })
    if (!response.ok) throw new Error(`signing in with a passkey answered ${response.status}`)
    const options = { ...((await response.json()) as Options), userVerification: 'required' }
    return { answer: { options }, cookies: response.headers.getSetCookie() }
  }),

  publicEndpoint(signInWithPasskey, async ({ context, caller, input }) => {
    for (const account of await findStampByPasskey(context.db, input.response.id)) remember(account)
    const { cookies } = await verify(context, withoutSession(caller.headers, context.baseUrl), input.response)
    return { answer: done(), cookies }
  }),

  betterAuthEndpoint(authenticateAgainWithPasskey, async ({ context, caller, db, actor, input }) => {
    const { made } = await verify(context, caller.headers, input.response)
    if (!(await saveAuthenticationInstead(db, made, actor))) throw new Problem('passkey_not_valid')
    return { answer: done() }
  }),
]

type Given = EndpointRequest<typeof signInWithPasskey>['input']['response']

/** The session that a passkey creates, and its cookie. Every failure has the same answer. */
async function verify({ auth }: Context, headers: Headers, given: Given) {
  const response = await auth.api.verifyPasskeyAuthentication({
    body: { response: given as never },
    headers,
    asResponse: true,
  })
  if (response.status === 400 || response.status === 401) throw new Problem('passkey_not_valid')
  if (!response.ok) throw new Error(`a passkey’s check answered ${response.status}`)
  const { session } = (await response.json()) as { session: { id: string } }
  return { made: session.id, cookies: response.headers.getSetCookie() }
}
